package sc.fiji.vasomim.pickle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import sc.fiji.vasomim.files.SafetensorsFile;
import sc.fiji.vasomim.files.TensorInfo;
import sc.fiji.vasomim.files.TensorType;

/** The files were written by PyTorch 2.7.1, see {@code src/test/python/checkpoint_fixtures.py}. */
class PyTorchFileTest {

	@TempDir
	Path folder;

	static Path resource(final String name) {
		try {
			return Path.of(PyTorchFileTest.class.getResource("/checkpoints/" + name).toURI());
		}
		catch (final URISyntaxException e) {
			throw new IllegalStateException(e);
		}
	}

	/** Views, shared storages, transposed tensors: each as the contiguous copy that safetensors stored. */
	@ParameterizedTest
	@ValueSource(strings = { "zip.pth", "legacy.pth", "protocol4.pth" })
	void readsWhatPyTorchWrote(final String name) throws IOException {
		try (PyTorchFile file = PyTorchFile.open(resource(name));
				SafetensorsFile truth = SafetensorsFile.open(resource("truth.safetensors")))
		{
			assertEquals(Set.copyOf(truth.names()), Set.copyOf(file.names()));
			for (final String tensor : truth.names()) {
				assertEquals(truth.info(tensor), file.info(tensor));
				assertEquals(truth.bytes(tensor), file.bytes(tensor), tensor);
			}
			assertEquals(Map.of("model", "mae_vit_base_patch16", "name", "Gefäß"), file.metadata());
		}
	}

	@Test
	void valuesAreThoseOfTheScript() throws IOException {
		try (PyTorchFile file = PyTorchFile.open(resource("zip.pth"))) {
			final String prefix = "state_dict/module.";
			assertEquals(new TensorInfo(prefix + "brain", TensorType.BF16, java.util.List.of(4L, 1L)), file.info(prefix +
				"brain"));
			assertArrayEquals(new float[] { 1, -3.140625f, 202 * 0x1p92f, 0 }, file.floats(prefix + "brain"));
			assertArrayEquals(new float[] { 0, -0f, 1, -2.5f, 65504, 0x1p-24f, Float.POSITIVE_INFINITY }, file.floats(prefix +
				"half"));
			assertArrayEquals(new float[] { 1 / 3f, Float.NEGATIVE_INFINITY }, file.floats(prefix + "double"));
			assertArrayEquals(new float[] { 0, 1, 2, 3 }, file.floats(prefix + "weight"));
			assertEquals(-7, file.bytes(prefix + "long").getLong());
			assertArrayEquals(new float[] { 1, 1 }, file.floats("bn/running_var"));
		}
	}

	@Test
	void aPieceOfATransposedTensorIsThatPiece() throws IOException {
		final String name = "state_dict/module.transposed";
		try (PyTorchFile file = PyTorchFile.open(resource("zip.pth"))) {
			final ByteBuffer all = file.bytes(name);
			final ByteBuffer piece = ByteBuffer.allocate(5 * 4);
			file.read(name, 7 * 4, piece);
			assertEquals(all.slice(7 * 4, 5 * 4), piece.flip());
			assertThrows(IllegalArgumentException.class, () -> file.read(name, 56 * 4, ByteBuffer.allocate(5 * 4)));
			assertThrows(IllegalArgumentException.class, () -> file.read(name, 2, ByteBuffer.allocate(4)));
			assertThrows(IllegalArgumentException.class, () -> file.info("nothing"));
			assertThrows(IllegalArgumentException.class, () -> file.floats("state_dict/module.long"));
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { //
		"command.pth | posix.system", "command-legacy.pth | posix.system", "module.pth | torch.nn.modules.linear.Linear",
		"program.pt | TorchScript program", "expanded.pth | save contiguous copies", "truth.safetensors | pickle" })
	void refusesWhatIsNoData(final String name, final String words) {
		final IOException e = assertThrows(IOException.class, () -> PyTorchFile.open(resource(name)));
		assertTrue(e.getMessage().contains(words), e.getMessage());
		assertTrue(e.getMessage().contains(name), e.getMessage());
		assertFalse(Files.exists(Path.of("pwned")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "zip.pth", "legacy.pth" })
	void refusesAFileThatIsCut(final String name) throws IOException {
		final byte[] whole = Files.readAllBytes(resource(name));
		final Path file = folder.resolve("cut.pth");
		for (int length = 0; length < whole.length; length++) {
			Files.write(file, java.util.Arrays.copyOf(whole, length));
			assertThrows(IOException.class, () -> PyTorchFile.open(file), "cut to " + length);
		}
	}
}
