package sc.fiji.vasomim.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ai.djl.Device;

import sc.fiji.vasomim.files.SafetensorsFile;

class BundledModelTest {

	@TempDir
	Path folder;

	private byte[] model() throws IOException {
		final Path file = folder.resolve("model.safetensors");
		try (Weights weights = Weights.initialise(new UNet(List.of(2, 3), List.of("vessel"), 32), 3, Device.cpu())) {
			ModelFile.write(file, weights, "of a test");
		}
		return Files.readAllBytes(file);
	}

	private static Weights read(final byte[] content) throws IOException {
		try (SafetensorsFile file = SafetensorsFile.of("in memory", content)) {
			return ModelFile.read("model", file, SegmentationNetwork.class, Device.cpu());
		}
	}

	@Test
	void aModelInMemoryIsTheOneInTheFile() throws IOException {
		try (Weights read = read(model());
				Weights start = Weights.initialise(new UNet(List.of(2, 3), List.of("vessel"), 32), 3, Device.cpu()))
		{
			assertEquals(start.network(), read.network());
			read.all().forEach((name, array) -> assertEquals(start.all().get(name), array, name));
		}
	}

	@Test
	void aDamagedOneIsNamed() throws IOException {
		final byte[] model = model();
		for (final int length : new int[] { 0, 5, 100, model.length / 2, model.length - 1 }) {
			final String message = assertThrows(IOException.class, () -> read(Arrays.copyOf(model, length))).getMessage();
			assertTrue(message.startsWith("Cannot read in memory: "), message);
		}
	}

	@Test
	void aModelThatTheJarLacksIsRefusedWithARemedy() {
		final String message = assertThrows(IllegalArgumentException.class, () -> BundledModel.read("model",
			"/models/none.safetensors", SegmentationNetwork.class, Device.cpu())).getMessage();
		assertEquals("model: none is named, and this version bundles none. Name a model file (.safetensors).", message);
	}
}
