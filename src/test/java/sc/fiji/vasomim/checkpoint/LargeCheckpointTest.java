package sc.fiji.vasomim.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.checkpoint.CheckpointExport.Target;
import sc.fiji.vasomim.files.SafetensorsFile;
import sc.fiji.vasomim.model.ParameterSpec;
import sc.fiji.vasomim.model.VisionTransformer;

/**
 * A checkpoint that is larger than the memory goes in and out. {@code mvn test -Dtest=LargeCheckpointTest
 * -Dlarge.blocks=80} does so with 4.0 GB, and needs 8 GB for temporary files.
 */
class LargeCheckpointTest {

	/** Of 1024 channels, 50 MB each; the largest tensor has 17 MB. */
	private static final int BLOCKS = Integer.getInteger("large.blocks", 4);

	private static final VisionTransformer NETWORK = new VisionTransformer(224, 16, 1024, BLOCKS, 16, false);

	@TempDir
	Path folder;

	@Test
	void itIsNeverHeldAsAWhole() throws IOException, InterruptedException {
		final Path checkpoint = folder.resolve("large.safetensors");
		final Map<String, long[]> shapes = new LinkedHashMap<>();
		NETWORK.parameters().forEach(spec -> shapes.put(spec.name(), spec.shape().getShape()));
		SparseCheckpoint.write(checkpoint, shapes);
		assertTrue(Files.size(checkpoint) > 3L * (64 << 20));
		final Path output = folder.resolve("output");
		final Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
			"-Xmx64m", "-XX:MaxDirectMemorySize=64m", "-cp", System.getProperty("java.class.path"), LargeCheckpointTest.class.getName(),
			checkpoint.toString(), output.toString()).redirectErrorStream(true).start();
		final String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertEquals(0, child.waitFor(), said);
		final List<String> names = NETWORK.parameters().stream().map(ParameterSpec::name).sorted().toList();
		try (SafetensorsFile exported = SafetensorsFile.open(output.resolve("exported.safetensors"))) {
			assertEquals(names, exported.names().stream().sorted().toList());
		}
	}

	/** In a JVM of its own, whose heap is smaller than the file. */
	public static void main(final String[] args) throws IOException {
		final Path model = Path.of(args[1], "model.safetensors");
		System.out.println(CheckpointImport.run(Path.of(args[0]), model, ImportSettings.DEFAULT, Progress.NONE));
		System.out.println(CheckpointExport.run(model, Path.of(args[1], "exported.safetensors"), Target.TIMM,
			Progress.NONE));
	}
}
