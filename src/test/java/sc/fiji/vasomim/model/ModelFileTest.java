package sc.fiji.vasomim.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;

import sc.fiji.vasomim.Reference;
import sc.fiji.vasomim.files.SafetensorsFile;
import sc.fiji.vasomim.torch.TensorFile;

class ModelFileTest {

	private static final Unext UNEXT = new Unext(5, 6, 7, 8, 9);

	private static final MaskedAutoencoder MAE = new MaskedAutoencoder(32, 8, 16, 1, 2, 16, 1, 2);

	@TempDir
	Path folder;

	private Path write(final Network network) throws IOException {
		final Path file = folder.resolve("model.safetensors");
		try (Weights weights = Weights.initialise(network, 3, Device.cpu())) {
			weights.all().values().iterator().next().muli(-0.0);
			ModelFile.write(file, weights, Map.of("licence", "BSD-2-Clause"));
		}
		return file;
	}

	@Test
	void aModelComesBackAsItWas() throws IOException {
		final VitOptions options = new VitOptions(VitOptions.Positions.ROTARY, 3, 1e-5);
		for (final Network network : new Network[] { UNEXT, MAE, UNEXT.with(List.of("a", "b"), 64), new VitUNet(MAE.encoder(),
			2, true, List.of("a", "b")), new VisionTransformer(32, 8, 16, 1, 2, 40, false, true), new VitDet(64, 16, 2, 2, 3,
				List.of(1), 4), new VisionTransformer(32, 8, 16, 1, 2, 40, true, true, options) })
		{
			final Path file = write(network);
			try (Weights read = ModelFile.read("model", file, network.getClass(), Device.cpu());
					Weights start = Weights.initialise(network, 3, Device.cpu()))
			{
				assertEquals(network, read.network());
				final String first = network.parameters().get(0).name();
				start.all().get(first).muli(-0.0);
				read.all().forEach((name, array) -> assertEquals(start.all().get(name), array, name));
			}
		}
	}

	@Test
	void theHeaderTellsWhatTheFileIs() throws IOException {
		try (SafetensorsFile file = SafetensorsFile.open(write(UNEXT))) {
			assertEquals("1", file.metadata().get("format_version"));
			assertEquals("{\"architecture\":\"unext\",\"network\":{\"c1\":5,\"c2\":6,\"c3\":7,\"c4\":8,\"c5\":9,\"classes\":" +
				"[\"vessel\"],\"size\":224},\"normalisation\":\"imagenet\",\"provenance\":{\"licence\":\"BSD-2-Clause\"}}", file.metadata().get("config"));
		}
	}

	/** Files from before UNeXt had classes. */
	@Test
	void aUnextWithoutClassesIsASegmentor() throws IOException {
		final Path file = withHeader("1", "{\"architecture\":\"unext\",\"network\":{\"c1\":5,\"c2\":6,\"c3\":7,\"c4\":8," +
			"\"c5\":9}}");
		try (Weights weights = ModelFile.readSegmentor("segmentor", file, Device.cpu())) {
			assertEquals(UNEXT, weights.network());
		}
	}

	/** Files from before encoders said whether they have a class token, and how wide their MLP is. */
	@Test
	void anOlderEncoderHasAClassTokenAndTheUsualMlp() throws IOException {
		final Path file = withHeader("1", "{\"architecture\":\"vit-unet\",\"network\":{\"encoder\":{\"size\":32,\"patch\":8," +
			"\"width\":16,\"depth\":1,\"heads\":2,\"learned\":true},\"base\":2,\"normed\":false,\"classes\":[\"vessel\"]}}");
		assertEquals(new VitUNet(new VisionTransformer(32, 8, 16, 1, 2, 64, true, true), 2, false, List.of("vessel")),
			ModelFile.readNetwork("model", file, VitUNet.class));
	}

	@Test
	void aUnextOfSeveralClassesIsNoSegmentor() throws IOException {
		final Path file = write(UNEXT.with(List.of("a", "b"), 64));
		final Exception e = assertThrows(IllegalArgumentException.class, () -> ModelFile.readSegmentor("segmentor", file,
			Device.cpu()));
		assertTrue(e.getMessage().startsWith("segmentor: ") && e.getMessage().contains("2 classes"), e.getMessage());
	}

