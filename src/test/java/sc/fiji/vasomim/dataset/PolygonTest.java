package sc.fiji.vasomim.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

import org.junit.jupiter.api.Test;

class PolygonTest {

	/** Polygons of ARCADE and of random numbers, inside, at and beyond the border; see the README beside them. */
	@Test
	void fillsAsOpenCv() throws IOException {
		final String[] lines;
		try (InputStream stream = getClass().getResourceAsStream("/polygons/fillpoly.txt")) {
			lines = new String(stream.readAllBytes(), StandardCharsets.US_ASCII).split("\n");
		}
		assertEquals(427, lines.length);
		for (final String line : lines) {
			final String[] words = line.split(" ");
			final int[] xy = IntStream.range(3, words.length).map(i -> Integer.parseInt(words[i])).toArray();
			final int width = Integer.parseInt(words[0]);
			final byte[] pixels = new byte[width * Integer.parseInt(words[1])];
			polygon(xy).fill(pixels, width, pixels.length / width, (byte) 255);
			final CRC32 crc = new CRC32();
			crc.update(pixels);
			assertEquals(Long.parseLong(words[2], 16), crc.getValue(), line);
		}
	}

	private static Polygon polygon(final int... xy) {
		return new Polygon(IntStream.range(0, xy.length / 2).map(i -> xy[2 * i]).toArray(), IntStream.range(0,
			xy.length / 2).map(i -> xy[2 * i + 1]).toArray());
	}

	@Test
	void borderPixelsBelongToIt() {
		final byte[] pixels = new byte[25];
		polygon(1, 1, 3, 1, 3, 3, 1, 3).fill(pixels, 5, 5, (byte) 7);
		assertArrayEquals(new byte[] { 0, 0, 0, 0, 0, 0, 7, 7, 7, 0, 0, 7, 7, 7, 0, 0, 7, 7, 7, 0, 0, 0, 0, 0, 0 }, pixels);
	}

	@Test
	void coordinatesFarOutsideLeaveTheImageAlone() {
		final byte[] pixels = new byte[4];
		polygon(-1_000_000, 5, 1_000_000, 5, 0, 2_000_000_000).fill(pixels, 2, 2, (byte) 7);
		assertArrayEquals(new byte[4], pixels);
		polygon(-1_000_000, -1_000_000, 1_000_000, -1_000_000, 0, 1_000_000).fill(pixels, 2, 2, (byte) 7);
		assertArrayEquals(new byte[] { 7, 7, 7, 7 }, pixels);
	}

	@Test
	void noPointsAreRefused() {
		assertThrows(IllegalArgumentException.class, PolygonTest::polygon);
	}
}
