package sc.fiji.vasomim.torch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Whether a driver for NVIDIA's GPUs is there, told by its files: a PyTorch for the CPU cannot say. */
final class NvidiaDriver {

	private NvidiaDriver() {}

	static boolean isThere() {
		final String windows = Objects.requireNonNullElse(System.getenv("SystemRoot"), "C:\\Windows");
		return Files.exists(Path.of("/proc/driver/nvidia/version")) || Files.exists(Path.of(windows, "System32",
			"nvcuda.dll"));
	}
}
