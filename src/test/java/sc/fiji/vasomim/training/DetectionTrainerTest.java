package sc.fiji.vasomim.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ai.djl.Device;

import net.imglib2.img.array.ArrayImgs;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.dataset.BoxedImage;
import sc.fiji.vasomim.dataset.BoxedImages;
import sc.fiji.vasomim.dataset.ScaleJitter;
import sc.fiji.vasomim.dataset.TinyLesions;
import sc.fiji.vasomim.inference.Detector;
import sc.fiji.vasomim.metrics.Box;
import sc.fiji.vasomim.metrics.DetectionEvaluation;
import sc.fiji.vasomim.metrics.TrueBox;
import sc.fiji.vasomim.model.FasterRcnn;
import sc.fiji.vasomim.model.ModelFile;
import sc.fiji.vasomim.model.RegionCounts;
import sc.fiji.vasomim.model.VitDet;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Precision;

class DetectionTrainerTest {

	private static final FasterRcnn NETWORK = new FasterRcnn(new VitDet(64, 32, 2, 2, 3, List.of(1), 4), 32, 64,
		new RegionCounts(8, 64, 100, 50, 50, 32), TinyLesions.CLASSES);

	@TempDir
	Path folder;

	private static DetectionSettings settings(final int epochs, final int validateEvery, final ScaleJitter jitter) {
		return new DetectionSettings(NETWORK, epochs, 1, 2, 2e-3, RateSchedule.COSINE, 0.01, 0, FineTuning.NONE, jitter,
			validateEvery, 100, 5, "cpu", "float32");
	}

	/** The model file finds, at the images' own sizes, what it was trained on. */
	@Test
	void learnsFourImagesByHeart() throws IOException {
		final BoxedImages data = TinyLesions.make(4, 64);
		final TrainingResult result = DetectionTrainer.train(settings(160, 160, ScaleJitter.NONE), null, data, data, folder
			.resolve("run"), Progress.NONE, message -> {});
		assertEquals(320, result.steps());
		assertTrue(result.scores().get("val_map50") > 0.9, result.toString());
		final DetectionEvaluation evaluation = new DetectionEvaluation();
		try (Weights weights = ModelFile.read("model", folder.resolve("run/model.safetensors"), FasterRcnn.class, Device
			.cpu()); Detector detector = new Detector(weights, Precision.FLOAT32))
		{
			for (final BoxedImage image : data.images())
				evaluation.add(image.boxes(), detector.detect(ArrayImgs.unsignedBytes(image.pixels(), image.width(), image
					.height()), Detector.LEAST_SCORE));
		}
		assertEquals(result.scores().get("val_map"), evaluation.mean().map());
	}

	@Test
	void aStoppedRunEndsInTheSameBits() throws IOException {
		final BoxedImages data = TinyLesions.make(5, 64), heldOut = TinyLesions.make(2, 64);
		final DetectionSettings settings = withAllThatAResumeMustRestore();
		DetectionTrainer.train(settings, null, data, heldOut, folder.resolve("straight"), Progress.NONE, message -> {});
		for (int i = 0; i < 5; i++)
			assertThrows(CancellationException.class, () -> DetectionTrainer.train(settings, null, data, heldOut, folder.resolve(
				"stopped"), new Runs.StopAfter(1), message -> {}));
		DetectionTrainer.train(settings, null, data, heldOut, folder.resolve("stopped"), Progress.NONE, message -> {});
		for (final String file : List.of("model.safetensors", "best.safetensors", "log.jsonl", "step-6/optimiser.safetensors"))
			assertArrayEquals(Files.readAllBytes(folder.resolve("straight/" + file)), Files.readAllBytes(folder.resolve(
				"stopped/" + file)), file);
	}

	/** Mirroring and scales, drop path, clipping, averaged weights, the best epoch. */
	private static DetectionSettings withAllThatAResumeMustRestore() {
		return new DetectionSettings(NETWORK, 3, 1, 2, 2e-3, RateSchedule.COSINE, 0.01, 0.5, new FineTuning(0.75, 0.5, false, 1),
			new ScaleJitter(0.5, 1.5, true), 1, 100, 5, "cpu", "float32");
	}

	@Test
	void suppressionSeesAsManyAnchorsAsTrainingAsksFor() {
		final Map<String, Object> attributes = DetectionTrainer.attributes(NETWORK, Precision.FLOAT32);
		assertEquals(List.of(100, 64, 32, 50), List.of(attributes.get("per_level"), attributes.get("drawn_anchors"), attributes
			.get("regions"), attributes.get("proposals")));
		assertEquals(50, NETWORK.scriptAttributes(Precision.FLOAT32).get("per_level"), "of images that are searched");
	}

	@Test
	void trainingWithoutABoxIsRefused() {
		final BoxedImages data = TinyLesions.make(2, 64);
		final List<BoxedImage> empty = data.images().stream().map(i -> new BoxedImage(i.name(), i.pixels(), i.width(), i
			.height(), i.boxes().stream().map(box -> new TrueBox(box.box(), box.label(), false, true)).toList())).toList();
		final Exception e = assertThrows(IllegalArgumentException.class, () -> DetectionTrainer.train(settings(2, 2,
			ScaleJitter.NONE), null, new BoxedImages(empty, TinyLesions.CLASSES), data, folder.resolve("run"), Progress.NONE,
			message -> {}));
		assertTrue(e.getMessage().startsWith("data: must have a box to learn from"), e.getMessage());
		assertFalse(Files.exists(folder.resolve("run")));
	}

	@Test
	void otherClassesThanTheNetworksAreNamed() {
		final BoxedImages data = new BoxedImages(TinyLesions.make(2, 64).images(), List.of("dark", "bright", "other"));
		final Exception e = assertThrows(IllegalArgumentException.class, () -> DetectionTrainer.train(settings(2, 2,
			ScaleJitter.NONE), null, data, null, folder, Progress.NONE, message -> {}));
		assertTrue(e.getMessage().startsWith("data: ") && e.getMessage().contains("other"), e.getMessage());
	}

	@Test
	void validationWithoutABoxIsRefused() {
		final BoxedImages data = TinyLesions.make(2, 64);
		final Box box = new Box(1, 1, 9, 9);
		final BoxedImages crowds = new BoxedImages(data.images().stream().map(i -> new BoxedImage(i.name(), i.pixels(), i
			.width(), i.height(), List.of(new TrueBox(box, 1, true, false)))).toList(), TinyLesions.CLASSES);
		final Exception e = assertThrows(IllegalArgumentException.class, () -> DetectionTrainer.train(settings(2, 2,
			ScaleJitter.NONE), null, data, crowds, folder.resolve("run"), Progress.NONE, message -> {}));
		assertTrue(e.getMessage().startsWith("validation: must have a box"), e.getMessage());
		assertFalse(Files.exists(folder.resolve("run")));
	}
}
