package sc.fiji.vasomim.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Rectangle;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.OvalRoi;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;

class ImageFileTest {

	@TempDir
	Path folder;

	/**
	 * Files written by Pillow 13.0.0 and tifffile; the hash is that of the pixels that Pillow reads from them, after
	 * {@code convert("L")} where they have 8 bits, little-endian.
	 */
	@ParameterizedTest
	@CsvSource({ "grey.jpg, 35b6cf62b8a5fc36e8a8e57931fe464ae037c1989e2974de6d88a212cfd50006",
		"color-420.jpg, cda400d51e7a2624417612440985c30dbf559804b4005ca83f63a8d7ac4ebf53",
		"color-progressive.jpg, 9211d2e0356dd8fecb2b3599cf9bca678bdd098fccebf6655f000de46563fd6f",
		"grey.png, fc72a142d7b2721101d8a68feff243c9a668ea21d3ac80c39d8ff7e3749982d2",
		"color.png, 77e965abf3e933eb7bb725af1a1fbedd6343b7b50d042e54959df36ab28ffb6b",
		"palette.png, bde6f09dbd75604fbce54dfae4003a83664b40762a88538d67515daa210143fe",
		"color-alpha.png, 77e965abf3e933eb7bb725af1a1fbedd6343b7b50d042e54959df36ab28ffb6b",
		"grey-alpha.png, fc72a142d7b2721101d8a68feff243c9a668ea21d3ac80c39d8ff7e3749982d2",
		"one-bit.png, 295621c7912a696bc7ef1d48b6efea795761998503d2e953ad156d864e1f82d9",
		"four-bit.png, 217239ef51f4c2ddd93cf48e96aca5be634ebb9c529fb543a249efdf1bd10a93",
		"sixteen-bit.png, 2cf599a74213ca261838316e76b51ef9595c3dd2c77787186736e8c3fc9f3cc8",
		"color.bmp, 77e965abf3e933eb7bb725af1a1fbedd6343b7b50d042e54959df36ab28ffb6b",
		"palette.gif, bde6f09dbd75604fbce54dfae4003a83664b40762a88538d67515daa210143fe",
		"grey-lzw.tif, fc72a142d7b2721101d8a68feff243c9a668ea21d3ac80c39d8ff7e3749982d2",
		"color-deflate.tif, 77e965abf3e933eb7bb725af1a1fbedd6343b7b50d042e54959df36ab28ffb6b",
		"white-is-zero.tif, 395add4a15e12504c2c8199736270d761a9e22e9fe5829fa9f9db1d69468c693",
		"one-bit.tif, 295621c7912a696bc7ef1d48b6efea795761998503d2e953ad156d864e1f82d9",
		"sixteen-bit.tif, 2cf599a74213ca261838316e76b51ef9595c3dd2c77787186736e8c3fc9f3cc8",
		"float.tif, eb64e8964b428821fd1904ee254e474314e134d424053f4b00c9784eee96c999",
		"profile.jpg, 42e7196dd7ef6f6029d512bf3a40a098ded344f816b63fa68c38ee7866506ac9",
		"profile.png, 4f2ba5756cdd8fc66a900b9e61cfc7f9ea16012a23e34a9dae5d0de3af188193",
		"turned.jpg, 42e7196dd7ef6f6029d512bf3a40a098ded344f816b63fa68c38ee7866506ac9",
		"palette.tif, b06bb64cfcaa80555539e6d51fee866c7a65fb37eb35ad404a4f26fd0c4a31b5",
		"palette-transparent.png, b06bb64cfcaa80555539e6d51fee866c7a65fb37eb35ad404a4f26fd0c4a31b5",
		"jpeg.tif, 8572ca5ba35c21eafb683e61d1fe4872812753cd36c36b1d0bd8d6f0db2220e5",
		"tiled.tif, 4f2ba5756cdd8fc66a900b9e61cfc7f9ea16012a23e34a9dae5d0de3af188193" })
	void readsAsPillowDoes(final String name, final String sha256) throws Exception {
		final ImagePlus image = ImageFile.read(fixture(name));
		assertEquals(name, image.getTitle());
		assertEquals(sha256, sha256(image.getProcessor()));
	}

	/** Luma by hand: 19595 * 255 + 32768 = 5029493 = 76 * 65536 + 48757, and so on. */
	@Test
	void greyOfColorsByHand() {
		final ColorProcessor color = new ColorProcessor(5, 1, new int[] { 0xff0000, 0x00ff00, 0x0000ff, 0xffffff, 0 });
		assertArrayEquals(new byte[] { 76, (byte) 150, 29, (byte) 255, 0 }, (byte[]) Grey.of(color).getPixels());
	}