	@Test
	void halfPrecisionIsTheNearestAndHalfTheSize() throws IOException {
		final Path half = folder.resolve("half.safetensors");
		try (Weights weights = Weights.initialise(UNEXT, 3, Device.cpu())) {
			ModelFile.write(half, weights, Map.of(), DataType.FLOAT16);
			try (Weights read = ModelFile.read("model", half, Unext.class, Device.cpu())) {
				read.all().forEach((name, array) -> {
					assertEquals(weights.all().get(name).getDataType(), array.getDataType(), name);
					if (array.getDataType() != DataType.FLOAT32) return;
					final float[] exact = weights.all().get(name).toFloatArray();
					final float[] rounded = array.toFloatArray();
					// Half a unit in the last place of 11 bits; 2^-25 below the least normal number.
					for (int i = 0; i < exact.length; i++)
						assertEquals(exact[i], rounded[i], Math.max(Math.abs(exact[i]) * 0x1p-11, 0x1p-25), name);
				});
			}
			weights.all().get("final.bias").addi(1e5);
			assertThrows(IllegalArgumentException.class, () -> ModelFile.write(half, weights, Map.of(), DataType.FLOAT16));
		}
		assertTrue(Files.size(half) < 0.7 * Files.size(write(UNEXT)), "no smaller");
	}

	@Test
	void theSameWeightsGiveTheSameBytes() throws IOException {
		assertEquals(-1, Arrays.mismatch(Files.readAllBytes(write(UNEXT)), Files.readAllBytes(write(UNEXT))));
	}

	@Test
	void aMissingFileIsNamedWithItsParameter() {
		assertRefused(IllegalArgumentException.class, folder.resolve("none"), Unext.class, "segmentor: ", "none");
		assertRefused(IllegalArgumentException.class, folder, Unext.class, "segmentor: ", "must be a model file");
		assertRefused(IllegalArgumentException.class, null, Unext.class, "segmentor: ", "null");
	}

	@Test
	void aModelOfAnotherKindIsRefused() throws IOException {
		assertRefused(IllegalArgumentException.class, write(MAE), Unext.class, "holds a model of kind mae", "Unext");
		assertRefused(IllegalArgumentException.class, write(UNEXT), MaskedAutoencoder.class, "holds a model of kind unext",
			"MaskedAutoencoder");
		assertRefused(IllegalArgumentException.class, withHeader("1", "{\"architecture\":\"unheard\"}"), Unext.class,
			"holds a model of kind unheard");
	}

	@Test
	void aForeignFileIsRefused() {
		assertRefused(IllegalArgumentException.class, Reference.path("positions.safetensors"), Unext.class, "Import",
			"positions");
	}

	@Test
	void aNewerFormatIsRefused() throws IOException {
		assertRefused(IllegalArgumentException.class, withHeader("2", "{}"), Unext.class, "format 2", "Update");
	}

	@Test
	void aDamagedConfigurationIsRefused() throws IOException {
		for (final String config : new String[] { "", "no JSON", "[]", "{}", "{\"architecture\":\"unext\"}",
			"{\"architecture\":{},\"network\":{}}", "{\"architecture\":\"unext\",\"network\":{\"c1\":\"x\"}}",
			"{\"architecture\":\"unext\",\"network\":{\"c1\":5}}" })
			assertRefused(IOException.class, withHeader("1", config), Unext.class, "Cannot read", "config");
	}

	private Path withHeader(final String version, final String config) throws IOException {
		final Path file = folder.resolve("header.safetensors");
		try (Weights weights = Weights.initialise(UNEXT, 3, Device.cpu())) {
			TensorFile.write(file, Map.of("format_version", version, "config", config), weights.all());
		}
		return file;
	}

	@Test
	void aCutFileIsRefused() throws IOException {
		final Path file = write(UNEXT);
		final byte[] bytes = Files.readAllBytes(file);
		for (final int length : new int[] { 0, 7, 100, bytes.length - 1 }) {
			Files.write(file, Arrays.copyOf(bytes, length));
			assertRefused(IOException.class, file, Unext.class, "Cannot read", "model.safetensors");
		}
	}

	private static void assertRefused(final Class<? extends Exception> type, final Path file,
		final Class<? extends Network> network, final String... words)
	{
		final Exception e = assertThrows(type, () -> ModelFile.read("segmentor", file, network, Device.cpu()));
		for (final String word : words)
			assertTrue(e.getMessage().contains(word), e.getMessage());
	}
}
