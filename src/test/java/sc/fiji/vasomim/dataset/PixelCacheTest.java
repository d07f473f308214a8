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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.files.IntensityRule;

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
	@ValueSource(ints = { 0, 30, 60, 80, 100, 170 })
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
		Arrays.fill(damaged, 72, 84, (byte) 0xff);
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
		assertTrue(e.getMessage().contains("b.png") && !e.getMessage().contains("Cannot write"), e.getMessage());
		assertNothingElseIsLeft();
	}

	@Test
	void noneThatCanBeReadIsNotTakenForEmptyMasks() throws IOException {
		for (final String name : new String[] { "a.png", "b.png" })
			Files.writeString(folder.resolve("images").resolve(name), "no image");
		final Exception e = assertThrows(IOException.class, () -> open(5, new ArrayList<>()));
		assertTrue(e.getMessage().startsWith("None of the 2 images can be read") && e.getMessage().contains("b.png"), e
			.getMessage());
	}

	private PixelCache open(final int unreadable, final List<String> log) throws IOException {
		return PixelCache.open(cache, AngiogramFolder.pairs(folder.resolve("images"), folder.resolve("masks")),
			new IntensityRule(IntensityRule.Polarity.DARK), unreadable, Progress.NONE, log::add);
	}

	@Test
	void unreadableImagesAreLeftOutUpToALimit() throws IOException {
		TinyAngiograms.png(folder.resolve("images/c.png"), IMAGE, 3, 2);
		TinyAngiograms.png(folder.resolve("masks/c.png"), IMAGE, 3, 2);
		Files.writeString(folder.resolve("masks/b.png"), "no image");
		final List<String> log = new ArrayList<>();
		for (int i = 0; i < 2; i++)
			try (PixelCache pixels = open(1, log)) {
				assertEquals(2, pixels.size());
				assertEquals("c.png", pixels.name(1));
				assertArrayEquals(IMAGE, pixels.image(1));
			}
		final String word = "1 of 3 images can't be read and are left out: b.png";
		assertEquals(List.of(word, word), log.stream().filter(line -> line.contains("read")).toList(), "once when decoded, once when found again");
		final Exception none = assertThrows(IOException.class, () -> open(0, log));
		assertTrue(none.getMessage().contains("b.png"), none.getMessage());
		Files.writeString(folder.resolve("images/c.png"), "no image");
		final Exception e = assertThrows(IOException.class, () -> open(1, log));
		assertTrue(e.getMessage().contains("More than 1 images can't be read") && e.getMessage().contains("c.png"), e
			.getMessage());
	}

	/** The disk was away when the cache was made; the file has the size and the time that it had then. */
	@Test
	void anImageThatCanBeReadAgainIsTakenIn() throws IOException {
		final Path image = folder.resolve("images/b.png");
		final byte[] sound = Files.readAllBytes(image);
		final FileTime time = Files.getLastModifiedTime(image);
		Files.write(image, new byte[sound.length]);
		Files.setLastModifiedTime(image, time);
		try (PixelCache pixels = open(1, new ArrayList<>())) {
			assertEquals(1, pixels.size());
		}
		Files.write(image, sound);
		Files.setLastModifiedTime(image, time);
		try (PixelCache pixels = open(0, new ArrayList<>())) {
			assertEquals(2, pixels.size());
			assertEquals("b.png", pixels.name(1));
		}
	}

	/** The last 40 bytes are b's labels and before them, its image; before these, 6 and 6 of a. */
	@ParameterizedTest
	@CsvSource({ "1, 1", "25, 1", "42, 0", "48, 0" })
	void alteredPixelsAreNotHandedOut(final int fromEnd, final int index) throws IOException {
		open(0, new ArrayList<>()).close();
		final byte[] bytes = Files.readAllBytes(cache);
		bytes[bytes.length - fromEnd] ^= 1;
		Files.write(cache, bytes);
		try (PixelCache pixels = open(0, new ArrayList<>())) {
			final Exception e = assertThrows(IOException.class, () -> {
				pixels.image(index);
				pixels.labels(index);
			});
			assertTrue(e.getMessage().contains(pixels.name(index)) && e.getMessage().contains("Delete that file") && e.getMessage()
				.contains(cache.toString()), e.getMessage());
			pixels.image(1 - index);
			pixels.labels(1 - index);
		}
	}

	/** 16 images in 4 GB, 84 to come: 21 GB. */
	@Test
	void aDiskThatWillBeTooSmallIsNamedAtOnce() throws IOException {
		PixelCacheWriter.requireRoom(4_000_000_000L, 16, 100, 21_000_000_000L);
		PixelCacheWriter.requireRoom(4_000_000_000L, 16, 100, 0);
		final Exception e = assertThrows(IOException.class, () -> PixelCacheWriter.requireRoom(4_000_000_000L, 16, 100,
			20_999_999_999L));
		assertTrue(e.getMessage().contains("100 images need about 21.0 GB more") && e.getMessage().contains("(cache)"), e
			.getMessage());
	}

	@Test
	void imagesWithoutLabelsTakeHalfTheRoomAndAreBackground() throws IOException {
		final List<Sample> alone = AngiogramFolder.pairs(folder.resolve("images"), folder.resolve("masks")).stream().map(
			sample -> new Sample(sample.name(), sample.image(), Labels.NONE)).toList();
		open(0, new ArrayList<>()).close();
		final long labelled = Files.size(cache);
		final List<String> log = new ArrayList<>();
		try (PixelCache pixels = PixelCache.open(cache, alone, new IntensityRule(IntensityRule.Polarity.DARK), Progress.NONE,
			log::add))
		{
			assertEquals(labelled - 26, Files.size(cache));
			assertFalse(pixels.isLabelled());
			assertArrayEquals(IMAGE, pixels.image(0));
			assertArrayEquals(new byte[6], pixels.labels(0));
			assertArrayEquals(new byte[20], pixels.image(1));
		}
		assertFalse(log.toString().contains("mask"), log.toString());
	}

	/** A hundred links to an image of 6 px take the room of one, and are a hundred images. */
	@Test
	void linksToOneFileAreStoredOnce() throws IOException {
		open(0, new ArrayList<>()).close();
		final long before = Files.size(cache);
		for (int i = 0; i < 100; i++)
			for (final String kind : new String[] { "images", "masks" })
				Files.createSymbolicLink(folder.resolve(kind).resolve("c" + i + ".png"), folder.resolve(kind).resolve("a.png"));
		try (PixelCache pixels = open(0, new ArrayList<>())) {
			assertEquals(102, pixels.size());
			assertEquals(before + 100 * (8 + 5 * 4), Files.size(cache), "a table entry each");
			assertEquals("c99.png", pixels.name(101));
			assertArrayEquals(IMAGE, pixels.image(101));
			assertArrayEquals(new byte[] { 0, 0, 0, -1, -1, -1 }, pixels.labels(101));
		}
	}

	/** The fingerprint is of the content: a copy in place of a link changes nothing. */
	@Test
	void linksAndCopiesHaveOneFingerprint() throws IOException {
		final String[] found = new String[2];
		for (int i = 0; i < 2; i++) {
			for (final String kind : new String[] { "images", "masks" }) {
				final Path link = folder.resolve(kind).resolve("c.png");
				Files.deleteIfExists(link);
				if (i == 0) Files.createSymbolicLink(link, folder.resolve(kind).resolve("a.png"));
				else Files.copy(folder.resolve(kind).resolve("a.png"), link);
			}
			try (PixelCache pixels = open(0, new ArrayList<>())) {
				found[i] = pixels.fingerprint();
			}
			Files.delete(cache);
		}
		assertEquals(found[0], found[1]);
	}

	@ParameterizedTest
	@ValueSource(ints = { 45, 75, 80, 85, 95, 110, 130 })
	void anAlteredTableIsMadeAgain(final int place) throws IOException {
		open(0, new ArrayList<>()).close();
		final byte[] whole = Files.readAllBytes(cache);
		final byte[] damaged = whole.clone();
		damaged[place] ^= 1;
		Files.write(cache, damaged);
		open(0, new ArrayList<>()).close();
		assertArrayEquals(whole, Files.readAllBytes(cache));
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
