package sc.fiji.vasomim.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import ij.ImagePlus;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;

/** Files by dicom_fixtures.py: encoded by GDCM, libjpeg-turbo and pydicom; the truth is what was encoded. */
class CompressedDicomTest {

	@TempDir
	Path folder;

	@ParameterizedTest
	@CsvSource({
		"deflated, 23a68e652dfa95b5d88beec12ff0be33158897f3047411213a59e13310f18ce7",
		"sv1-8, dfc7be2ee8e556b3e74c8ecb4602d8687ac9656e9f05c2fa3380d9f509fced99",
		"sv1-10, 9f187756a1c37997ea51dab4f4c1d3e3f9debd8339b65d83590e1d124252b1d4",
		"sv1-12, 84f5bbcd55d49f852b43407f0c09a01b8d3b49b661400a68ab9e9ae57751f1cb",
		"sv1-14, c2075bc17ee4e7b6470ae811f79780fc9cd9a47308fcfc80766849a180b4c1b7",
		"sv1-16, c7aacf2c4817db2617ef45b8e255445129131e2afe36a6e8858b53964435efc4",
		"sv1-extremes-8, beb62ffbe0ce0737510c23f9fc45b96188d0f8540b91b2ac60e0a91fbfcaa860",
		"sv1-extremes-16, 13cfcc271e3907b1f5c1ab304fc19db10cb2be66b3391da4ad9fada9997994b8",
		"predictor-2, 2eedb0bfc0caeea5f18cf9fa1adef58967ba530a1f9ac58cf158f066d38e8bd1",
		"predictor-3, a448e083b50eaab5882dc71809552824a88bc46a12eb57ebf2df909cf3baf7f1",
		"predictor-4, 90db6e6e09ba9e110d04e800f11ee7d601297c5b86fc0e57a80c3b839159dd5b",
		"predictor-5, 8f444ee8c2cf14a668d4353d0b35bdfc5f39d26e31a539faa2aaa76ce2527dd4",
		"predictor-6, ed4c41928a05b067f902f70f333dc84b673d2cb2e4cea176935f313a0b335455",
		"predictor-7, 3a83077b16887059ff8547272df78cab61dce2b503b1d4d90d825be69650e46f",
		"restart, cfca170cac06459dc5546e94c5559c489c2701eb2fd275ff886cef0bca0de9c0",
		"point-transform, 03e2ce2cc0da35b009e6666786a446d2453700ab0a0eac5487ea381a3d7868ae",
		"rgb-scans, b8d18be3df3de2b73d8c074d4a1cf6ffc1a9adc2fa5b269762b821adc4242e3f",
		"rgb-sv1, 23b80352d65f5dc0609b47e94459c7f54c922118d585e00031e215780f4eab0e",
		"fragments-table, a1609c383d88efd212b54212c00f074e6cb8a25c8c6237bd925f13e3986f245e",
		"fragments, a1609c383d88efd212b54212c00f074e6cb8a25c8c6237bd925f13e3986f245e",
		"fragments-one-frame, 67df034f81c2833e5dd953274d5c5a503eca02fb7821cf5f505762ceea4c8645",
		"rle-12, 86883b203ed6e6ce4b25f47b2050740005110c1efda7fa56ad544fee502ca3f1",
		"rle-8, 5668f5583233f5b7e5a1e64fd56b2dc7f047526f33b767698f21e91687a9093a",
		"rle-rgb, 23b80352d65f5dc0609b47e94459c7f54c922118d585e00031e215780f4eab0e" })
	void givesTheValuesThatWereCompressed(final String name, final String sha256) throws Exception {
		final ImagePlus image = ImageFile.read(fixture(name));
		assertEquals(image.getStackSize(), image.getNFrames());
		assertEquals(image.getNFrames() > 1 ? .0667 : 0, image.getCalibration().frameInterval, 1e-9);
		assertEquals(sha256, sha256(image));
	}

	/** libjpeg-turbo and the Java platform's libjpeg, of the same arithmetic, agree to the bit. */
	@Test
	void jpegOfEightBitsAsLibjpegTurbo() throws Exception {
		assertEquals("5719cca50a63d3e388abff456498608c83d417faf5df5437b7eb6663559677c4",
			sha256(ImageFile.read(fixture("baseline"))));
	}

	/** The inverse of the colour transform as in libjpeg-turbo, to the bit. */
	@Test
	void jpegColorAsLibjpegTurbo() throws Exception {
		final ImagePlus image = ImageFile.read(fixture("baseline-422"));
		assertEquals(24, image.getBitDepth());
		assertEquals("4b55a0654dd5f2b1168f9570897c7a5c5f86877d123b09a464fddc194413aea4", sha256(image));
	}

