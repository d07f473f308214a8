package sc.fiji.vasomim.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ij.ImagePlus;
import ij.plugin.DICOM;
import ij.util.DicomTools;

/** Files made byte by byte after PS3.5 and PS3.10; ImageJ's own reader is the peer. */
class DicomImageTest {

	private static final String EXPLICIT = "1.2.840.10008.1.2.1";

	@TempDir
	Path folder;

	@Test
	void readsFramesSpacingAndWindow() throws IOException {
		final Dicom dicom = new Dicom(EXPLICIT).text(0x0010, 0x0010, "PN", "DOE^JOHN").us(0x0028, 0x0002, 1)
			.text(0x0028, 0x0004, "CS", "MONOCHROME1").text(0x0028, 0x0008, "IS", "2").us(0x0028, 0x0010, 2)
			.us(0x0028, 0x0011, 3).text(0x0028, 0x0030, "DS", "0.3\\0.2").us(0x0028, 0x0100, 16).us(0x0028, 0x0101, 12)
			.us(0x0028, 0x0103, 0).text(0x0028, 0x1050, "DS", "2048\\100").text(0x0028, 0x1051, "DS", "4096\\200");
		// The upper four bits of the second pixel hold an overlay.
		dicom.pixels(0, 0, 5, 0x80, 0xff, 0x0f, 1, 0, 2, 0, 3, 0, 9, 0, 8, 0, 7, 0, 6, 0, 5, 0, 4, 0);
		final ImagePlus image = ImageFile.read(dicom.write(folder));
		assertArrayEquals(new short[] { 0, 5, 4095, 1, 2, 3 }, (short[]) image.getStack().getPixels(1));
		assertArrayEquals(new short[] { 9, 8, 7, 6, 5, 4 }, (short[]) image.getStack().getPixels(2));
		assertEquals(.2, image.getCalibration().pixelWidth);
		assertEquals(.3, image.getCalibration().pixelHeight);
		assertEquals("mm", image.getCalibration().getUnit());
		assertEquals("2048\\100", DicomTools.getTag(image, "0028,1050").trim());
		assertEquals("MONOCHROME1", DicomTools.getTag(image, "0028,0004").trim());
		assertFalse(image.getProperty("Info").toString().contains("DOE"));
	}

	@Test
	void signedPixelsAndRescaleAgreeWithImageJ() throws IOException {
		final Dicom dicom = small(16, 1).text(0x0028, 0x1052, "DS", "-100").text(0x0028, 0x1053, "DS", "1");
		dicom.pixels(0, 0, 0xff, 0xff, 0, 0x80, 0xff, 0x7f, 1, 0, 2, 0);
		final Path file = dicom.write(folder);
		final ImagePlus image = ImageFile.read(file);
		final DICOM peer = new DICOM();
		peer.open(file.toString());
		final float[] expected = { -100, -101, -32868, 32667, -99, -98 };
		assertArrayEquals(expected, (float[]) image.getProcessor().convertToFloat().getPixels());
		assertArrayEquals(expected, (float[]) peer.getProcessor().convertToFloat().getPixels());
	}

	@Test
	void implicitSyntaxAndSequencesAreSteppedThrough() throws IOException {
		final Dicom dicom = new Dicom("1.2.840.10008.1.2");
		// A sequence of undefined length with an item of undefined length that holds a Rows of its own.
		dicom.raw(0x08, 0, 0x40, 0x11, 0xff, 0xff, 0xff, 0xff, 0xfe, 0xff, 0, 0xe0, 0xff, 0xff, 0xff, 0xff);
		dicom.raw(0x28, 0, 0x10, 0, 2, 0, 0, 0, 99, 0);
		dicom.raw(0xfe, 0xff, 0x0d, 0xe0, 0, 0, 0, 0, 0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0);
		dicom.us(0x0028, 0x0010, 1).us(0x0028, 0x0011, 2).us(0x0028, 0x0100, 8).pixels(200, 100);
		final ImagePlus image = ImageFile.read(dicom.write(folder));
		assertArrayEquals(new byte[] { (byte) 200, 100 }, (byte[]) image.getProcessor().getPixels());
	}

