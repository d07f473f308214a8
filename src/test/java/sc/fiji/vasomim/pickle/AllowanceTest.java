package sc.fiji.vasomim.pickle;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Opening a file takes no more memory than the file is long, but for {@link Allowance#SPARE}, whatever is in it. */
class AllowanceTest {

	/** Of the JVM and the test: messages, stack traces, buffers of 16 KiB. */
	private static final long OWN_BYTES = 1 << 18;

	/** Magic number, version and machine of PyTorch's older container. */
	private static final String LEGACY = "\u0080\2\u008a\n\u006c\u00fc\u009c\u0046\u00f9\u0020\u006a\u00a8\u0050\u0019." +
		"\u0080\2M\u00e9\3.\u0080\2}X\r\0\0\0little_endian\u0088s.";

	private static final String STORAGE = "(U\7storagectorch\nByteStorage\nU\1aU\3cpuK\1tQ";

	@TempDir
	Path folder;

	/** Classes are loaded before anything is counted. */
	@BeforeEach
	void loadClasses() throws IOException {
		open("}", ")", 1, "U\1xctorch._utils\n_rebuild_tensor_v2\n(" + STORAGE + "K\0))tRs");
		open("}", "", 0, ".");
	}

	/** Each piece is a few bytes that make as much as they can; a million of them in a row. */
	@ParameterizedTest
	@ValueSource(strings = { ")", "]", "}", "(", "N", "K\1", "G\1\2\3\4\5\6\7\0", "U\1a", "\u008c\2\u00c4\u0080",
		"\u008a\17\1\2\3\4\5\6\7\10\11\12\13\14\15\16\17", "}q\0", "}\u0094", "N\u0085", "NNN\u0087", "]Na", "](NNe",
		"}K\1Ns", "}(K\1NK\2Nu", "ctorch\nFloatStorage\n", "ccollections\nOrderedDict\n)R", "]]]]\u0085\u0085" })
	void manyPiecesTakeNoMore(final String piece) throws IOException {
		assertBounded("}", piece, 1_000_000, ".");
	}

	/** Something that the pickle has once is used again and again. */
	@ParameterizedTest
	@ValueSource(ints = { 1, 64 })
	void manyTensorsTakeNoMore(final int axes) throws IOException {
		final String shape = "(" + "K\1".repeat(axes) + "t";
		assertBounded("ctorch._utils\n_rebuild_tensor_v2\nq\0(" + STORAGE + "K\0" + shape + shape + "tq\1", "h\0h\1R",
			1_000_000, ".");
		assertBounded("(U\7storagectorch\nByteStorage\nU\1aU\3cpuK\1tq\0", "h\0Q", 1_000_000, ".");
	}

	/** A dictionary with a tensor, in ten entries of another one with long names, and so on: 10^9 ways. */
	@Test
	void waysThroughDictionariesTakeNoMore() throws IOException {
		final StringBuilder pickle = new StringBuilder("}U\1xctorch._utils\n_rebuild_tensor_v2\n(" + STORAGE + "K\0))tRs");
		for (int level = 0; level < 9; level++) {
			pickle.append("q\0}");
			for (int i = 0; i < 10; i++) pickle.append("U\51").append("n".repeat(40)).append(i).append("h\0s");
		}
		assertBounded(pickle.toString(), "", 0, ".");
	}

	/** Texts of letters with one, two and three bytes, as long as the file. */
	@ParameterizedTest
	@ValueSource(strings = { "a", "\u00c4\u0080", "\u00e2\u0082\u00ac" })
	void longTextsTakeNoMore(final String letter) throws IOException {
		final int times = 6_000_000;
		final int n = times * letter.length();
		assertBounded("X" + int4(n), letter, times, ".");
		assertBounded("X" + int4(n), letter, times, "q\0h\0\u0093.");
	}

	/** An archive that is nothing but a directory of entries. */
	@Test
	void aLongDirectoryTakesNoMore() throws IOException {
		final int entries = 200_000;
		final ByteBuffer zip = ByteBuffer.allocate(4 + 52 * entries + 22).order(ByteOrder.LITTLE_ENDIAN);
		zip.putInt(0x04034b50);
		for (int i = 0; i < entries; i++) {
			zip.putInt(zip.position(), 0x02014b50).putShort(zip.position() + 28, (short) 6).position(zip.position() + 46);
			zip.put(String.format("%06x", i).getBytes(StandardCharsets.US_ASCII));
		}
		zip.putInt(0x06054b50).position(zip.position() + 8).putInt(52 * entries).putInt(4).putShort((short) 0);
		final Path file = Files.write(folder.resolve("directory.pth"), zip.array());
		final String message = assertBounded(file);
		assertTrue(message.contains("more than a file of its length"), message);
	}

	/** Keys whose comparison would take long, in a file whose length allows many: of one hash but two classes. */
	@Test
	void keysOfOneHashTakeNoTime() throws IOException {
		final StringBuilder entries = new StringBuilder();
		for (int i = 1; i < 120_000; i++) {
			// Both hashes are 0: the exclusive or of equal halves.
			final String number = int4(i) + int4(i);
			entries.append("\u008a\10").append(number).append("NsG").append(int4(Integer.reverseBytes(i)).repeat(2)).append(
				"Ns");
		}
		assertQuick(entries + ".");
	}

	/** Or of equal letters, but not the same text. */
	@Test
	void longKeysTakeNoTime() throws IOException {
		final String text = "X" + int4(1 << 23) + "a".repeat(1 << 23);
		assertQuick(text + "Ns" + text + "q\0Ns" + "h\0Ns".repeat(150_000));
	}

	private void assertQuick(final String entries) throws IOException {
		final Path file = write("}", "", 0, entries);
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
			channel.write(ByteBuffer.allocate(1), Allowance.MOST);
		}
		assertTimeoutPreemptively(Duration.ofSeconds(30), () -> assertBounded(file));
	}

	/** In four bytes, the lowest first. */
	private static String int4(final int n) {
		return "" + (char) (n & 255) + (char) (n >> 8 & 255) + (char) (n >> 16 & 255) + (char) (n >>> 24);
	}

	/** The allowance does not grow without end with the file. */
	@Test
	void noFileTakesMoreThanAllMay() throws IOException {
		final Allowance allowance = new Allowance(Long.MAX_VALUE);
		allowance.take(Allowance.MOST);
		assertThrows(IOException.class, () -> allowance.take(1));
	}

	private void assertBounded(final String before, final String piece, final int times, final String after)
		throws IOException
	{
		assertBounded(write(before, piece, times, after));
	}

	/** @return why it was refused; empty if it was not */
	private static String assertBounded(final Path file) throws IOException {
		final long before = allocated();
		final String refusal = refusal(file);
		final long taken = allocated() - before;
		final long most = Files.size(file) + Allowance.SPARE + OWN_BYTES;
		assertTrue(taken <= most, taken + " bytes were allocated, more than " + most + "; " + refusal);
		return refusal;
	}

	private static String refusal(final Path file) {
		try (PyTorchFile tensors = PyTorchFile.open(file)) {
			return "";
		}
		catch (final IOException e) {
			return e.getMessage();
		}
	}

	/** By this thread, garbage included. */
	private static long allocated() {
		return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
	}

	private void open(final String before, final String piece, final int times, final String after) throws IOException {
		refusal(write(before, piece, times, after));
	}

	private Path write(final String before, final String piece, final int times, final String after) throws IOException {
		final byte[] once = latin1(piece);
		final byte[] begin = latin1(LEGACY + before);
		final byte[] end = latin1(after);
		final ByteBuffer all = ByteBuffer.allocate(begin.length + once.length * times + end.length).put(begin);
		for (int i = 0; i < times; i++) all.put(once);
		return Files.write(folder.resolve("made.pth"), all.put(end).array());
	}

	private static byte[] latin1(final String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}
}
