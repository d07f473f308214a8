package sc.fiji.vasomim.torch;

import java.util.Arrays;
import java.util.List;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * PyTorch's start, and devices by the names that users give: {@code auto}, {@code cpu}, {@code gpu0}, {@code gpu1}, ...
 * Apple's mps is not among them: image scaling needs float64, which it lacks.
 */
public final class Devices {

	private static final String ENGINE = "PyTorch";

	private Devices() {}

	/** Starts PyTorch at the first call; see {@link EngineStart#engine}. */
	static Engine engine() {
		return EngineStart.engine();
	}

	/** Whether PyTorch was started; until Java ends, it is then the same one. */
	public static boolean isEngineRunning() {
		return EngineStart.isRunning();
	}

	/**
	 * @param name {@code auto} (the first GPU, else the CPU), {@code cpu}, or {@code gpuN}
	 * @throws IllegalArgumentException if there is no such device: never another one instead
	 */
	public static Device parse(final String name) {
		if ("cpu".equals(name)) return Device.cpu();
		if ("auto".equals(name)) return gpuCount() > 0 ? Device.gpu(0) : Device.cpu();
		if (name != null && name.matches("gpu\\d{1,3}")) {
			final int gpus = gpuCount();
			final int index = Integer.parseInt(name.substring(3));
			if (index < gpus) return Device.gpu(index);
			throw new IllegalArgumentException("device: " + name + " is not there; this engine sees " + gpus +
				" GPUs. Use auto or cpu, or install the build for CUDA by Engine Setup.");
		}
		throw new IllegalArgumentException("device: must be auto, cpu or gpu0, gpu1, ..., but was " + name);
	}

	/**
	 * @param names one or more of what {@link #parse} takes, with commas between them; {@code cpu} may come again
	 * @throws IllegalArgumentException if one is not there, or CPU and GPUs are mixed, or a GPU comes twice
	 */
	public static List<Device> parseAll(final String names) {
		final List<Device> devices = Arrays.stream(String.valueOf(names).split(",", -1)).map(String::trim).map(Devices::parse)
			.toList();
		final long different = devices.stream().distinct().count();
		if (different != 1 && devices.contains(Device.cpu()) || devices.get(0).isGpu() && different < devices.size())
			throw new IllegalArgumentException("device: must be GPUs that are different, or cpu alone, but was " + names);
		return devices;
	}

	static int gpuCount() {
		final int counted = engine().getGpuCount();
		if (counted > 0) return counted;
		// DJL counts by the CUDA runtime that JNA finds; PyTorch may carry its own.
		int gpus = 0;
		while (works(gpus))
			gpus++;
		return gpus;
	}

	/** @throws IllegalArgumentException if the GPU is there, but its driver or memory fails: no other device instead */
	private static boolean works(final int gpu) {
		try (NDManager manager = NDManager.newBaseManager(Device.gpu(gpu), ENGINE)) {
			manager.zeros(new Shape(1)).toFloatArray();
			return true;
		}
		catch (final EngineException | IllegalArgumentException e) {
			final String message = String.valueOf(e.getMessage());
			if (!isFault(message)) return false;
			throw new IllegalArgumentException("device: gpu" + gpu + " is there but fails (" + message.lines().findFirst()
				.orElse("") + "). Update its driver, end other programs that use it, or choose cpu.", e);
		}
	}

	/** Of what PyTorch says without a GPU, or of a number beyond the last, nothing is a fault. */
	static boolean isFault(final String message) {
		return message.contains("out of memory") || message.contains("driver version is insufficient") || message.contains(
			"driver on your system is too old") || message.contains("CUDA error") && !message.contains("invalid device ordinal") &&
			!message.contains("no CUDA-capable device");
	}

	/** Whether an engine's fault is that a device's memory did not suffice: PyTorch has no type for it that reaches Java. */
	public static boolean isOutOfMemory(final EngineException e) {
		final String message = String.valueOf(e.getMessage());
		return message.contains("out of memory") || message.contains("can't allocate memory") || message.contains(
			"not enough memory") || message.contains("CUBLAS_STATUS_ALLOC_FAILED") || message.contains(
				"CUDNN_STATUS_ALLOC_FAILED");
	}

	/** An owner of tensors on a device, independent of all others. */
	public static NDManager newManager(final Device device) {
		return NDManager.newBaseManager(device, engine().getEngineName());
	}

	/** The name that {@link #parse} takes, for logs and manifests. */
	public static String name(final Device device) {
		return device.isGpu() ? "gpu" + device.getDeviceId() : device.getDeviceType();
	}
}
