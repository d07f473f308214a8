package sc.fiji.vasomim.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import ij.ImagePlus;

/** Archives that numpy wrote (npz_fixtures.py): frame k, row y, column x holds 40 k + 5 y + x. */
class NpzImageTest {

	@TempDir
	Path folder;

	@ParameterizedTest
	@CsvSource({ "float32, 8, 1", "float64, 8, 1", "stored, 8, 1", "uint8, 8, 1", "unit-range, 32, 0.00392156862745",
		"wide-range, 32, 16" })
	void givesTheValuesThatNumpyWrote(final String name, final int bits, final double factor) throws Exception {
		final ImagePlus image = NpzImage.read(fixture(name));
		assertEquals(bits, image.getBitDepth());
		assertEquals(Arrays.toString(new int[] { 5, 7, 1, 1, 3 }), Arrays.toString(image.getDimensions()));
		for (int k = 0; k < 3; k++)
			for (int y = 0; y < 7; y++)
				for (int x = 0; x < 5; x++)
					assertEquals(factor * (40 * k + 5 * y + x), image.getStack().getProcessor(k + 1).getf(x, y), 1e-6 * factor *
						255);
	}

	@Test
	void aPlaneIsOneFrame() throws Exception {
		final ImagePlus image = NpzImage.read(fixture("one-frame"));
		assertEquals(1, image.getStackSize());
		assertEquals(40 + 5 * 6 + 4, image.getProcessor().get(4, 6));
	}

	@ParameterizedTest
	@CsvSource({ "pickled, never opened", "big-endian, little-endian", "fortran, C order", "int16, float64",
		"structured, structured", "four-axes, 4 axes", "empty, is empty", "other-member, no pixel_array" })
	void whatIsNotReadIsRefused(final String name, final String words) throws Exception {
		final Path file = fixture(name);
		final String message = assertThrows(IOException.class, () -> NpzImage.read(file)).getMessage();
		assertTrue(message.contains(file.toString()) && message.contains(words), message);
	}

	/** A damaged archive gives an error or, where only its values or other members are hit, an image; nothing else. */
	@ParameterizedTest
	@ValueSource(strings = { "float32", "stored", "float64" })
	void damagedBytesAreErrorsAtMost(final String name) throws Exception {
		final byte[] whole = Files.readAllBytes(fixture(name));
		final Path file = folder.resolve("damaged.npz");
		final Random random = new Random(1);
		for (int i = 0; i < 400; i++) {
			final byte[] damaged = i < 100 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
			for (int k = 0; i >= 100 && k < 1 + i % 4; k++)
				damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
			Files.write(file, damaged);
			try {
				assertEquals(5, NpzImage.read(file).getWidth());
			}
			catch (final IOException e) {
				assertTrue(e.getMessage().startsWith("Cannot read " + file), e.getMessage());
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "{'descr': '<f4', 'fortran_order': False, 'shape': (2000000000, 40000, 40000), }",
		"{'descr': '<f4', 'fortran_order': False, 'shape': (9999999999, 4, 4), }",
		"{'descr': '<f8', 'fortran_order': False, 'shape': (30000, 30000), }",
		"{'descr': '<f4', 'fortran_order': False, 'shape': (100, 512, 512), }",
		"{'descr': '<f4', 'fortran_order': False, 'shape': (-1, 4, 4), }",
		"{'descr': '<f4', 'fortran_order': False, 'shape': (), }",
		"{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3, 3), 'evil': 1}", "__import__('os').system('true')", "" })
	void whatAHeaderClaimsIsNotBelieved(final String header) throws IOException {
		final Path file = folder.resolve("claims.npz");
		final ByteArrayOutputStream array = new ByteArrayOutputStream();
		array.write("\u0093NUMPY\u0001\u0000".getBytes(StandardCharsets.ISO_8859_1));
		array.write(new byte[] { (byte) header.length(), 0 });
		array.write(header.getBytes(StandardCharsets.US_ASCII));
		array.write(new byte[32]);
		try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
			zip.putNextEntry(new ZipEntry("pixel_array.npy"));
			zip.write(array.toByteArray());
		}
		assertThrows(IOException.class, () -> NpzImage.read(file));
	}

	private static Path fixture(final String name) throws URISyntaxException {
		return Path.of(NpzImageTest.class.getResource("/files/npz/" + name + ".npz").toURI());
	}
}
