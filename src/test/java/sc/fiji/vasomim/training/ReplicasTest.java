package sc.fiji.vasomim.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ai.djl.Device;
import ai.djl.engine.EngineException;

import sc.fiji.vasomim.dataset.PixelCache;
import sc.fiji.vasomim.dataset.TinyAngiograms;
import sc.fiji.vasomim.guidance.MaskingSettings;
import sc.fiji.vasomim.model.MaskedAutoencoder;
import sc.fiji.vasomim.model.ModelFile;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Precision;
import sc.fiji.vasomim.training.BatchLoader.Slice;

/** A batch that is split, over devices or in time, gives the step of the whole batch. */
class ReplicasTest {

	private static final int BATCH = 7;

	private static final int STEPS = 10;

	@TempDir
	Path folder;

	private Runs runs;

	@BeforeEach
	void data() throws IOException {
		runs = new Runs(folder);
		TinyAngiograms.write(folder, 2 * BATCH, 32);
	}

	private static PretrainingSettings settings(final String device, final int atOnce, final long seed) {
		return new PretrainingSettings(new MaskedAutoencoder(32, 8, 16, 2, 2, 16, 1, 2), STEPS / 2, 1, BATCH, 0.05, 0.05, 1,
			MaskingSettings.VASOMIM, 1, 0.2, 1, atOnce, 1, 0, seed, device, "float32");
	}

	/** Weights after ten steps, and the sums of the losses of the last epoch. */
	private Map<String, float[]> train(final PretrainingSettings settings, final UnaryOperator<Replica.Pass> change,
		final List<String> log) throws IOException
	{
		final List<Device> devices = Devices.parseAll(settings.device());
		try (PixelCache cache = TinyAngiograms.open(folder);
				Weights segmentor = ModelFile.readSegmentor("segmentor", runs.segmentor(), Device.cpu());
				TrainingState state = new TrainingState(settings.network(), () -> Weights.initialise(settings.network(), settings
					.seed(), Device.cpu()), Device.cpu(), Pretrainer.optimisation(settings), List.of("a", "b", "c", "d"), Optional
						.empty()))
		{
			final BatchLoader loader = new BatchLoader(cache, BATCH, 0.2, settings.seed());
			try (PretrainingPass pass = new PretrainingPass(settings, Precision.FLOAT32, loader, segmentor);
					Replicas replicas = new Replicas(state, devices, BATCH, settings.microbatch(), change.apply(pass), log::add))
			{
				final PretrainingJob job = new PretrainingJob(new Pretrainer.Run("test", settings, "float32", "", cache.size(), "",
					Map.of()), loader, state, replicas, TrainingMonitor.NONE);
				for (int step = 0; step < STEPS; step++) {
					job.gradients(step / 2, step % 2);
					job.update(step / 2, step % 2);
				}
				final Map<String, float[]> end = new LinkedHashMap<>();
				state.weights().all().forEach((name, array) -> end.put(name, array.toFloatArray()));
				end.put("losses", state.lossSums().toFloatArray());
				return end;
			}
		}
	}

	/**
	 * Largest difference. The key's part of the attention's bias is left out: its gradient is zero but for rounding, which
	 * AdamW turns into steps of the learning rate.
	 */
	private static double difference(final Map<String, float[]> a, final Map<String, float[]> b) {
		double largest = 0;
		for (final String name : a.keySet()) {
			final float[] x = a.get(name);
			final float[] y = b.get(name);
			for (int i = 0; i < x.length; i++)
				if (!name.endsWith("qkv.bias") || i / (x.length / 3) != 1) largest = Math.max(largest, Math.abs(x[i] - y[i]) / Math
					.max(1, Math.abs(x[i])));
		}
		return largest;
	}