	@ParameterizedTest
	@ValueSource(strings = { "grey.jpg", "color-420.jpg", "color-progressive.jpg", "grey.png", "four-bit.png",
		"sixteen-bit.png", "palette.gif", "grey-lzw.tif", "color-deflate.tif", "white-is-zero.tif", "float.tif" })
	void aTruncatedFileIsNeverHalfAnImage(final String name) throws Exception {
		final byte[] whole = Files.readAllBytes(fixture(name));
		final Path file = folder.resolve(name);
		for (int length = 0; length < whole.length; length += length < whole.length - 20 ? whole.length / 40 + 1 : 1) {
			Files.write(file, Arrays.copyOf(whole, length));
			final IOException e = assertThrows(IOException.class, () -> ImageFile.read(file), "cut to " + length);
			assertTrue(e.getMessage().startsWith("Cannot read " + file + ": "), e.getMessage());
		}
	}

	@Test
	void aTruncatedBitmapIsRefused() throws Exception {
		final byte[] whole = Files.readAllBytes(fixture("color.bmp"));
		final Path file = folder.resolve("a.bmp");
		// Its last byte only pads the last row.
		for (int length = 0; length < whole.length - 1; length += 50) {
			Files.write(file, Arrays.copyOf(whole, length));
			assertThrows(IOException.class, () -> ImageFile.read(file), "cut to " + length);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "grey.jpg", "profile.jpg", "palette.png", "color.bmp", "palette.gif", "grey-lzw.tif",
		"palette.tif", "float.tif" })
	void anyDamageEndsInAnIOException(final String name) throws Exception {
		final byte[] whole = Files.readAllBytes(fixture(name));
		final Path file = folder.resolve(name);
		final Random random = new Random(5);
		assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
			for (int i = 0; i < 300; i++) {
				final byte[] damaged = whole.clone();
				for (int n = 0; n < 3; n++) {
					final int range = random.nextBoolean() ? Math.min(200, whole.length) : whole.length;
					damaged[random.nextInt(range)] = (byte) random.nextInt();
				}
				Files.write(file, damaged);
				try {
					ImageFile.read(file);
				}
				catch (final IOException e) {
					assertTrue(e.getMessage().contains(name), e.getMessage());
				}
			}
		});
	}

	@Test
	void saysWhatIsWrongWithAFile() throws IOException {
		assertRefused(folder.resolve("missing.png"), "NoSuchFile");
		assertRefused(Files.createDirectory(folder.resolve("sub.png")), "it is a folder");
		assertRefused(Files.createFile(folder.resolve("empty.png")), "it is empty");
		assertRefused(Files.writeString(folder.resolve("text.png"), "not a picture"), "it is no PNG, JPEG");
	}

	/** Files by image_fixtures.py: some of these the platform's decoders would show with wrong colours. */
	@ParameterizedTest
	@CsvSource({ "cmyk.jpg, convert them to RGB or grey", "jpeg-alpha.tif, JPEG of 4 samples a pixel",
		"lzma.tif, TIFF compression 34925", "predictor.tif, with LZW or deflate and without a predictor",
		"big.tif, save it as TIFF", "changes.gif, save it as TIFF" })
	void saysHowToMendWhatItDoesNotRead(final String name, final String words) throws Exception {
		assertRefused(fixture(name), words);
	}

	@Test
	void aChangedByteInAPngIsNoticed() throws Exception {
		final byte[] png = Files.readAllBytes(fixture("grey.png"));
		png[png.length / 2] ^= 1;
		assertRefused(Files.write(folder.resolve("a.png"), png), "checksum");
	}

	@Test
	void pngKeepsGreyAndColor() throws IOException {
		final ByteProcessor grey = new ByteProcessor(3, 2, new byte[] { 0, 1, 127, (byte) 128, (byte) 254, -1 });
		// An inverted look-up table changes what is shown, not the values.
		grey.invertLut();
		ImageFile.writePng(folder.resolve("grey.png"), grey);
		final ImageProcessor readGrey = ImageFile.read(folder.resolve("grey.png")).getProcessor();
		assertArrayEquals((byte[]) grey.getPixels(), (byte[]) readGrey.getPixels());
		final ColorProcessor color = new ColorProcessor(2, 1, new int[] { 0xff123456, 0xff00ff00 });
		ImageFile.writePng(folder.resolve("color.png"), color);
		final ImageProcessor readColor = ImageFile.read(folder.resolve("color.png")).getProcessor();
		assertEquals(0x123456, readColor.get(0, 0) & 0xffffff);
		assertEquals(0x00ff00, readColor.get(1, 0) & 0xffffff);
		assertThrows(IllegalArgumentException.class,
			() -> ImageFile.writePng(folder.resolve("x.png"), new FloatProcessor(2, 2)));
		assertEquals(List.of("color.png", "grey.png"), AtomicFileTest.names(folder));
	}

	@Test
	void tiffKeepsStackTypeAndCalibrationButNoPatient() throws IOException {
		final ImageStack stack = new ImageStack(3, 2);
		stack.addSlice("vesselness", new FloatProcessor(3, 2, new float[] { -1, 0, .25f, 1e-9f, 7, 1e9f }));
		stack.addSlice("0010,0010  Patient's Name: DOE\n0028,0010  Rows: 2", new FloatProcessor(3, 2));
		final ImagePlus image = new ImagePlus("x", stack);
		image.getCalibration().pixelWidth = .2;
		image.getCalibration().pixelHeight = .3;
		image.getCalibration().setUnit("mm");
		image.setProperty("Info", "0010,0020  Patient ID: 4711\n");
		final Path file = folder.resolve("a.tif");
		ImageFile.writeTiff(file, image);
		final ImagePlus read = ImageFile.read(file);
		assertEquals(2, read.getStackSize());
		assertArrayEquals((float[]) stack.getPixels(1), (float[]) read.getStack().getPixels(1));
		assertEquals("vesselness", read.getStack().getSliceLabel(1));
		assertEquals(.2, read.getCalibration().pixelWidth, 1e-6);
		assertEquals(.3, read.getCalibration().pixelHeight, 1e-6);
		assertEquals("mm", read.getCalibration().getUnit());
		final String bytes = new String(Files.readAllBytes(file), StandardCharsets.UTF_16LE) +
			new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
		assertTrue(!bytes.contains("4711") && !bytes.contains("DOE"), "the file holds a patient's name or number");
	}

	@Test
	void aTiffKeepsSelectionAndOverlay() throws IOException {
		final ImagePlus image = new ImagePlus("", new ByteProcessor(40, 30));
		image.setRoi(new OvalRoi(3, 4, 20, 10));
		image.setOverlay(new Overlay(new Roi(1, 2, 5, 6)));
		final Path file = folder.resolve("a.tif");
		ImageFile.writeTiff(file, image);
		final ImagePlus read = ImageFile.read(file);
		assertEquals(Roi.OVAL, read.getRoi().getType());
		assertEquals(new Rectangle(3, 4, 20, 10), read.getRoi().getBounds());
		assertEquals(1, read.getOverlay().size());
		assertEquals(new Rectangle(1, 2, 5, 6), read.getOverlay().get(0).getBounds());
		image.deleteRoi();
		ImageFile.writeTiff(file, image);
		assertNull(ImageFile.read(file).getRoi());
	}

	@Test
	void writingOverAFolderLeavesItAlone() throws IOException {
		final Path taken = Files.createDirectories(folder.resolve("a.tif"));
		assertThrows(IOException.class, () -> ImageFile.writeTiff(taken, new ImagePlus("", new ByteProcessor(2, 2))));
		assertThrows(IOException.class, () -> ImageFile.writePng(taken, new ByteProcessor(2, 2)));
		assertEquals(List.of("a.tif"), AtomicFileTest.names(folder));
	}

	@Test
	void aTruncatedTiffOfOursIsRefused() throws IOException {
		final Path file = folder.resolve("a.tif");
		ImageFile.writeTiff(file, new ImagePlus("", new ShortProcessor(40, 30)));
		final byte[] whole = Files.readAllBytes(file);
		for (int length = 0; length < whole.length; length += 37) {
			Files.write(file, Arrays.copyOf(whole, length));
			assertThrows(IOException.class, () -> ImageFile.read(file), "cut to " + length);
		}
	}

	private static void assertRefused(final Path file, final String words) {
		final IOException e = assertThrows(IOException.class, () -> ImageFile.read(file));
		assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
		assertTrue(e.getMessage().contains(words), e.getMessage());
	}

	private static String sha256(final ImageProcessor image) throws Exception {
		final ImageProcessor grey = image instanceof ColorProcessor ? Grey.of((ColorProcessor) image) : image;
		final int bytes = grey.getBitDepth() / 8;
		final ByteBuffer pixels = ByteBuffer.allocate(bytes * grey.getPixelCount()).order(ByteOrder.LITTLE_ENDIAN);
		for (int i = 0; i < grey.getPixelCount(); i++) {
			if (bytes == 1) pixels.put((byte) grey.get(i));
			else if (bytes == 2) pixels.putShort((short) grey.get(i));
			else pixels.putFloat(grey.getf(i));
		}
		return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(pixels.array()));
	}

	private static Path fixture(final String name) throws URISyntaxException {
		return Path.of(ImageFileTest.class.getResource("/files/images/" + name).toURI());
	}
}
