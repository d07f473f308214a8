package sc.fiji.vasomim.torch;

import java.io.IOException;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.LibUtils;
import ai.djl.util.cuda.CudaUtils;

import sc.fiji.vasomim.files.SoftwareVersion;

/**
 * What the networks compute with: for people who ask why something does not work, or why it is slow.
 *
 * @param vasomim version of this software
 * @param djl version of the Deep Java Library; null if PyTorch does not load
 * @param pytorch version of PyTorch; null if it does not load
 * @param library the folder that PyTorch was loaded from; null if it does not load
 * @param fault why PyTorch does not load; null if it does
 * @param devices a line each: name, memory, speed
 * @param java version, and the most memory that Java may take
 * @param system operating system, architecture and cores
 * @param copies a line for each library that is in the class path twice
 */
public record EngineState(String vasomim, String djl, String pytorch, String library, String fault,
	List<String> devices, String java, String system, List<String> copies)
{

	private static final int SIDE = 1024;

	private static final int RUNS = 5, PRODUCTS = 4;

	/** Starts the engine if it does not run yet. @throws IOException if the class path cannot be read */
	public static EngineState now() throws IOException {
		final Runtime runtime = Runtime.getRuntime();
		final String java = System.getProperty("java.version") + ", " + System.getProperty("java.vendor") + ", at most " +
			gigabytes(runtime.maxMemory());
		final String system = System.getProperty("os.name") + ", " + System.getProperty("os.arch") + ", " + runtime
			.availableProcessors() + " cores";
		final List<String> copies = SecondCopies.find(EngineState.class.getClassLoader());
		try {
			final Engine engine = Devices.engine();
			return new EngineState(SoftwareVersion.get(), Engine.getDjlVersion(), engine.getVersion(), LibUtils
				.getLibtorchPath(), null, found(), java, system, copies);
		}
		catch (final IllegalArgumentException e) {
			return new EngineState(SoftwareVersion.get(), null, null, null, e.getMessage(), List.of(), java, system, copies);
		}
	}

	private static List<String> found() {
		final List<String> lines = new ArrayList<>();
		lines.add("cpu: " + JniUtils.getNumThreads() + " threads, " + speed(Device.cpu()));
		for (int i = 0; i < Devices.gpuCount(); i++)
			lines.add("gpu" + i + ": " + memory(Device.gpu(i)) + speed(Device.gpu(i)));
		return lines;
	}

	/** Where DJL finds no CUDA runtime of its own, it cannot say. */
	private static String memory(final Device gpu) {
		try {
			final MemoryUsage memory = CudaUtils.getGpuMemory(gpu);
			return gigabytes(memory.getMax() - memory.getCommitted()) + " of " + gigabytes(memory.getMax()) + " free, ";
		}
		catch (final EngineException | IllegalArgumentException | UnsatisfiedLinkError e) {
			return "";
		}
	}

	private static String speed(final Device device) {
		return String.format(Locale.ROOT, "%.0f GFLOP/s in float32, %.0f in bfloat16", speed(device, Precision.FLOAT32), speed(
			device, Precision.BFLOAT16));
	}

	/** The best of some runs, in 1e9 operations a second. */
	private static double speed(final Device device, final Precision precision) {
		double seconds = Double.POSITIVE_INFINITY;
		try (Script script = Script.load("speed", "Speed", Map.of(), device); NDManager manager = Devices.newManager(device)) {
			final NDArray matrix = manager.ones(new Shape(SIDE, SIDE));
			for (int i = 0; i < RUNS; i++) {
				final long start = System.nanoTime();
				script.call(manager, "multiply", matrix, precision.kind(), PRODUCTS).get(0).toFloatArray();
				seconds = Math.min(seconds, (System.nanoTime() - start) / 1e9);
			}
		}
		return 2.0 * SIDE * SIDE * SIDE * PRODUCTS / seconds / 1e9;
	}

	private static String gigabytes(final long bytes) {
		return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1 << 30));
	}

	/** For people, a line each, ready to be pasted into a question. */
	public String text() {
		final StringBuilder text = new StringBuilder("VasoMIM " + vasomim + "\n");
		if (fault == null) text.append("PyTorch ").append(pytorch).append(" (DJL ").append(djl).append("), from ").append(
			library).append("\n");
		else text.append("PyTorch does not load: ").append(fault).append("\n");
		devices.forEach(line -> text.append(line).append("\n"));
		text.append("Java ").append(java).append("\n").append(system).append("\n");
		copies.forEach(line -> text.append("Careful: ").append(line).append("\n"));
		return text.toString();
	}
}