	@ParameterizedTest
	@CsvSource({ "'cpu,cpu', 0", "'cpu, cpu, cpu', 0", "cpu, 1", "cpu, 3", "'cpu,cpu', 2" })
	void tenStepsOfASplitBatchAreThoseOfTheWhole(final String device, final int atOnce) throws IOException {
		final Map<String, float[]> whole = train(settings("cpu", 0, 7), pass -> pass, runs.warnings);
		final Map<String, float[]> split = train(settings(device, atOnce, 7), pass -> pass, runs.warnings);
		assertTrue(difference(whole, split) < 1e-5, "off by " + difference(whole, split));
		final Map<String, float[]> other = train(settings("cpu", 0, 8), pass -> pass, runs.warnings);
		assertTrue(difference(whole, other) > 1e-2, "other draws are seen");
		assertEquals(List.of(), runs.warnings);
	}

	/** A device that holds two images of seven: what it had added before it failed is not added twice. */
	@Test
	void whatDoesNotFitIsHalvedAndTheStepIsTheSame() throws IOException {
		final Map<String, float[]> two = train(settings("cpu", 2, 7), pass -> pass, runs.warnings);
		final List<String> log = new ArrayList<>();
		final Map<String, float[]> halved = train(settings("cpu", 0, 7), pass -> (replica, scope, slice, next) -> {
			pass.add(replica, scope, slice, next);
			if (slice.size() > 2) throw new EngineException("CUDA out of memory. Tried to allocate 2.00 GiB");
		}, log);
		two.forEach((name, values) -> assertArrayEquals(values, halved.get(name), name));
		assertEquals(List.of("The memory of cpu does not hold 7 images at once: going on with 4, the batch stays as it is",
			"The memory of cpu does not hold 4 images at once: going on with 2, the batch stays as it is"), log);
	}

	@Test
	void oneImageThatDoesNotFitIsTheEnd() {
		final Exception e = assertThrows(IllegalArgumentException.class, () -> train(settings("cpu", 0, 7),
			pass -> (replica, scope, slice, next) -> {
				throw new EngineException("DefaultCPUAllocator: can't allocate memory");
			}, runs.warnings));
		assertTrue(e.getMessage().startsWith("device: The memory of cpu does not hold one image") && e.getMessage().contains(
			"smaller network"), e.getMessage());
		assertEquals(3, runs.warnings.size(), "7, 4, 2");
	}

	/** Of Java's own, which buffers of pixels are taken from. */
	@Test
	void tooLittleMemoryForPixelsIsHalvedToo() throws IOException {
		final Map<String, float[]> two = train(settings("cpu", 2, 7), pass -> pass, runs.warnings);
		final Map<String, float[]> halved = train(settings("cpu", 0, 7), pass -> (replica, scope, slice, next) -> {
			if (slice.size() > 2) throw new OutOfMemoryError("Cannot reserve 1048576 bytes of direct buffer memory");
			pass.add(replica, scope, slice, next);
		}, runs.warnings);
		two.forEach((name, values) -> assertArrayEquals(values, halved.get(name), name));
		assertEquals("The memory that Java may use does not hold 7 images at once: going on with 4, the batch stays as it is",
			runs.warnings.get(0));
	}

	@Test
	void otherFailuresAreNotTakenForThat() {
		assertThrows(EngineException.class, () -> train(settings("cpu,cpu", 0, 7), pass -> (replica, scope, slice, next) -> {
			throw new EngineException("device-side assert");
		}, runs.warnings));
		assertEquals(List.of(), runs.warnings);
	}

	@Test
	void moreDevicesThanImagesAreRefused() {
		final Exception e = assertThrows(IllegalArgumentException.class, () -> train(settings(
			"cpu,cpu,cpu,cpu,cpu,cpu,cpu,cpu", 0, 7), pass -> pass, runs.warnings));
		assertTrue(e.getMessage().contains("batch: must be 8 or more"), e.getMessage());
	}

	@Test
	void aPartIsReadAheadOfTheNextStep() throws IOException {
		final List<Slice> asked = new ArrayList<>();
		train(settings("cpu", 4, 7), pass -> (replica, scope, slice, next) -> {
			asked.add(slice);
			asked.add(next);
			pass.add(replica, scope, slice, next);
		}, runs.warnings);
		for (int i = 2; i < asked.size(); i += 2)
			assertEquals(asked.get(i - 1), asked.get(i), "what was announced came");
		assertEquals(2 * 2 * STEPS, asked.size());
		assertEquals(new Slice(0, 0, 4, 7), asked.get(1));
	}
}
