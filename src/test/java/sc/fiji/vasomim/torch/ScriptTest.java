package sc.fiji.vasomim.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

class ScriptTest {

	private final NDManager manager = Devices.newManager(Device.cpu());

	private final Script script = Script.load("calls", "Calls", Map.of("factor", 2.5, "offset", -3, "negative", true),
		Device.cpu());

	@AfterEach
	void close() {
		script.close();
		manager.close();
	}

	/** Sources without a class are compiled with those that call them. */
	@ParameterizedTest
	@CsvSource({ "image, Cropping", "mae, MaskedAutoencoder", "masking, Guidance", "optimiser, AdamW", "optimiser, Replicas",
		"pretraining, Pretraining", "segmentor, SegmentorTraining", "unext, Unext", "vit, Resizing",
		"segmentation, Segmentation", "finetuning, FineTuning", "detection, DetectionTraining", "rcnn, FasterRcnn" })
	void everySourceCompiles(final String source, final String className) {
		final Map<String, Object> attributes = new HashMap<>(Map.of("size", 32, "patch", 8, "kind", 6, "eta", 0.5));
		attributes.putAll(Map.of("depth", 1, "heads", 1, "decoder_depth", 1, "decoder_heads", 1));
		attributes.putAll(Map.of("architecture", "unet", "normalisation", "image", "normed", false, "cldice", 0.0,
			"iterations", 1));
		attributes.putAll(Map.of("anchor", 8, "per_level", 9, "proposals", 9, "drawn_anchors", 8, "regions", 8));
		attributes.putAll(Map.of("consistency", 1.0, "uniform", true, "looks", true, "raw_pixels", true, "beta1", 0.9, "beta2",
			0.9, "epsilon", 1e-8));
		Script.load(source, className, attributes, Device.cpu()).close();
	}

	@Test
	void aSourceThatDoesNotCompileIsNamed() {
		final Exception e = assertThrows(IllegalStateException.class, () -> Script.load("broken", "Broken", Map.of(), Device
			.cpu()));
		assertTrue(e.getMessage().contains("TorchScript source broken") && e.getMessage().contains("no_such_function") && e
			.getMessage().contains("line 9"), e.getMessage());
	}

	@Test
	void aSourceThatIsNotThereIsNamed() {
		final Exception e = assertThrows(IllegalStateException.class, () -> Script.load("absent", "A", Map.of(), Device
			.cpu()));
		assertTrue(e.getMessage().contains("/torchscript/absent.torchscript"), e.getMessage());
	}

	@Test
	void attributesAreNumbersAndBooleans() {
		assertArrayEquals(new float[] { 0.5f, -2 }, script.call(manager, "attributes", manager.create(new float[] { 1, 2 }))
			.get(0).toFloatArray());
		assertThrows(IllegalArgumentException.class, () -> Script.load("calls", "Calls", Map.of("factor", 1f), Device
			.cpu()));
	}

	@Test
	void argumentsArriveAsTheirTypes() {
		final NDArray one = manager.create(10f);
		final List<NDArray> many = List.of(manager.create(1f), manager.create(2f), manager.create(3f));
		final Map<String, NDArray> named = Map.of("a.b", manager.create(7f), "c", manager.create(5f));
		final NDList results = script.call(manager, "several", one, many, named, 4, 0.25);
		assertArrayEquals(new float[] { 1, 2, 3 }, results.get("list").toFloatArray());
		assertEquals(2, results.get("named").getFloat());
		assertEquals(40.25f, results.get("scalar").getFloat());
	}

	/** Above 2^24 a float32 would already round. */
	@Test
	void numbersArriveExactly() {
		try (Script scalars = Script.load("calls", "Calls", Map.of("factor", 1.0, "offset", 16_777_217, "negative", false),
			Device.cpu()))
		{
			final NDArray zero = manager.zeros(new Shape(), DataType.FLOAT64);
			assertEquals(16_777_217.0, scalars.call(manager, "attributes", zero).get(0).getDouble());
		}
	}

