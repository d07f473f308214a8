package sc.fiji.vasomim.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import sc.fiji.vasomim.batch.Progress;

class PixelCacheTest {

	private static final byte[] IMAGE = { 0, 1, 127, (byte) 128, (byte) 200, (byte) 255 };

	@TempDir
	Path folder;

	private Path cache;

	@BeforeEach
	void data() throws IOException {
		cache = folder.resolve("pixels.cache");
		TinyAngiograms.png(folder.resolve("images/a.png"), IMAGE, 3, 2);
		TinyAngiograms.png(folder.resolve("masks/a.png"), IMAGE, 3, 2);
		TinyAngiograms.png(folder.resolve("images/b.png"), new byte[20], 4, 5);
		TinyAngiograms.png(folder.resolve("masks/b.png"), new byte[20], 4, 5);
	}

	@Test
	void pixelsAreThoseOfTheFilesAndMasksBinary() throws IOException {
		try (PixelCache pixels = TinyAngiograms.open(folder)) {
			assertEquals(2, pixels.size());
			assertEquals(3, pixels.width(0));
			assertEquals(2, pixels.height(0));
			assertEquals(4, pixels.width(1));
			assertEquals(5, pixels.height(1));
			assertArrayEquals(IMAGE, pixels.image(0));
			assertArrayEquals(new byte[] { 0, 0, 0, -1, -1, -1 }, pixels.labels(0));
			assertArrayEquals(new byte[20], pixels.image(1));
		}
	}

	@Test
	void aGoodCacheIsUsedAgain() throws IOException {
		TinyAngiograms.open(folder).close();
		final FileTime old = FileTime.fromMillis(1_000_000_000_000L);
		Files.setLastModifiedTime(cache, old);
		TinyAngiograms.open(folder).close();
		assertEquals(old, Files.getLastModifiedTime(cache));
	}

	@Test
	void aChangedSourceIsDecodedAgain() throws IOException {
		final String before;
		try (PixelCache pixels = TinyAngiograms.open(folder)) {
			before = pixels.fingerprint();
		}
		final byte[] changed = IMAGE.clone();
		changed[0] = 99;
		TinyAngiograms.png(folder.resolve("images/a.png"), changed, 3, 2);
		Files.setLastModifiedTime(folder.resolve("images/a.png"), FileTime.fromMillis(1_000_000_000_000L));
		try (PixelCache pixels = TinyAngiograms.open(folder)) {
			assertArrayEquals(changed, pixels.image(0));
			assertNotEquals(before, pixels.fingerprint());
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 30, 50, 70 })
	void aCutCacheIsMadeAgain(final int length) throws IOException {
		TinyAngiograms.open(folder).close();
		final byte[] whole = Files.readAllBytes(cache);
		Files.write(cache, Arrays.copyOf(whole, length));
		TinyAngiograms.open(folder).close();
		assertArrayEquals(whole, Files.readAllBytes(cache));
	}

	@Test
	void aHeaderOfNonsenseSizesIsMadeAgain() throws IOException {
		TinyAngiograms.open(folder).close();
		final byte[] whole = Files.readAllBytes(cache);
		final byte[] damaged = whole.clone();
		Arrays.fill(damaged, 44, 52, (byte) 0xff);
		Files.write(cache, damaged);
		TinyAngiograms.open(folder).close();
		assertArrayEquals(whole, Files.readAllBytes(cache));
	}

	@Test
	void aMaskOfAnotherSizeIsNamed() throws IOException {
		TinyAngiograms.png(folder.resolve("masks/b.png"), new byte[20], 5, 4);
		final Exception e = assertThrows(IllegalArgumentException.class, () -> TinyAngiograms.open(folder));
		assertTrue(e.getMessage().startsWith("masks: ") && e.getMessage().contains(
			"b.png is 5 x 4 px, but its image 4 x 5"), e.getMessage());
		assertNothingElseIsLeft();
	}

	@Test
	void anUnreadableImageIsNamed() throws IOException {
		Files.writeString(folder.resolve("images/b.png"), "no image");
		final Exception e = assertThrows(IOException.class, () -> TinyAngiograms.open(folder));
		assertTrue(e.getMessage().contains("b.png"), e.getMessage());
		assertNothingElseIsLeft();
	}

	@Test
	void aStopLeavesNothingBehind() throws IOException {
		final Progress stop = new Progress() {

			@Override
			public void report(final long done, final long total, final String message) {}

			@Override
			public boolean isCanceled() {
				return true;
			}
		};
		assertThrows(CancellationException.class, () -> TinyAngiograms.open(folder, stop));
		assertNothingElseIsLeft();
	}

	private void assertNothingElseIsLeft() throws IOException {
		assertFalse(Files.exists(cache));
		try (Stream<Path> files = Files.list(folder)) {
			assertEquals(2, files.count(), "images and masks");
		}
	}
}
