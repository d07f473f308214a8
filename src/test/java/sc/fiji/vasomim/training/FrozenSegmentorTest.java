package sc.fiji.vasomim.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import sc.fiji.vasomim.Reference;
import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.dataset.PixelCache;
import sc.fiji.vasomim.dataset.TinyAngiograms;
import sc.fiji.vasomim.guidance.MaskNoise;
import sc.fiji.vasomim.guidance.MaskingSettings;
import sc.fiji.vasomim.model.MaskedAutoencoder;
import sc.fiji.vasomim.model.ModelFile;
import sc.fiji.vasomim.model.ParameterSpec.Role;
import sc.fiji.vasomim.model.Unext;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Precision;
import sc.fiji.vasomim.torch.Script;
import sc.fiji.vasomim.training.BatchLoader.Batch;

/**
 * Guidance and consistency look through exactly the weights of the segmentor's file, from the first step to the last.
 * (The published code draws a part of them anew.) The test reads the file by itself and repeats steps of a real run.
 */
class FrozenSegmentorTest {

	/** The network of reference/segmentor, whose weights all matter, unlike those that a network starts with. */
	private static final Unext SEGMENTOR = new Unext(5, 6, 9, 13, 24);

	/** Four of five images a step: an epoch is one step, so the log holds every step's losses. */
	private static final PretrainingSettings SETTINGS = new PretrainingSettings(new MaskedAutoencoder(32, 8, 16, 2, 2, 16,
		1, 2), 4, 1, 4, 0.1, 0.05, 0, MaskingSettings.VASOMIM, 1, 0.2, 1, 0, 1, 0, 7, "cpu", "float32");

	private static final int LAST = 3;

	@TempDir
	Path folder;

	@Test
	void theFirstAndTheLastStepUseTheFilesWeightsToTheBit() throws IOException {
		final Runs runs = new Runs(folder);
		try (Weights weights = ReferencePass.read(SEGMENTOR, Reference.path("segmentor.safetensors"))) {
			ModelFile.write(runs.segmentor(), weights, Map.of());
		}
		final byte[] file = Files.readAllBytes(runs.segmentor());
		runs.run(runs.trainer(SETTINGS), "run", Progress.NONE);
		final Path run = runs.output("run");
		try (PixelCache data = TinyAngiograms.open(folder);
				Weights segmentor = ReferencePass.read(SEGMENTOR, runs.segmentor());
				Weights start = Weights.initialise(SETTINGS.network(), SETTINGS.seed(), Device.cpu());
				Weights trained = ReferencePass.read(SETTINGS.network(), run.resolve("step-" + LAST + "/model.safetensors")))
		{
			assertArrayEquals(logged(run, 0), losses(data, segmentor, start, 0));
			assertArrayEquals(logged(run, LAST), losses(data, segmentor, trained, LAST));
			// One of the tensors that the published code draws anew.
			segmentor.all().get("dblock2.0.mlp.fc2.weight").muli(1.001);
			assertNotEquals(logged(run, LAST)[2], losses(data, segmentor, trained, LAST)[2]);
		}
		assertArrayEquals(file, Files.readAllBytes(runs.segmentor()), "the file stays as it is");
	}

	/** Total, reconstruction, consistency, share of hidden patches with vessel. */
	private static double[] logged(final Path run, final int epoch) throws IOException {
		final TrainingLog log = TrainingLog.read(run);
		return Stream.of("train_loss", "train_rec_loss", "train_consistency_loss", "masked_vessel_share").mapToDouble(
			name -> log.column(name)[epoch]).toArray();
	}

	private static double[] losses(final PixelCache data, final Weights segmentor, final Weights network,
		final int epoch) throws IOException
	{
		final int patches = SETTINGS.network().patches();
		try (NDManager scope = Devices.newManager(Device.cpu());
				Script script = Pretrainer.script(SETTINGS, Precision.FLOAT32, Device.cpu()))
		{
			final Batch batch = new BatchLoader(data, SETTINGS.batch(), SETTINGS.minscale(), SETTINGS.seed()).load(scope, epoch,
				0);
			final NDArray noise = MaskNoise.draw(scope, SETTINGS.seed(), epoch, batch.indices(), patches);
			final NDArray sums = scope.zeros(new Shape(4));
			final Map<String, NDArray> gradients = new LinkedHashMap<>();
			network.network().parameters().stream().filter(p -> p.role() == Role.TRAINED).forEach(p -> gradients.put(p.name(),
				scope.zeros(p.shape())));
			script.call(scope, "gradients", network.all(), gradients, segmentor.all(), batch.image(), batch.labels(), batch
				.box(), batch.flip(), noise, SETTINGS.masking().schedule().hidden(patches), SETTINGS.masking().schedule().guided(patches, epoch, SETTINGS
					.epochs()), 1.0, sums, 1, scope.zeros(new Shape()));
			return Reference.doubles(sums);
		}
	}
}
