package sc.fiji.vasomim.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;

/** Devices by the names that users give: {@code auto}, {@code cpu}, {@code gpu0}, {@code gpu1}, ... */
public final class Devices {

	/** DJL's name of the one engine that is used. */
	static final String ENGINE = "PyTorch";

	static {
		// DJL would report its use over the network; no access happens here that nobody asked for.
		System.setProperty("OPT_OUT_TRACKING", "true");
	}

	private Devices() {}

	/**
	 * @param name {@code auto} (the first GPU, else the CPU), {@code cpu}, or {@code gpuN}
	 * @throws IllegalArgumentException if there is no such device: never another one instead
	 */
	public static Device parse(final String name) {
		final int gpus = Engine.getEngine(ENGINE).getGpuCount();
		if ("auto".equals(name)) return gpus > 0 ? Device.gpu(0) : Device.cpu();
		if ("cpu".equals(name)) return Device.cpu();
		if (name != null && name.matches("gpu\\d{1,3}")) {
			final int index = Integer.parseInt(name.substring(3));
			if (index < gpus) return Device.gpu(index);
			throw new IllegalArgumentException("device: " + name + " is not there; this engine sees " + gpus +
				" GPUs. Use auto or cpu, or install the CUDA build of PyTorch.");
		}
		throw new IllegalArgumentException("device: must be auto, cpu or gpu0, gpu1, ..., but was " + name);
	}

	/** An owner of tensors on a device, independent of all others. */
	public static NDManager newManager(final Device device) {
		return NDManager.newBaseManager(device, ENGINE);
	}

	/** The name that {@link #parse} takes, for logs and manifests. */
	public static String name(final Device device) {
		return device.isGpu() ? "gpu" + device.getDeviceId() : device.getDeviceType();
	}
}
