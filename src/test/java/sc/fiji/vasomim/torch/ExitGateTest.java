package sc.fiji.vasomim.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** In a Java of its own, which ends while PyTorch computes. */
class ExitGateTest {

	private static final int CODE = 7;

	/** Calls of about a second each; without the gate, such an end crashes on a CPU that computes in bfloat16. */
	public static final class Computing {

		public static void main(final String[] args) throws InterruptedException {
			final NDManager manager = Devices.newManager(Device.cpu());
			final Script script = Script.load("calls", "Calls", Map.of("factor", 1.0, "offset", 0, "negative", false), Device
				.cpu());
			script.call(manager, "convolve", manager.ones(new Shape(1, 8, 64, 64)), 1);
			final Thread thread = new Thread(() -> {
				while (true)
					try (NDManager scope = manager.newSubManager()) {
						script.call(scope, "convolve", scope.ones(new Shape(1, 8, 64, 64)), 3000);
					}
			});
			thread.start();
			Thread.sleep(500);
			System.exit(CODE);
		}
	}

	@TempDir
	Path folder;

	@Test
	void javaEndsSoundlyWhileANetworkComputes() throws IOException, InterruptedException {
		final Path output = folder.resolve("output");
		final Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
			System.getProperty("java.class.path"), Computing.class.getName()).directory(folder.toFile()).redirectErrorStream(true)
				.redirectOutput(output.toFile()).start();
		assertEquals(CODE, process.waitFor(), Files.readString(output));
	}
}
