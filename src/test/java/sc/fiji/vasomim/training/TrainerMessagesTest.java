package sc.fiji.vasomim.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.dataset.TinyAngiograms;
import sc.fiji.vasomim.guidance.GuidanceSource;
import sc.fiji.vasomim.guidance.MaskSchedule;
import sc.fiji.vasomim.guidance.MaskingSettings;
import sc.fiji.vasomim.guidance.PatchSampling;
import sc.fiji.vasomim.model.MaskedAutoencoder;
import sc.fiji.vasomim.model.ModelFile;
import sc.fiji.vasomim.model.Network;
import sc.fiji.vasomim.model.Unext;
import sc.fiji.vasomim.model.Weights;

/** What training says when something is wrong, and what it leaves behind. */
class TrainerMessagesTest {

	private static final MaskedAutoencoder NETWORK = new MaskedAutoencoder(32, 8, 16, 2, 2, 16, 1, 2);

	@TempDir
	Path folder;

	private Runs runs;

	@BeforeEach
	void data() throws IOException {
		runs = new Runs(folder);
	}

	private void assertRefused(final Class<? extends Exception> type, final Runs.Trainer trainer, final String... words) {
		final Exception e = assertThrows(type, () -> runs.run(trainer, "out", Progress.NONE));
		for (final String word : words)
			assertTrue(e.getMessage().contains(word), e.getMessage());
	}

	@Test
	void aSegmentorOfTheWrongKindIsRefusedBeforeAnythingIsWritten() throws IOException {
		runs.run(runs.trainer("pretraining"), "autoencoder", Progress.NONE);
		Files.copy(runs.output("autoencoder").resolve("model.safetensors"), runs.segmentor(),
			StandardCopyOption.REPLACE_EXISTING);
		assertRefused(IllegalArgumentException.class, runs.trainer("pretraining"), "segmentor: ", "kind mae");
		assertFalse(Files.exists(runs.output("out")));
	}

	@Test
	void aCutSegmentorIsRefused() throws IOException {
		final byte[] bytes = Files.readAllBytes(runs.segmentor());
		Files.write(runs.segmentor(), Arrays.copyOf(bytes, bytes.length - 1));
		assertRefused(IOException.class, runs.trainer("pretraining"), "segmentor.safetensors");
		Files.delete(runs.segmentor());
		assertRefused(IllegalArgumentException.class, runs.trainer("pretraining"), "segmentor: must be a model file");
	}

	@Test
	void aBatchLargerThanTheDataIsRefused() {
		final SegmentorSettings large = new SegmentorSettings(32, 4, 6, 1e-3, 0.2, 2, 7, "cpu", "float32");
		assertRefused(IllegalArgumentException.class, runs.trainer(large), "batch: must lie in 1..5", "was 6");
		assertFalse(Files.exists(runs.output("out")), "a corrected setting may use the folder");
	}

	@Test
	void anotherSegmentorOrOtherDataIsAnotherRun() throws IOException {
		runs.runSteps(runs.trainer("pretraining"), "out", 1);
		try (Weights weights = Weights.initialise(new Unext(5, 5, 5, 5, 5), 2, Device.cpu())) {
			ModelFile.write(runs.segmentor(), weights, "");
		}
		assertRefused(IllegalArgumentException.class, runs.trainer("pretraining"), "other settings (segmentor was");
		runs.runSteps(runs.trainer("segmentor"), "data", 1);
		TinyAngiograms.write(folder, 6, 32);
		final Exception e = assertThrows(IllegalArgumentException.class, () -> runs.run(runs.trainer("segmentor"), "data",
			Progress.NONE));
		assertTrue(e.getMessage().contains("data was") && e.getMessage().contains("images was 5, now 6"), e.getMessage());
	}

	@Test
	void aMissingMaskIsRefused() throws IOException {
		Files.delete(folder.resolve("masks/3.png"));
		assertRefused(IllegalArgumentException.class, runs.trainer("segmentor"), "masks: 1 images have no mask", "3.png");
	}

	/** Two good steps are saved, then weights are driven beyond all numbers: the saved ones stay, and are the newest. */
	@ParameterizedTest
	@CsvSource({ "segmentor", "pretraining" })
	void aLossThatIsNoNumberStopsTheRunAndKeepsTheLastGoodStep(final String task) throws IOException {
		final Runs.Trainer diverging = task.equals("segmentor") ? runs.trainer(Runs.segmentorSettings(1e30)) : runs.trainer(
			Runs.pretrainingSettings(1e30));
		assertThrows(Exception.class, () -> runs.run(diverging, "out", new Runs.StopAfter(0)));
		assertRefused(IllegalArgumentException.class, diverging, "rate: the loss is no number any more", "with a lower one");
		assertFalse(Files.exists(runs.output("out").resolve("model.safetensors")));
		assertFinite("step-0");
		assertFalse(Files.exists(runs.output("out").resolve("step-8")));
	}

	/** The first step has a learning rate of 0, the second a monstrous one: the third batch is the first to suffer. */
	@Test
	void theBatchWhoseLossIsNoNumberIsNamed() {
		final String message = assertThrows(IllegalArgumentException.class, () -> runs.run(runs.trainer(Runs
			.pretrainingSettings(1e30)), "out", Progress.NONE)).getMessage();
		assertTrue(message.matches(".*first in batch 1 of epoch 2 \\(\\d\\.png, \\d\\.png\\).*"), message);
	}

	/** The segmentor's rate does not warm up: the second batch is the first to suffer. */
	@Test
	void theSegmentorNamesItsBatchToo() {
		final String message = assertThrows(IllegalArgumentException.class, () -> runs.run(runs.trainer(Runs
			.segmentorSettings(1e30)), "out", Progress.NONE)).getMessage();
		assertTrue(message.matches(".*first in batch 2 of epoch 1 \\(\\d\\.png, \\d\\.png\\).*"), message);
	}