	/** As highdicom 0.1 wrote: the syntax says that elements state their type, and they do not. */
	@Test
	void elementsThatAreNotAsTheSyntaxSays() throws IOException {
		final Dicom dicom = new Dicom(EXPLICIT).implicit().us(0x0028, 0x0010, 1).us(0x0028, 0x0011, 2)
			.us(0x0028, 0x0100, 8).pixels(200, 100);
		assertArrayEquals(new byte[] { (byte) 200, 100 }, (byte[]) ImageFile.read(dicom.write(folder)).getProcessor()
			.getPixels());
	}

	/** Private sequences that a converter knew no VR of: UN of undefined length, its items in implicit VR. */
	@Test
	void sequencesOfUnknownVrAreSteppedThrough() throws IOException {
		final Dicom dicom = new Dicom(EXPLICIT);
		dicom.raw(0x09, 0, 0x01, 0x10, 'U', 'N', 0, 0, 0xff, 0xff, 0xff, 0xff, 0xfe, 0xff, 0, 0xe0, 0xff, 0xff, 0xff,
			0xff);
		dicom.raw(0x28, 0, 0x10, 0, 2, 0, 0, 0, 99, 0);
		dicom.raw(0xfe, 0xff, 0x0d, 0xe0, 0, 0, 0, 0, 0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0);
		dicom.us(0x0028, 0x0010, 1).us(0x0028, 0x0011, 2).us(0x0028, 0x0100, 8).pixels(200, 100);
		assertArrayEquals(new byte[] { (byte) 200, 100 }, (byte[]) ImageFile.read(dicom.write(folder)).getProcessor()
			.getPixels());
	}

	@Test
	void readsPlanarColor() throws IOException {
		final Dicom dicom = new Dicom(EXPLICIT).us(0x0028, 0x0002, 3).text(0x0028, 0x0004, "CS", "RGB")
			.us(0x0028, 0x0006, 1).us(0x0028, 0x0010, 1).us(0x0028, 0x0011, 2).us(0x0028, 0x0100, 8);
		final ImagePlus image = ImageFile.read(dicom.pixels(1, 2, 3, 4, 5, 6).write(folder));
		assertEquals(0x010305, image.getProcessor().get(0, 0) & 0xffffff);
		assertEquals(0x020406, image.getProcessor().get(1, 0) & 0xffffff);
	}

	@Test
	void aFileThatIsTiffToTiffReadersIsDicom() throws IOException {
		final Path file = small(8, 0).pixels(1, 2, 3, 4, 5, 6).write(folder);
		final byte[] bytes = Files.readAllBytes(file);
		System.arraycopy("II*\0".getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, 4);
		Files.write(file, bytes);
		assertEquals(6, ImageFile.read(file).getProcessor().get(2, 1));
	}

	/** By PS3.3 C.7.6.3.1.2: red = 100 + 1.402 x 50 = 170.1, green = 100 - 0.714136 x 50 = 64.3, blue = 100. */
	@Test
	void readsLumaAndChroma() throws IOException {
		final Dicom dicom = new Dicom(EXPLICIT).us(0x0028, 0x0002, 3).text(0x0028, 0x0004, "CS", "YBR_FULL")
			.us(0x0028, 0x0006, 0).us(0x0028, 0x0010, 1).us(0x0028, 0x0011, 2).us(0x0028, 0x0100, 8);
		final ImagePlus image = ImageFile.read(dicom.pixels(100, 128, 178, 255, 255, 128).write(folder));
		assertEquals(170 << 16 | 64 << 8 | 100, image.getProcessor().get(0, 0) & 0xffffff);
		// 255 - 0.344136 x 127 = 211.3, and what exceeds 255 is cut.
		assertEquals(255 << 16 | 211 << 8 | 255, image.getProcessor().get(1, 0) & 0xffffff);
	}

