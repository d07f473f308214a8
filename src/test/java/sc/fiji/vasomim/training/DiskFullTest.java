package sc.fiji.vasomim.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.files.SealedFolder;
import sc.fiji.vasomim.guidance.MaskingSettings;
import sc.fiji.vasomim.model.MaskedAutoencoder;

/**
 * A run in a process that the system lets write files up to a size only, between those of model and moments: writing
 * fails half-way through a step folder, as on a full disk.
 */
class DiskFullTest {

	private static final PretrainingSettings SETTINGS = new PretrainingSettings(new MaskedAutoencoder(32, 8, 64, 2, 2, 64, 2,
		2), 4, 1, 2, 0.1, 0.05, 0, MaskingSettings.VASOMIM, 1, 0.2, 1, 0, 2, 0, 7, "cpu", "float32");

	@TempDir
	Path folder;

	/** The process: argument is the test's folder. */
	static final class Run {

		public static void main(final String[] args) throws IOException {
			final Runs runs = new Runs(Path.of(args[0]));
			try {
				runs.run(runs.trainer(SETTINGS), "full", Progress.NONE);
			}
			catch (final IOException e) {
				System.out.println(e.getMessage());
				System.exit(3);
			}
		}
	}

	@Test
	@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no ulimit there")
	void theLastSoundStepStaysAndIsGoneOnFrom() throws IOException, InterruptedException {
		final Runs runs = new Runs(folder);
		runs.run(runs.trainer(SETTINGS), "straight", Progress.NONE);
		runs.runSteps(runs.trainer(SETTINGS), "full", 3);
		final long model = Files.size(runs.output("straight").resolve("step-8/model.safetensors"));
		final long moments = Files.size(runs.output("straight").resolve("step-8/optimiser.safetensors"));
		assertTrue(moments > 1.5 * model);
		final Process process = new ProcessBuilder("bash", "-c", "ulimit -f " + (model + moments) / 2 / 1024 + "; exec \"$@\"",
			"bash", Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:-UsePerfData", "-cp", System
				.getProperty("java.class.path"), Run.class.getName(), folder.toString()).redirectError(
					ProcessBuilder.Redirect.INHERIT).start();
		final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertEquals(3, process.waitFor(), said);
		assertTrue(said.contains("step-4") && said.contains("The last sound step folder stays as it is: free space"), said);
		assertFalse(Files.exists(runs.output("full").resolve("step-4")));
		assertEquals(java.util.Optional.empty(), SealedFolder.damage(runs.output("full").resolve("step-3")));
		runs.run(runs.trainer(SETTINGS), "full", Progress.NONE);
		assertArrayEquals(runs.bytes("straight", "model.safetensors"), runs.bytes("full", "model.safetensors"));
		assertNotEquals(0, runs.bytes("full", "model.safetensors").length);
	}
}