	@Test
	void aNetworkWithBatchNormalisationIsNotSplit() {
		assertRefused("device", () -> new SegmentorSettings(32, 4, 2, 1e-3, 0.2, 2, 7, "gpu0,gpu1", "float32"));
	}

	/** Ten images one by one: no look at the loss comes before the stop, but the weights are looked at. */
	@Test
	void aStopSavesNoWeightsThatAreNoNumbers() throws IOException {
		TinyAngiograms.write(folder, 10, 64);
		final Runs.Trainer diverging = runs.trainer(new SegmentorSettings(64, 4, 1, 1e30, 0.2, 2, 7, "cpu", "float32"));
		final Progress stop = new Runs.StopAfter(4);
		final Exception e = assertThrows(IllegalArgumentException.class, () -> runs.run(diverging, "out", stop));
		assertTrue(e.getMessage().contains("weights are no number any more, in epoch 1"), e.getMessage());
		assertFalse(Files.exists(runs.output("out").resolve("step-4")));
	}

	private void assertFinite(final String step) throws IOException {
		final Class<? extends Network> type = Files.readString(runs.output("out").resolve(
			"settings.json")).contains("\"segmentor\",") ? Unext.class : MaskedAutoencoder.class;
		try (Weights weights = ModelFile.read("model", runs.output("out").resolve(step).resolve("model.safetensors"), type,
			Device.cpu()))
		{
			for (final NDArray array : weights.all().values())
				assertTrue(Double.isFinite(array.toType(DataType.FLOAT64, true).abs().max().getDouble()));
		}
	}

	@ParameterizedTest
	@CsvSource({ "31, 4, 2, 0.001, 0.2, 1, size", "32, 0, 2, 0.001, 0.2, 1, epochs", "32, 4, 0, 0.001, 0.2, 1, batch",
		"32, 4, 2, 0, 0.2, 1, rate", "32, 4, 2, NaN, 0.2, 1, rate", "32, 4, 2, 0.001, 0, 1, minscale",
		"32, 4, 2, 0.001, 1.1, 1, minscale", "32, 4, 2, 0.001, 0.2, 0, saveevery" })
	void settingsOfTheSegmentorAreChecked(final int size, final int epochs, final int batch, final double rate,
		final double minScale, final int saveEvery, final String name)
	{
		assertRefused(name, () -> new SegmentorSettings(size, epochs, batch, rate, minScale, saveEvery, 0, "cpu",
			"float32"));
	}

	@ParameterizedTest
	@CsvSource({ "4, 0.05, 0.5, 1, warmup", "-1, 0.05, 0.5, 1, warmup", "1, 1, 0.5, 1, decay", "1, 0.05, 1.5, 1, eta",
		"1, 0.05, 0.5, -1, consistency", "1, 0.05, 0.5, Infinity, consistency" })
	void settingsOfPretrainingAreChecked(final int warmup, final double decay, final double eta, final double consistency,
		final String name)
	{
		assertRefused(name, () -> new PretrainingSettings(NETWORK, 4, warmup, 2, 1e-3, decay, 0, new MaskingSettings(MaskSchedule.VASOMIM,
			GuidanceSource.BOTH, eta, PatchSampling.PROPORTIONAL), consistency, 0.2, 1, 0, 2, 0, 7, "cpu", "float32"));
	}

	private static void assertRefused(final String parameter, final Executable settings) {
		final Exception e = assertThrows(IllegalArgumentException.class, settings);
		assertTrue(e.getMessage().startsWith(parameter + ": ") && e.getMessage().contains("but was"), e.getMessage());
	}

	@Test
	void aMaskOfAllPatchesIsRefused() {
		assertRefused("maskratio", () -> new PretrainingSettings(NETWORK, 4, 1, 2, 1e-3, 0.05, 0, new MaskingSettings(new MaskSchedule(
			0.95, 0, 0.5), GuidanceSource.BOTH, 0.5, PatchSampling.PROPORTIONAL), 1, 0.2, 1, 0, 2, 0, 7, "cpu", "float32"));
	}

	@Test
	void anUnknownDeviceOrPrecisionLeavesNothingBehind() {
		for (final String[] setting : new String[][] { { "gpu999", "float32" }, { "cpu", "half" } }) {
			assertRefused(IllegalArgumentException.class, runs.trainer(new SegmentorSettings(32, 4, 2, 1e-3, 0.2, 2, 7,
				setting[0], setting[1])), setting[0].equals("cpu") ? "precision: " : "device: ");
			assertFalse(Files.exists(runs.output("out")));
		}
	}

	@Test
	void anImpossibleSizeForTheSegmentorIsRefused() {
		final MaskedAutoencoder network = new MaskedAutoencoder(40, 8, 16, 2, 2, 16, 1, 2);
		assertRefused("size", () -> new PretrainingSettings(network, 4, 1, 2, 1e-3, 0.05, 0, MaskingSettings.VASOMIM, 1,
			0.2, 1, 0, 2, 0, 7, "cpu", "float32"));
	}

	/** The published numbers: eight devices with 256 images each, and 1.5e-4 x 2048 / 256. */
	@Test
	void thePublishedRecipeHasItsLearningRate() {
		assertEquals(1.2e-3, PretrainingSettings.VASOMIM.peakRate(), 1e-15);
		assertEquals(98, PretrainingSettings.VASOMIM.masking().schedule().hidden(PretrainingSettings.VASOMIM.network().patches()));
	}
}
