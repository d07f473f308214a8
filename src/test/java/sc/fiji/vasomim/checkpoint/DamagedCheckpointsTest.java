package sc.fiji.vasomim.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import sc.fiji.vasomim.files.TensorSource;
import sc.fiji.vasomim.pickle.PyTorchFile;

/** Files that were damaged, or made to do harm: each ends in an IOException that names the file, at once. */
class DamagedCheckpointsTest {

	/** Beside what a file holds: buffers, messages, stack traces, the test's own copies. */
	private static final long SPARE_BYTES = 2 << 20;

	@TempDir
	Path folder;

	/** Together 10,000 mutations. Every tensor of a file that still opens is read whole. */
	@ParameterizedTest
	@CsvSource({ "zip.pth, 3500, 400", "legacy.pth, 3500, 1000", "protocol4.pth, 500, 50",
		"hugging-face-timm.safetensors, 2500, 800" })
	void anyDamageEndsInAClearError(final String name, final int mutations, final int least) throws IOException {
		final byte[] sound = Files.readAllBytes(resource(name));
		final Path file = folder.resolve("damaged-" + name);
		final Random random = new Random(7);
		assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
			int refused = 0;
			for (int i = 0; i < mutations; i++) {
				final byte[] bytes = mutate(sound, random);
				Files.write(file, bytes);
				final long before = allocated();
				refused += readAll(file) ? 0 : 1;
				final long taken = allocated() - before;
				assertTrue(taken < 8L * bytes.length + SPARE_BYTES, "mutation " + i + " took " + taken + " bytes");
			}
			assertTrue(refused >= least, "only " + refused + " of the mutations were noticed");
		});
	}

	/** A header of as much as it can describe, before next to no data: as long as it may be, and longer. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', value = { //
		"{'a':{'dtype':'U8','shape':[1|,1|],'data_offsets':[0,1]}}",
		"{'a':{'dtype':'U8','shape':[1],'data_offsets':[0,1]}|,'#':{'dtype':'U8','shape':[0],'data_offsets':[0,0]}|}",
		"{'a':{'dtype':'U8','shape':[1],'data_offsets':[0,1]},'__metadata__':{'a':''|,'#':''|}}" })
	void aHeaderTakesNoMoreMemoryThanItsFileIsLong(final String before, final String piece, final String after)
		throws IOException
	{
		final Path file = folder.resolve("header.safetensors");
		for (final int length : new int[] { 1000, 300_000, 4_000_000 }) {
			final StringBuilder header = new StringBuilder(before);
			for (int i = 0; header.length() < length; i++) header.append(piece.replace("#", Integer.toString(i)));
			final byte[] json = header.append(after).toString().replace('\'', '"').getBytes(StandardCharsets.UTF_8);
			Files.write(file, ByteBuffer.allocate(8 + json.length + 1).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(
				json).array());
			final long start = allocated();
			assertEquals(length < 1_000_000, readAll(file));
			final long taken = allocated() - start;
			assertTrue(taken <= Files.size(file) + (16 << 20) + SPARE_BYTES, taken + " bytes for a header of " + json.length);
		}
	}

	/** @return false if the file was refused as it must be */
	private static boolean readAll(final Path file) {
		try (TensorSource tensors = CheckpointImport.open(file)) {
			for (final String name : tensors.names()) {
				tensors.bytes(name);
				if (tensors.info(name).type().isFloating()) tensors.floats(name);
			}
			return true;
		}
		catch (final IOException e) {
			assertTrue(e.getMessage().contains(file.getFileName().toString()), e.getMessage());
			return false;
		}
	}

	/** Bytes that this thread has allocated so far, on the heap. */
	private static long allocated() {
		return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
	}

	private static byte[] mutate(final byte[] sound, final Random random) {
		final byte[] bytes = sound.clone();
		for (int n = 1 + random.nextInt(4); n > 0; n--) {
			final int at = random.nextInt(bytes.length);
			switch (random.nextInt(5)) {
				case 0 -> bytes[at] = (byte) random.nextInt();
				case 1 -> bytes[at] ^= 1 << random.nextInt(8);
				case 2 -> bytes[at] = (byte) (random.nextBoolean() ? 0xff : 0x7f);
				// A piece over another one: operations and numbers in places that they are not meant for.
				case 3 -> System.arraycopy(bytes, random.nextInt(bytes.length - 16), bytes, Math.min(at, bytes.length - 16), 1 +
					random.nextInt(16));
				default -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(8)), (byte) random.nextInt());
			}
		}
		return random.nextInt(10) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
	}

	/** Pickles by hand, in a zip file as PyTorch writes; see {@link #pickle} for how they are spelt. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { //
		"cos\\nsystem\\n(X\\05\\00\\00\\00touch t R . | os.system", "cposix\\nsystem\\n) R . | posix.system",
		"c__builtin__\\neval\\n(X\\03\\00\\00\\00a+b t R . | __builtin__.eval",
		"X\\02\\00\\00\\00os X\\06\\00\\00\\00system \\93 ) R . | os.system",
		"ctorch._utils\\n_rebuild_tensor_v3\\n) R . | _rebuild_tensor_v3",
		"cos\\n\\1b[31m\\n) R . | os.?[31m",
		"] . | no dictionary of tensors", "} | ends too early", ". | more than it has put",
		"} t . | more than it has put", "} e . | more than it has put", "K\\01 K\\02 s . | more than",
		"} K\\01 K\\02 a . | no list", "} } K\\01 s . | neither texts nor numbers", "} h\\07 . | recalls number 7",
		"} j\\ff\\ff\\ff\\ff . | recalls number 4294967295", "i . | operation 0x69", "\\80\\00 . | protocol 0",
		"X\\ff\\ff\\ff\\ffabc . | ends too early", "T\\ff\\ff\\ff\\7fabc . | ends too early",
		"\\8a\\ff aaaa . | a number of 255 bytes", "K\\01 } b . | has none",
		"K\\01 ) R . | cannot be called", "ccollections\\nOrderedDict\\n(K\\01 t R . | Python 2", "K\\01 Q . | no storage",
		"ctorch\\nFloatStorage\\n) R . | calls a storage type" })
	void aPickleThatIsNoDataIsRefused(final String pickle, final String words) throws IOException {
		assertRefused(pickle(pickle), words);
	}

	/** A tensor's own lies: shape, stride, offset and storage. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { //
		"4 | 0 | 5 | 1 | does not fit", "4 | 1 | 4 | 1 | does not fit", "4 | 0 | 2 | 4 | does not fit",
		"4 | -1 | 2 | 1 | does not fit", "4 | 0 | -2 | 1 | numbers from 0 on", "4 | 0 | 4 | -1 | numbers from 0 on",
		"4 | 0 | 1000000000 | 0 | does not fit", "4611686018427387904 | 0 | 1 | 1 | claims 4611686018427387904 elements",
		"1000000000 | 0 | 1000000000 | 1 | should hold 1000000000 F32", "-1 | 0 | 0 | 1 | claims -1",
		"5 | 0 | 4 | 1 | should" })
	void aTensorThatDoesNotFitIsRefused(final long elements, final long offset, final long length, final long stride,
		final String words) throws IOException
	{
		assertRefused(tensor(elements, offset, length, stride), words);
	}

	@Test
	void aTensorThatFitsIsRead() throws IOException {
		final Path file = write(tensor(4, 1, 2, 2), entry("a/data/0", new byte[16]));
		try (PyTorchFile tensors = PyTorchFile.open(file)) {
			assertEquals(2, tensors.floats("x").length);
		}
	}

	/** {"x": tensor}, numbers in 8 bytes; beside it, the file has a storage of 16 bytes. */
	private static byte[] tensor(final long elements, final long offset, final long length, final long stride)
		throws IOException
	{
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		bytes.write(pickle("} X\\01\\00\\00\\00x ctorch._utils\\n_rebuild_tensor_v2\\n ( ( X\\07\\00\\00\\00storage " +
			"ctorch\\nFloatStorage\\n X\\01\\00\\00\\00 0 X\\03\\00\\00\\00cpu "));
		bytes.write(number(elements));
		bytes.write(pickle("t Q"));
		bytes.write(number(offset));
		bytes.write('(');
		bytes.write(number(length));
		bytes.write(pickle("t ("));
		bytes.write(number(stride));
		bytes.write(pickle("t \\89 } t R s ."));
		return bytes.toByteArray();
	}

	private static byte[] number(final long value) {
		final byte[] bytes = new byte[10];
		bytes[0] = (byte) 0x8a;
		bytes[1] = 8;
		for (int i = 0; i < 8; i++) bytes[2 + i] = (byte) (value >> 8 * i);
		return bytes;
	}

	/** Small files that would grow without bounds: tuples in tuples, dictionaries that share or hold one another. */
	@Test
	void bombsAreRefused() {
		assertTimeoutPreemptively(Duration.ofMinutes(1), () -> {
			final String tooMuch = "more than a file of its length";
			assertRefused(repeated("", ")", 2_000_000, "."), tooMuch);
			assertRefused(repeated("", "(", 2_000_000, "."), tooMuch);
			assertRefused(repeated(")", "\\85", 500_000, "."), tooMuch);
			assertRefused(repeated("}", "q\\00 h\\00 ", 900_000, "."), tooMuch);
			assertRefused(repeated(")", "\\85", 10_000, "."), "no dictionary");
			// Each dictionary holds the one before it ten times: 10^12 ways through twelve of them.
			final StringBuilder shared = new StringBuilder("} ");
			for (int i = 0; i < 12; i++) {
				shared.append("q\\").append(hex(i)).append(" } ");
				for (int k = 0; k < 10; k++) shared.append("K\\").append(hex(k)).append(" h\\").append(hex(i)).append(
					" s ");
			}
			assertRefused(pickle(shared + "."), tooMuch);
			// A dictionary in itself.
			assertRefused(pickle("} q\\00 K\\01 h\\00 s ."), "nested more than 16 deep");
			// A list of a million numbers for a shape, made into a tensor again and again.
			assertRefused(repeated("ctorch._utils\\n_rebuild_tensor_v2\\n (", "K\\01 ", 1000, "t R ."), "without storage");
		});
	}

	private static byte[] repeated(final String before, final String piece, final int times, final String after)
		throws IOException
	{
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		bytes.write(pickle(before));
		final byte[] once = pickle(piece);
		for (int i = 0; i < times; i++) bytes.write(once);
		bytes.write(pickle(after));
		return bytes.toByteArray();
	}

	@Test
	void anArchiveThatLiesIsRefused() throws IOException {
		final byte[] fine = pickle("} .");
		assertRefusedFile(write(null, entry("a/other", fine)), "without data.pkl");
		assertRefusedFile(write(null, entry("a/data.pkl", fine), entry("b/data.pkl", fine)), "two folders");
		assertRefusedFile(write(fine, entry("a/byteorder", "big".getBytes(StandardCharsets.US_ASCII))),
			"byte order is big");
		final Path packed = folder.resolve("packed.pth");
		try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(packed))) {
			zip.putNextEntry(new ZipEntry("a/data.pkl"));
			zip.write(fine);
		}
		assertRefusedFile(packed, "packed or encrypted");
		// Two entries of one name: Java does not write such, but a changed letter makes one.
		final Path twice = write(fine, entry("a/data.pkx", fine));
		final byte[] bytes = Files.readAllBytes(twice);
		for (int i = 0; i < bytes.length - 3; i++)
			if (bytes[i] == 'p' && bytes[i + 1] == 'k' && bytes[i + 2] == 'x') bytes[i + 2] = 'l';
		Files.write(twice, bytes);
		assertRefusedFile(twice, "occurs twice");
	}

	private void assertRefused(final byte[] pickle, final String words) throws IOException {
		assertRefusedFile(write(pickle, entry("a/data/0", new byte[16])), words);
		final ByteArrayOutputStream legacy = new ByteArrayOutputStream();
		legacy.write(pickle("\\80\\02 \\8a\\0a \\6c\\fc\\9c\\46\\f9\\20\\6a\\a8\\50\\19 . \\80\\02 M\\e9\\03 . " +
			"\\80\\02 } X\\0d\\00\\00\\00little_endian \\88 s ."));
		legacy.write(pickle);
		final Path file = Files.write(folder.resolve("legacy.pth"), legacy.toByteArray());
		assertThrows(IOException.class, () -> PyTorchFile.open(file));
	}

	private static void assertRefusedFile(final Path file, final String words) {
		final IOException e = assertThrows(IOException.class, () -> PyTorchFile.open(file));
		assertTrue(e.getMessage().contains(words), e.getMessage());
		assertTrue(e.getMessage().contains(file.getFileName().toString()), e.getMessage());
	}

	private record Entry(String name, byte[] content) {}

	private static Entry entry(final String name, final byte[] content) {
		return new Entry(name, content);
	}

	/** @param pickle for {@code a/data.pkl}; null for none */
	private Path write(final byte[] pickle, final Entry... more) throws IOException {
		final Path file = folder.resolve("made.pth");
		try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
			if (pickle != null) store(zip, entry("a/data.pkl", pickle));
			for (final Entry entry : more) store(zip, entry);
		}
		return file;
	}

	private static void store(final ZipOutputStream zip, final Entry entry) throws IOException {
		final ZipEntry stored = new ZipEntry(entry.name);
		stored.setMethod(ZipEntry.STORED);
		stored.setSize(entry.content.length);
		final CRC32 crc = new CRC32();
		crc.update(entry.content);
		stored.setCrc(crc.getValue());
		zip.putNextEntry(stored);
		zip.write(entry.content);
	}

	/** Spaces are left out; a backslash stands before n, or before a byte in two hexadecimal digits. */
	private static byte[] pickle(final String text) {
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		for (int i = 0; i < text.length(); i++) {
			final char c = text.charAt(i);
			if (c == '\\' && text.charAt(i + 1) == 'n') {
				bytes.write('\n');
				i++;
			}
			else if (c == '\\') {
				bytes.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
				i += 2;
			}
			else if (c != ' ') bytes.write(c);
		}
		return bytes.toByteArray();
	}

	private static String hex(final int value) {
		return String.format("%02x", value);
	}

	private static Path resource(final String name) {
		try {
			return Path.of(DamagedCheckpointsTest.class.getResource("/checkpoints/" + name).toURI());
		}
		catch (final URISyntaxException e) {
			throw new IllegalStateException(e);
		}
	}
}
