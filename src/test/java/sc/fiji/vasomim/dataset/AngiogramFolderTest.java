package sc.fiji.vasomim.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AngiogramFolderTest {

	@TempDir
	Path folder;

	private Path images;

	private Path masks;

	@BeforeEach
	void folders() throws IOException {
		images = Files.createDirectories(folder.resolve("set/patient.1"));
		masks = Files.createDirectories(folder.resolve("set_frangi/patient.1"));
	}

	private List<Sample> pairs() throws IOException {
		return AngiogramFolder.pairs(images.getParent(), masks.getParent());
	}

	@Test
	void masksAreFoundByNameWhateverTheirEnding() throws IOException {
		Files.createFile(images.resolve("a.jpg"));
		Files.createFile(masks.resolve("a.png"));
		Files.createFile(masks.resolve("spare.png"));
		final List<Sample> pairs = pairs();
		assertEquals(List.of(new Sample("patient.1/a.jpg", images.resolve("a.jpg"), new MaskFile(masks.resolve("a.png")))),
			pairs);
	}

	/** As Extract Vascular Anatomy Folder names them where two images differ in their ending alone. */
	@Test
	void imagesThatDifferInTheirEndingKeepTheirMasksApart() throws IOException {
		for (final String name : new String[] { "a.jpg", "a.png" })
			Files.createFile(images.resolve(name));
		for (final String name : new String[] { "a.jpg.png", "a.png.png" })
			Files.createFile(masks.resolve(name));
		assertEquals(List.of(masks.resolve("a.jpg.png"), masks.resolve("a.png.png")), pairs().stream().map(
			sample -> ((MaskFile) sample.labels()).file()).toList());
	}

	@Test
	void severalMasksOfOneImageAreRefused() throws IOException {
		Files.createFile(images.resolve("a.jpg"));
		for (final String name : new String[] { "a.bmp", "a.png" })
			Files.createFile(masks.resolve(name));
		assertRefused("masks: ", "several masks for patient.1/a.jpg");
	}

	@Test
	void imagesWithoutAMaskAreNamed() throws IOException {
		for (final String name : new String[] { "a", "b", "c", "d", "e" })
			Files.createFile(images.resolve(name + ".png"));
		Files.createFile(masks.resolve("c.png"));
		assertRefused("masks: 4 images have no mask", "patient.1/a.png, patient.1/b.png, patient.1/d.png");
	}

	@Test
	void missingAndEmptyFoldersAreNamed() throws IOException {
		assertRefused("images: ", "no readable image");
		Files.delete(masks);
		Files.delete(masks.getParent());
		assertRefused("masks: must be an existing folder", "set_frangi");
	}

	private void assertRefused(final String... words) {
		final Exception e = assertThrows(IllegalArgumentException.class, this::pairs);
		for (final String word : words)
			assertTrue(e.getMessage().contains(word), e.getMessage());
	}
}