	/** Ten bits from bit 2 to bit 11: 0xFABC >> 2 is 0x3EAF, of which 0x2AF = 687 are stored. */
	@Test
	void takesTheStoredBitsOnly() throws IOException {
		final Dicom dicom = new Dicom(EXPLICIT).text(0x0028, 0x0004, "CS", "MONOCHROME2").us(0x0028, 0x0010, 1)
			.us(0x0028, 0x0011, 1).us(0x0028, 0x0100, 16).us(0x0028, 0x0101, 10).us(0x0028, 0x0102, 11)
			.us(0x0028, 0x0103, 0);
		assertEquals(687, ImageFile.read(dicom.pixels(0xbc, 0xfa).write(folder)).getProcessor().get(0, 0));
	}

	@ParameterizedTest
	@CsvSource({ "0018, 1063, 66.7, .0667", "0018, 0040, 15, .0666666667", "0008, 2144, 30, .0333333333" })
	void frameIntervalFromTimeOrRate(final String group, final String element, final String value,
		final double seconds) throws IOException
	{
		final Dicom dicom = small(8, 0).text(Integer.parseInt(group, 16), Integer.parseInt(element, 16), "DS", value);
		final ImagePlus image = ImageFile.read(dicom.pixels(1, 2, 3, 4, 5, 6).write(folder));
		assertEquals(seconds, image.getCalibration().frameInterval, 1e-9);
	}

	/** Frame Time, Cine Rate, Recommended Display Frame Rate: the first above 0. */
	@ParameterizedTest
	@CsvSource({ "'', 15, 30, .0666666667", "0, 15, 30, .0666666667", "'', '', 30, .0333333333", "0, 0, 30, .0333333333",
		"20, 0, '', .02", "0, '', 0, 0" })
	void emptyElementsAndZerosStateNoTime(final String time, final String cine, final String display,
		final double seconds) throws IOException
	{
		final Dicom dicom = small(8, 0).text(0x0008, 0x2144, "IS", display).text(0x0018, 0x0040, "IS", cine)
			.text(0x0018, 0x1063, "DS", time);
		final ImagePlus image = ImageFile.read(dicom.pixels(1, 2, 3, 4, 5, 6).write(folder));
		assertEquals(seconds, image.getCalibration().frameInterval, 1e-9);
	}

	/** Rows first, then columns; of Imager Pixel Spacing where Pixel Spacing states none. */
	@ParameterizedTest
	@CsvSource({ "'', 0.3\\0.2, .3, .2, mm", "0\\0, 0.3\\0.2, .3, .2, mm", "0.1\\0.1, 0.3\\0.2, .1, .1, mm",
		"'', 0.3\\0, .3, .3, mm", "'', '', 1, 1, pixel" })
	void emptyElementsAndZerosStateNoSpacing(final String pixel, final String imager, final double height,
		final double width, final String unit) throws IOException
	{
		final Dicom dicom = small(8, 0).text(0x0018, 0x1164, "DS", imager).text(0x0028, 0x0030, "DS", pixel);
		final ImagePlus image = ImageFile.read(dicom.pixels(1, 2, 3, 4, 5, 6).write(folder));
		assertEquals(height, image.getCalibration().pixelHeight);
		assertEquals(width, image.getCalibration().pixelWidth);
		assertEquals(unit, image.getCalibration().getUnit());
		assertEquals(imager, DicomTools.getTag(image, "0018,1164").trim());
	}

	/** A header that announces 600 TB, with the beginning of the pixels. */
	@Test
	void saysWhenARunDoesNotFitIntoMemory() throws IOException {
		final Dicom dicom = new Dicom(EXPLICIT).text(0x0028, 0x0008, "IS", "99999").us(0x0028, 0x0010, 60000)
			.us(0x0028, 0x0011, 50000).us(0x0028, 0x0100, 16).pixels(1, 2, 3, 4);
		final Path file = dicom.write(folder);
		final IOException e = assertThrows(IOException.class, () -> ImageFile.read(file));
		assertTrue(e.getMessage().contains("99999 frames of 50000 x 60000 pixels need 599994000 MB"), e.getMessage());
	}

