package sc.fiji.vasomim.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

import ai.djl.Device;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.dataset.Augmentation;
import sc.fiji.vasomim.dataset.PixelCache;
import sc.fiji.vasomim.dataset.TinyAngiograms;
import sc.fiji.vasomim.guidance.MaskingSettings;
import sc.fiji.vasomim.model.MaskedAutoencoder;
import sc.fiji.vasomim.model.ModelFile;
import sc.fiji.vasomim.model.Unext;
import sc.fiji.vasomim.model.VisionTransformer;
import sc.fiji.vasomim.model.VitUNet;
import sc.fiji.vasomim.model.Weights;

/** Whole training runs on five tiny images: four epochs of two steps. */
final class Runs {

	static final int STEPS = 8;

	/** A trainer with its settings. */
	interface Trainer {

		TrainingResult train(PixelCache data, Path output, Progress progress) throws IOException;
	}

	final Path folder;

	final List<String> warnings = new ArrayList<>();

	Runs(final Path folder) throws IOException {
		this.folder = folder;
		TinyAngiograms.write(folder, 5, 32);
		try (Weights weights = Weights.initialise(new Unext(5, 5, 5, 5, 5), 1, Device.cpu())) {
			ModelFile.write(segmentor(), weights, Map.of());
		}
	}

	Path segmentor() {
		return folder.resolve("segmentor.safetensors");
	}

	static SegmentorSettings segmentorSettings(final double rate) {
		return new SegmentorSettings(32, 4, 2, rate, 0.2, 2, 7, "cpu", "float32");
	}

	static PretrainingSettings pretrainingSettings(final double baseRate) {
		return new PretrainingSettings(new MaskedAutoencoder(32, 8, 16, 2, 2, 16, 1, 2), 4, 1, 2, baseRate, 0.05, 0,
			MaskingSettings.VASOMIM, 1, 0.2, 1, 0, 2, 0, 7, "cpu", "float32");
	}

	/** With all that a resume must restore: drop path, clipping, averaged weights, the best epoch. */
	static SegmentationSettings segmentationSettings() {
		return new SegmentationSettings(new VitUNet(new VisionTransformer(32, 16, 16, 3, 2, true), 2, true, List.of(
			"vessel")), 4, 1, 2, 0.01, 0.05, 0.9, new FineTuning(0.75, 0.5, false, 1), new SegmentationLoss(0.25, 2,
				ClassBalance.ROOT), Augmentation.ANGIOGRAM, 1, 2, 7, "cpu", "float32");
	}

	/** Held out are the images themselves. */
	Trainer trainer(final SegmentationSettings settings) {
		return (data, output, progress) -> SegmentationTrainer.train(settings, null, data, data, output, progress,
			warnings::add);
	}

	Trainer trainer(final SegmentorSettings settings) {
		return (data, output, progress) -> SegmentorTrainer.train(settings, data, output, progress, warnings::add);
	}

	Trainer trainer(final PretrainingSettings settings) {
		return (data, output, progress) -> Pretrainer.train(settings, data, segmentor(), output, progress, warnings::add);
	}

	/** {@code segmentor}, {@code pretraining} or {@code segmentation}. */
	Trainer trainer(final String task) {
		return switch (task) {
			case "segmentor" -> trainer(segmentorSettings(1e-3));
			case "pretraining" -> trainer(pretrainingSettings(0.1));
			default -> trainer(segmentationSettings());
		};
	}

	Path output(final String name) {
		return folder.resolve(name);
	}

	TrainingResult run(final Trainer trainer, final String output, final Progress progress) throws IOException {
		try (PixelCache data = TinyAngiograms.open(folder)) {
			return trainer.train(data, output(output), progress);
		}
	}

	/** Runs until asked to stop after so many steps. */
	void runSteps(final Trainer trainer, final String output, final int steps) throws IOException {
		try {
			run(trainer, output, new StopAfter(steps));
			throw new AssertionError("the run ended before " + steps + " steps");
		}
		catch (final CancellationException e) {
			// As asked for.
		}
	}

	byte[] bytes(final String output, final String file) throws IOException {
		return Files.readAllBytes(output(output).resolve(file));
	}

	/** Asks to stop once so many steps of this call are done. */
	static final class StopAfter implements Progress {

		private int left;

		StopAfter(final int steps) {
			left = steps;
		}

		@Override
		public void report(final long done, final long total, final String message) {
			left--;
		}

		@Override
		public boolean isCanceled() {
			return left <= 0;
		}
	}
}