	@Test
	void namesWhatIsNotSupported() throws Exception {
		final IOException e = assertThrows(IOException.class, () -> ImageFile.read(fixture("extended-12")));
		assertTrue(e.getMessage().contains("1.2.840.10008.1.2.4.51 (JPEG Extended of 12 bits) is not supported"),
			e.getMessage());
		assertTrue(e.getMessage().contains("gdcmconv --raw"), e.getMessage());
	}

	/** Cut anywhere, and ended as a whole image would be. */
	@ParameterizedTest
	@ValueSource(strings = { "sv1-12", "predictor-6", "restart", "rle-12", "baseline", "deflated", "fragments" })
	void aTruncatedFileIsNeverHalfAnImage(final String name) throws Exception {
		final byte[] whole = Files.readAllBytes(fixture(name));
		final Path file = folder.resolve("a.dcm");
		for (int length = 140; length < whole.length - 8; length += 13) {
			Files.write(file, Arrays.copyOf(whole, length));
			assertThrows(IOException.class, () -> ImageFile.read(file), "cut to " + length);
		}
	}

	/** Cut within the JPEG, which is then ended as one is, in a fragment and a sequence that are whole. */
	@Test
	void anImageThatEndsTooEarlyIsNotFilledUp() throws Exception {
		final byte[] whole = Files.readAllBytes(fixture("predictor-4"));
		final int data = indexOf(whole, 0xff, 0xd8, 0xff);
		final int end = data + indexOf(Arrays.copyOfRange(whole, data, whole.length), 0xff, 0xd9);
		for (int cut = indexOf(whole, 0xff, 0xda) + 12; cut < end - 2; cut++) {
			final Path file = endedAt(whole, data, cut);
			assertThrows(IOException.class, () -> ImageFile.read(file), "cut to " + cut);
		}
		assertEquals(1, ImageFile.read(endedAt(whole, data, end)).getStackSize());
	}

	private Path endedAt(final byte[] whole, final int data, final int cut) throws IOException {
		final ByteBuffer bytes = ByteBuffer.allocate(cut + 2 + (cut & 1) + 8).order(ByteOrder.LITTLE_ENDIAN);
		bytes.put(whole, 0, cut).put((byte) 0xff).put((byte) 0xd9).position(bytes.capacity() - 8);
		bytes.putInt(0xe0ddfffe).putInt(0).putInt(data - 4, bytes.capacity() - 8 - data);
		return Files.write(folder.resolve("a.dcm"), bytes.array());
	}

	@ParameterizedTest
	@ValueSource(strings = { "sv1-12", "predictor-6", "rgb-scans", "fragments-table", "rle-rgb", "baseline-422",
		"deflated" })
	void anyDamageEndsInAnIOException(final String name) throws Exception {
		final byte[] whole = Files.readAllBytes(fixture(name));
		final Path file = folder.resolve("a.dcm");
		final Random random = new Random(3);
		assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
			for (int i = 0; i < 300; i++) {
				final byte[] damaged = whole.clone();
				for (int n = 0; n < 3; n++) damaged[132 + random.nextInt(whole.length - 132)] = (byte) random.nextInt();
				Files.write(file, damaged);
				try {
					ImageFile.read(file);
				}
				catch (final IOException e) {
					assertTrue(e.getMessage().startsWith("Cannot read " + file + ": "), e.getMessage());
				}
			}
		});
	}

	private static int indexOf(final byte[] bytes, final int... pattern) {
		for (int i = 0;; i++) {
			int n = 0;
			while (n < pattern.length && (bytes[i + n] & 0xff) == pattern[n]) n++;
			if (n == pattern.length) return i;
		}
	}

	/** Of the stored values, signed as they were. */
	private static String sha256(final ImagePlus image) throws Exception {
		final MessageDigest digest = MessageDigest.getInstance("SHA-256");
		for (int slice = 1; slice <= image.getStackSize(); slice++) {
			final ImageProcessor frame = image.getStack().getProcessor(slice);
			final ByteBuffer bytes = ByteBuffer.allocate(4 * frame.getPixelCount()).order(ByteOrder.LITTLE_ENDIAN);
			for (int i = 0; i < frame.getPixelCount(); i++) {
				if (frame instanceof ColorProcessor) bytes.put((byte) (frame.get(i) >> 16)).putShort(Short.reverseBytes(
					(short) frame.get(i)));
				else if (frame.getBitDepth() == 8) bytes.put((byte) frame.get(i));
				else bytes.putShort((short) image.getCalibration().getCValue(frame.get(i)));
			}
			digest.update(bytes.flip());
		}
		return HexFormat.of().formatHex(digest.digest());
	}

	private static Path fixture(final String name) throws URISyntaxException {
		return Path.of(CompressedDicomTest.class.getResource("/files/dicom/" + name + ".dcm").toURI());
	}
}