	@Test
	void namesACompressedTransferSyntax() throws IOException {
		final Path file = new Dicom("1.2.840.10008.1.2.4.80").us(0x0028, 0x0010, 2).write(folder);
		final IOException e = assertThrows(IOException.class, () -> ImageFile.read(file));
		assertTrue(e.getMessage().contains("1.2.840.10008.1.2.4.80 (JPEG-LS Lossless) is not supported"),
			e.getMessage());
		assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
	}

	@Test
	void aCutFileIsRefused() throws IOException {
		final Path file = small(8, 0).pixels(1, 2, 3, 4, 5, 6).write(folder);
		final byte[] whole = Files.readAllBytes(file);
		assertEquals(6, ImageFile.read(file).getProcessor().get(2, 1));
		for (int length = 0; length < whole.length; length++) {
			Files.write(file, Arrays.copyOf(whole, length));
			assertThrows(IOException.class, () -> ImageFile.read(file), "cut to " + length);
		}
	}

	@Test
	void anyDamageEndsInAnIOExceptionWithoutNames() throws IOException {
		final Path file = small(8, 0).text(0x0010, 0x0010, "PN", "DOE^JOHN").pixels(1, 2, 3, 4, 5, 6).write(folder);
		final byte[] whole = Files.readAllBytes(file);
		final Random random = new Random(2);
		assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
			for (int i = 0; i < 3000; i++) {
				final byte[] damaged = whole.clone();
				for (int n = 0; n < 3; n++) damaged[132 + random.nextInt(whole.length - 132)] = (byte) random.nextInt();
				Files.write(file, damaged);
				try {
					ImageFile.read(file);
				}
				catch (final IOException e) {
					assertFalse(e.getMessage().contains("DOE"), e.getMessage());
				}
			}
		});
	}

	private static Dicom small(final int bits, final int signed) {
		return new Dicom(EXPLICIT).us(0x0028, 0x0002, 1).text(0x0028, 0x0004, "CS", "MONOCHROME2").us(0x0028, 0x0010, 2)
			.us(0x0028, 0x0011, 3).us(0x0028, 0x0100, bits).us(0x0028, 0x0101, bits).us(0x0028, 0x0103, signed);
	}

	/** Writes elements in the order of the calls; the syntax decides whether they state their type. */
	private static final class Dicom {

		private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

		private boolean explicit = true;

		Dicom(final String syntax) {
			bytes.writeBytes(new byte[128]);
			bytes.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
			text(0x0002, 0x0010, "UI", syntax);
			explicit = !syntax.equals("1.2.840.10008.1.2");
		}

		Dicom implicit() {
			explicit = false;
			return this;
		}

		Dicom us(final int group, final int element, final int value) {
			return head(group, element, "US", 2).raw(value & 0xff, value >> 8);
		}

		Dicom text(final int group, final int element, final String vr, final String value) {
			final String even = value.length() % 2 == 0 ? value : value + (vr.equals("UI") ? "\0" : " ");
			head(group, element, vr, even.length());
			bytes.writeBytes(even.getBytes(StandardCharsets.US_ASCII));
			return this;
		}

		Dicom pixels(final int... values) {
			raw(0xe0, 0x7f, 0x10, 0);
			if (explicit) raw('O', 'W', 0, 0);
			return raw(values.length, 0, 0, 0).raw(values);
		}

		Dicom raw(final int... values) {
			for (final int value : values) bytes.write(value);
			return this;
		}

		Path write(final Path folder) throws IOException {
			return Files.write(folder.resolve("a.dcm"), bytes.toByteArray());
		}

		private Dicom head(final int group, final int element, final String vr, final int length) {
			raw(group & 0xff, group >> 8, element & 0xff, element >> 8);
			return explicit ? raw(vr.charAt(0), vr.charAt(1), length, 0) : raw(length, 0, 0, 0);
		}
	}
}