	@Test
	void aTensorMayBePassedTwice() {
		final NDArray x = manager.create(3f);
		final NDList results = script.call(manager, "several", x, List.of(x, x), Map.of("a.b", x, "c", x), 2, 1.0);
		assertArrayEquals(new float[] { 3, 3 }, results.get("list").toFloatArray());
		assertEquals(0, results.get("named").getFloat());
		assertEquals(7, results.get("scalar").getFloat());
	}

	/** Weights are shared by previews, validation and inference at once, at other places among the arguments. */
	@Test
	void threadsMayShareTensors() throws Exception {
		final NDArray x = manager.create(3f);
		final ExecutorService threads = Executors.newFixedThreadPool(2);
		try {
			final List<Future<Float>> sums = new ArrayList<>();
			for (int i = 0; i < 200; i++) {
				final boolean first = i % 2 == 0;
				sums.add(threads.submit(() -> {
					try (NDManager scope = manager.newSubManager()) {
						return first ? script.call(scope, "attributes", x).get(0).getFloat() : script.call(scope, "several", x,
							List.of(x, x), Map.of("a.b", x, "c", x), 1, 0.0).get("scalar").getFloat();
					}
				}));
			}
			for (int i = 0; i < sums.size(); i++)
				assertEquals(i % 2 == 0 ? -4.5f : 3, sums.get(i).get());
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void whatCannotBePassedIsRefused() {
		for (final Object argument : new Object[] { "text", List.of(), Map.of() })
			assertThrows(IllegalArgumentException.class, () -> script.call(manager, "attributes", argument));
		assertThrows(IllegalArgumentException.class, () -> script.call(manager, "attributes", (Object) null));
	}

	@Test
	void resultsLiveAndDieWithTheScope() {
		final NDArray x = manager.create(new float[] { 1, 2 });
		final NDManager scope = manager.newSubManager();
		final NDArray result = script.call(scope, "attributes", x).get(0);
		assertSame(scope, result.getManager());
		scope.close();
		assertThrows(IllegalStateException.class, result::toFloatArray);
		assertEquals(2, x.toFloatArray().length, "arguments stay alive");
	}

	@Test
	void aFailingMethodSaysWhy() {
		final Exception e = assertThrows(RuntimeException.class, () -> script.call(manager, "fail", manager.create(1f)));
		assertTrue(e.getMessage().contains("meant to fail"), e.getMessage());
	}

	@Test
	void memoryDoesNotGrowOverCalls() throws IOException {
		final NDArray x = manager.zeros(new Shape(256, 256));
		final int arrays = manager.getManagedArrays().size();
		long before = 0;
		for (int i = 0; i < 2200; i++) {
			// The first calls warm up allocators and the JVM.
			if (i == 200) before = residentBytes();
			try (NDManager scope = manager.newSubManager()) {
				script.call(scope, "several", x, List.of(scope.create(1f)), Map.of("a.b", scope.zeros(x.getShape()), "c",
					scope.create(1f)), i, 1.0);
			}
		}
		assertEquals(arrays, manager.getManagedArrays().size());
		assertTrue(residentBytes() - before < 200L << 20, "2000 calls with results of 256 kB each");
	}

	/** Out of device memory, say: what the call held must be free when its scope is. */
	@Test
	void aFailingCallHoldsNothing() throws IOException {
		final long before = residentBytes();
		for (int i = 0; i < 20; i++)
			try (NDManager scope = manager.newSubManager()) {
				final NDArray large = scope.ones(new Shape(4096, 4096));
				assertThrows(RuntimeException.class, () -> script.call(scope, "fail", large));
			}
		assertTrue(residentBytes() - before < 400L << 20, "20 failing calls with 64 MB each");
	}

	/** Of this process; 0 where the system has no /proc, so that only Linux checks it. */
	private static long residentBytes() throws IOException {
		final Path statm = Path.of("/proc/self/statm");
		if (!Files.exists(statm)) return 0;
		return 4096 * Long.parseLong(Files.readString(statm).split(" ")[1]);
	}
}
