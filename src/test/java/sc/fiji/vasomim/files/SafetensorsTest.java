package sc.fiji.vasomim.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code peer.safetensors} was written by the Python package safetensors 0.8.0 from PyTorch tensors. */
class SafetensorsTest {

	@TempDir
	Path folder;

	/** The example of the format's description, byte for byte. */
	@Test
	void readsAFileMadeByHand() throws IOException {
		final Path file = folder.resolve("hand.safetensors");
		Files.write(file, file("{\"w\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}",
			0, 0, (byte) 0x80, 0x3f, 0, 0, 0, (byte) 0xc0));
		try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
			assertEquals(new TensorInfo("w", TensorType.F32, List.of(1L, 2L)), tensors.info("w"));
			assertArrayEquals(new float[] { 1, -2 }, tensors.floats("w"));
			assertEquals(Map.of(), tensors.metadata());
		}
	}

	/** Whatever order the map has. */
	@Test
	void theSameContentIsTheSameFile() throws IOException {
		final Map<String, String> there = new LinkedHashMap<>(), back = new LinkedHashMap<>();
		for (int i = 0; i < 9; i++) {
			there.put("key" + i, "value");
			back.put("key" + (8 - i), "value");
		}
		final byte[][] files = new byte[2][];
		for (final Map<String, String> metadata : List.of(there, back)) {
			SafetensorsWriter.write(folder.resolve("x"), metadata, List.of(SafetensorsWriter.floats("x", new float[] { 1 }, 1)));
			files[metadata == there ? 0 : 1] = Files.readAllBytes(folder.resolve("x"));
		}
		assertArrayEquals(files[0], files[1]);
	}

	@Test
	void readsThePeersFile() throws IOException {
		try (SafetensorsFile tensors = SafetensorsFile.open(peer())) {
			assertEquals(Map.of("config", "{\"depth\": 12, \"name\": \"Gefäß\"}"), tensors.metadata());
			assertEquals(List.of(2L, 3L), tensors.info("blocks.0.weight").shape());
			assertArrayEquals(new float[] { -1, -.5f, 0, .5f, 1, 1.5f }, tensors.floats("blocks.0.weight"));
			// 6e-8 is rounded to the smallest subnormal half, 2^-24; 1e30 to eight bits of significand, 202 * 2^92.
			assertArrayEquals(new float[] { 0, -0f, 1, -2.5f, 65504, 0x1p-24f, Float.POSITIVE_INFINITY,
				Float.NEGATIVE_INFINITY }, tensors.floats("half"));
			assertArrayEquals(new float[] { 1, -3.140625f, 202 * 0x1p92f, 0 }, tensors.floats("brain"));
			assertEquals(-1e300, tensors.bytes("double").getDouble(8));
			assertEquals(Float.NEGATIVE_INFINITY, tensors.floats("double")[1]);
			assertEquals(7, tensors.bytes("step").getLong());
			assertEquals(List.of(), tensors.info("step").shape());
			assertEquals(Integer.MAX_VALUE, tensors.bytes("int").getInt(4));
			assertEquals((byte) 255, tensors.bytes("byte").get(1));
			assertEquals(TensorType.BOOL, tensors.info("mask").type());
			assertEquals(0, tensors.floats("empty").length);
		}
	}

	@Test
	void writesThePeersVeryBytes() throws IOException {
		final Path copy = folder.resolve("copy.safetensors");
		try (SafetensorsFile tensors = SafetensorsFile.open(peer())) {
			final List<SafetensorsWriter.Source> sources = new ArrayList<>();
			for (final String name : List.copyOf(tensors.names())) {
				final TensorInfo info = tensors.info(name);
				final long[] shape = info.shape().stream().mapToLong(Long::longValue).toArray();
				// The first ones last, and floats by the other way in, to see that neither matters.
				sources.add(0, name.startsWith("blocks") ? SafetensorsWriter.floats(name, tensors.floats(name), shape)
					: SafetensorsWriter.bytes(name, info.type(), tensors.bytes(name), shape));
			}
			SafetensorsWriter.write(copy, tensors.metadata(), sources);
		}
		assertArrayEquals(Files.readAllBytes(peer()), Files.readAllBytes(copy));
	}

	@Test
	void keepsALongTensorAcrossPieces() throws IOException {
		final float[] values = new float[700_001];
		for (int i = 0; i < values.length; i++) values[i] = i;
		final Path file = folder.resolve("long.safetensors");
		SafetensorsWriter.write(file, Map.of(), List.of(SafetensorsWriter.floats("x", values, values.length)));
		try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
			assertArrayEquals(values, tensors.floats("x"));
			final ByteBuffer two = ByteBuffer.allocate(8);
			tensors.read("x", 4L * 600_000, two);
			assertEquals(600_001f, two.getFloat(4));
		}
	}

	@Test
	@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the file would not be sparse there")
	void tensorsMayBeLargerThanTwoGibibytes() throws IOException {
		final TensorInfo info = new TensorInfo("big", TensorType.U8, List.of(3L << 30));
		final Path file = folder.resolve("big.safetensors");
		SafetensorsWriter.write(file, Map.of(), List.of(new SafetensorsWriter.Source() {

			@Override
			public TensorInfo info() {
				return info;
			}

			@Override
			public void writeTo(final FileChannel channel) throws IOException {
				channel.position(channel.position() + info.bytes() - 1);
				channel.write(ByteBuffer.wrap(new byte[] { 42 }));
			}
		}, SafetensorsWriter.floats("small", new float[] { 3 })));
		try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
			final ByteBuffer end = ByteBuffer.allocate(2);
			tensors.read("big", info.bytes() - 2, end);
			assertArrayEquals(new byte[] { 0, 42 }, end.array());
			assertArrayEquals(new float[] { 3 }, tensors.floats("small"));
			assertThrows(IllegalArgumentException.class, () -> tensors.bytes("big"));
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
		"{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | begins at byte 4",
		"{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | the tensors need 4 bytes",
		"{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}} | has 12 bytes",
		"{\"a\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[0,8]},"
			+ "\"b\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[4,8]}} | begins at byte 4",
		"{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
			+ "\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[8,8]}} | tensor a occurs twice",
		"{\"a\":{\"dtype\":\"U8\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,0]}} | too large",
		"{\"a\":{\"dtype\":\"U8\",\"shape\":[-8,-1],\"data_offsets\":[0,8]}} | may be negative",
		"{\"a\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[8,0]}} | data_offsets",
		"{\"a\":{\"dtype\":\"U8\",\"shape\":[8.0],\"data_offsets\":[0,8]}} | malformed",
		"{\"a\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[0,8,8]}} | two data_offsets",
		"{\"a\":{\"dtype\":\"C64\",\"shape\":[1],\"data_offsets\":[0,8]}} | the type C64",
		"{\"a\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[0,8],\"x\":1}} | unknown or repeated entry x",
		"{\"a\":{\"dtype\":\"U8\",\"shape\":[8],\"shape\":[8],\"data_offsets\":[0,8]}} | repeated entry shape",
		"{\"a\":{\"dtype\":\"U8\",\"shape\":[8]}} | lacks dtype",
		"{\"__metadata__\":{\"x\":1}} | metadata x is not a string",
		"{\"__metadata__\":{\"x\":\"1\",\"x\":\"2\"}} | metadata x occurs twice",
		"{}{} | malformed",
		"[] | does not begin with {",
		"{\"a\":[[[[[[ | malformed" })
	void refusesABadHeader(final String header, final String words) throws IOException {
		final Path file = folder.resolve("bad.safetensors");
		Files.write(file, file(header, 0, 0, 0, 0, 0, 0, 0, 0));
		final IOException e = assertThrows(IOException.class, () -> SafetensorsFile.open(file));
		assertTrue(e.getMessage().contains(words), e.getMessage());
		assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
	}

	@Test
	void refusesAFileThatIsNone() throws IOException {
		final Path file = folder.resolve("a.safetensors");
		final IOException missing = assertThrows(IOException.class, () -> SafetensorsFile.open(file));
		assertTrue(missing.getCause() instanceof NoSuchFileException);
		final byte[] peer = Files.readAllBytes(peer());
		for (int length = 0; length < peer.length; length++) {
			Files.write(file, Arrays.copyOf(peer, length));
			assertThrows(IOException.class, () -> SafetensorsFile.open(file), "cut to " + length);
		}
		// A header of 2^64 - 1 bytes, and one of 2^31.
		Files.write(file, new byte[] { -1, -1, -1, -1, -1, -1, -1, -1, '{', '}' });
		assertThrows(IOException.class, () -> SafetensorsFile.open(file));
		Files.write(file, new byte[] { 0, 0, 0, -128, 0, 0, 0, 0, '{', '}' });
		assertThrows(IOException.class, () -> SafetensorsFile.open(file));
	}

	@Test
	void anyDamageEndsInAnIOException() throws IOException {
		final byte[] peer = Files.readAllBytes(peer());
		final Path file = folder.resolve("fuzz.safetensors");
		final Random random = new Random(1);
		assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
			int refused = 0;
			for (int i = 0; i < 4000; i++) {
				Files.write(file, mutate(peer, random));
				try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
					for (final String name : tensors.names()) tensors.bytes(name);
				}
				catch (final IOException e) {
					assertTrue(e.getMessage().contains("fuzz.safetensors"), e.getMessage());
					refused++;
				}
			}
			assertTrue(refused > 1000, "only " + refused + " of the mutations were noticed");
		});
	}

	@Test
	void aSourceThatWritesTooLittleLeavesNoFile() throws IOException {
		final TensorInfo info = new TensorInfo("x", TensorType.I64, List.of(2L));
		final SafetensorsWriter.Source half = new SafetensorsWriter.Source() {

			@Override
			public TensorInfo info() {
				return info;
			}

			@Override
			public void writeTo(final FileChannel channel) throws IOException {
				channel.write(ByteBuffer.allocate(8));
			}
		};
		final IOException e = assertThrows(IOException.class,
			() -> SafetensorsWriter.write(folder.resolve("x"), Map.of(), List.of(half)));
		assertTrue(e.getMessage().contains("tensor x has 16 bytes, but 8 were written"), e.getMessage());
		assertEquals(List.of(), AtomicFileTest.names(folder));
	}

	@Test
	void wrongUseIsNamed() throws IOException {
		final float[] two = new float[2];
		assertThrows(IllegalArgumentException.class, () -> SafetensorsWriter.floats("x", two, 3));
		assertThrows(IllegalArgumentException.class, () -> SafetensorsWriter.floats("__metadata__", two, 2));
		final SafetensorsWriter.Source x = SafetensorsWriter.floats("x", two, 2);
		assertThrows(IllegalArgumentException.class,
			() -> SafetensorsWriter.write(folder.resolve("x"), Map.of(), List.of(x, x)));
		try (SafetensorsFile tensors = SafetensorsFile.open(peer())) {
			assertThrows(IllegalArgumentException.class, () -> tensors.floats("nothing"));
			assertThrows(IllegalArgumentException.class, () -> tensors.floats("step"));
			assertThrows(IllegalArgumentException.class, () -> tensors.read("step", 1, ByteBuffer.allocate(8)));
		}
	}

	private static byte[] mutate(final byte[] original, final Random random) {
		final byte[] bytes = original.clone();
		for (int n = 1 + random.nextInt(3); n > 0; n--) {
			// Mostly the header, and there mostly digits: that is where lies about sizes stand.
			int at = random.nextInt(random.nextInt(4) == 0 ? bytes.length : 0x268);
			if (random.nextBoolean()) while (at < bytes.length - 1 && (bytes[at] < '0' || bytes[at] > '9')) at++;
			bytes[at] = (byte) (bytes[at] >= '0' && bytes[at] <= '9' ? '0' + random.nextInt(10) : random.nextInt());
		}
		final int length = random.nextInt(8) == 0 ? random.nextInt(bytes.length) : bytes.length;
		return Arrays.copyOf(bytes, length);
	}

	private static byte[] file(final String header, final int... data) throws IOException {
		final byte[] json = header.getBytes(StandardCharsets.UTF_8);
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		bytes.write(new byte[] { (byte) json.length, (byte) (json.length >> 8), 0, 0, 0, 0, 0, 0 });
		bytes.write(json);
		for (final int value : data) bytes.write(value);
		return bytes.toByteArray();
	}

	private static Path peer() {
		try {
			return Path.of(SafetensorsTest.class.getResource("/files/peer.safetensors").toURI());
		}
		catch (final URISyntaxException e) {
			throw new IllegalStateException(e);
		}
	}
}
