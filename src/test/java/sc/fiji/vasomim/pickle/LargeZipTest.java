package sc.fiji.vasomim.pickle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** An archive above 4 GiB, whose sizes and places stand in 64-bit fields; by hand, so that it is sparse. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the file would not be sparse there")
class LargeZipTest {

	private static final long ELEMENTS = 5L << 30;

	/** {"x": a tensor of 5 * 2^30 bytes, "y": one of 2 bytes behind it} */
	private static final String PICKLE = "}(X\1\0\0\0xctorch._utils\n_rebuild_tensor_v2\n((X\7\0\0\0storage" +
		"ctorch\nByteStorage\nX\1\0\0\0" + "0X\3\0\0\0cpu" +
		"\u008a\5\0\0\0\u0040\1tQK\0(\u008a\5\0\0\0\u0040\1t(K\1t\u0089}tR" +
		"X\1\0\0\0yctorch._utils\n_rebuild_tensor_v2\n((X\7\0\0\0storage" +
		"ctorch\nByteStorage\nX\1\0\0\0" + "1X\3\0\0\0cpuK\2tQK\0(K\2t(K\1t\u0089}tRu.";

	@TempDir
	Path folder;

	private final ByteBuffer directory = ByteBuffer.allocate(1000).order(ByteOrder.LITTLE_ENDIAN);

	@Test
	void tensorsBeyondFourGibibytesAreReadWhereTheyLie() throws IOException {
		final Path file = folder.resolve("large.pth");
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
			write(channel, "a/data.pkl", PICKLE.getBytes(StandardCharsets.ISO_8859_1), PICKLE.length());
			write(channel, "a/data/0", new byte[] { 42 }, ELEMENTS);
			write(channel, "a/data/1", new byte[] { 7, 8 }, 2);
			end(channel);
		}
		try (PyTorchFile tensors = PyTorchFile.open(file)) {
			final ByteBuffer last = ByteBuffer.allocate(2);
			tensors.read("x", ELEMENTS - 2, last);
			assertEquals(0, last.get(0));
			assertEquals(42, last.get(1));
			assertEquals(8, tensors.bytes("y").get(1));
			final String message = assertThrows(IllegalArgumentException.class, () -> tensors.bytes("x")).getMessage();
			assertTrue(message.contains("read it in pieces"), message);
		}
	}

	/** An entry of {@code size} bytes that ends with the given ones. */
	private void write(final FileChannel channel, final String name, final byte[] end, final long size)
		throws IOException
	{
		final long header = channel.position();
		final byte[] letters = name.getBytes(StandardCharsets.US_ASCII);
		final ByteBuffer local = ByteBuffer.allocate(30 + letters.length).order(ByteOrder.LITTLE_ENDIAN);
		local.putInt(0, 0x04034b50).putShort(26, (short) letters.length).put(30, letters);
		channel.write(local);
		channel.position(channel.position() + size - end.length);
		channel.write(ByteBuffer.wrap(end));
		final int at = directory.position();
		directory.putInt(at, 0x02014b50).putInt(at + 20, -1).putInt(at + 24, -1).putShort(at + 28, (short) letters.length)
			.putShort(at + 30, (short) 28).putInt(at + 42, -1).position(at + 46);
		directory.put(letters).putShort((short) 1).putShort((short) 24).putLong(size).putLong(size).putLong(header);
	}

	private void end(final FileChannel channel) throws IOException {
		final long start = channel.position();
		channel.write(directory.flip());
		final ByteBuffer end = ByteBuffer.allocate(56 + 20 + 22).order(ByteOrder.LITTLE_ENDIAN);
		end.putInt(0, 0x06064b50).putLong(4, 44).putLong(24, 3).putLong(32, 3).putLong(40, directory.limit()).putLong(48,
			start);
		end.putInt(56, 0x07064b50).putLong(64, start + directory.limit()).putInt(72, 1);
		end.putInt(76, 0x06054b50).putShort(84, (short) -1).putShort(86, (short) -1).putInt(88, -1).putInt(92, -1);
		channel.write(end);
	}
}
