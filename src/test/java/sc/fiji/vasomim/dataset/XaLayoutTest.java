package sc.fiji.vasomim.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XaLayoutTest {

	@TempDir
	Path root;

	@Test
	void thePairsOfAllSetsUnderOneRoot() throws IOException {
		make("xcad/003_1.png", "xcad_filter_92/003_1.png", "cadica/p1_v1_00002.png", "cadica/p1_v1_00010.png",
			"cadica_frangi/p1_v1_00002.png", "cadica_frangi/p1_v1_00010.png", "cadica_filter_92/p1_v1_00002.png",
			".vasomim/work/a.png", "cadica.csv");
		assertEquals(List.of(pair("cadica", "_frangi", "p1_v1_00002.png"), pair("cadica", "_frangi", "p1_v1_00010.png"),
			pair("xcad", "_filter_92", "003_1.png")), XaLayout.pairs(root));
	}

	@Test
	void whatItWritesItFinds() throws IOException {
		for (final Path file : List.of(XaLayout.image(root, "own", "a"), XaLayout.mask(root, "own", "a"))) {
			Files.createDirectories(file.getParent());
			Files.createFile(file);
		}
		assertEquals(List.of(pair("own", "_frangi", "a.png")), XaLayout.pairs(root));
	}

	@Test
	void aSetWithoutMasksIsNamed() throws IOException {
		make("cadica/a.png", "cadica_frangi/a.png", "xcad/b.png");
		assertRefused("images: the set ", "xcad_frangi or xcad_filter_92", "Run Extract Vascular Anatomy Folder");
	}

	@Test
	void anImageWithoutItsMaskIsNamed() throws IOException {
		make("cadica/a.png", "cadica/b.png", "cadica_frangi/a.png");
		assertRefused("masks: 1 images have no mask", "b.png");
	}

	@Test
	void aRootWithoutSetsIsRefused() throws IOException {
		assertRefused("images: ", "holds no set");
		make("cadica_frangi/a.png");
		assertRefused("images: ", "holds no set");
		assertThrows(IllegalArgumentException.class, () -> XaLayout.pairs(root.resolve("nowhere")));
	}

	private void assertRefused(final String... words) {
		final String message = assertThrows(IllegalArgumentException.class, () -> XaLayout.pairs(root)).getMessage();
		assertTrue(message.startsWith(words[0]), message);
		for (final String word : words)
			assertTrue(message.contains(word), message);
	}

	private Sample pair(final String set, final String ending, final String name) {
		return new Sample(set + "/" + name, root.resolve(set).resolve(name), new MaskFile(root.resolve(set + ending)
			.resolve(name)));
	}

	private void make(final String... files) throws IOException {
		for (final String file : files) {
			Files.createDirectories(root.resolve(file).getParent());
			Files.createFile(root.resolve(file));
		}
	}
}
