package sc.fiji.vasomim.command;

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

import ij.process.ByteProcessor;

import sc.fiji.vasomim.files.ImageFile;

class MaskFilesTest {

	@TempDir
	private Path folder;

	private Path images;

	private Path masks;

	@BeforeEach
	void folders() throws IOException {
		images = Files.createDirectories(folder.resolve("images"));
		masks = Files.createDirectories(folder.resolve("masks"));
	}

	/** A mask of its own width, to be told from others. */
	private void mask(final String name, final int width) throws IOException {
		final Path file = masks.resolve(name);
		Files.createDirectories(file.getParent());
		ImageFile.writePng(file, new ByteProcessor(width, 3));
	}

	private int width(final String image) throws IOException {
		return MaskFiles.of(images.toFile(), masks.toFile()).of(images.resolve(image)).getWidth();
	}

	/** DICOM files are named by UIDs, whose last number is no ending. */
	@Test
	void uidsAreNames() throws IOException {
		int width = 10;
		for (final String uid : List.of("1.2.840.1", "1.2.840.2")) {
			final byte[] dicom = new byte[140];
			System.arraycopy("DICM".getBytes(), 0, dicom, 128, 4);
			Files.write(images.resolve(uid), dicom);
			mask(uid + ".png", width++);
		}
		assertEquals(List.of(10, 11), List.of(width("1.2.840.1"), width("1.2.840.2")));
	}

	@Test
	void theSameNameGoesBeforeAnotherEnding() throws IOException {
		ImageFile.writePng(Files.createDirectories(images.resolve("p")).resolve("a.png"), new ByteProcessor(5, 5));
		mask("p/a.png", 10);
		mask("a.png", 11);
		Files.writeString(masks.resolve("p/a.csv"), "no mask");
		assertEquals(10, width("p/a.png"));
	}

	@Test
	void severalOrNoMasksAreNamed() throws IOException {
		ImageFile.writePng(images.resolve("a.bmp"), new ByteProcessor(5, 5));
		mask("b.png", 10);
		assertRefused("masks: 0 files in " + masks + " are called as a.bmp is, but one is needed.");
		mask("a.png", 10);
		assertEquals(10, width("a.bmp"));
		Files.writeString(masks.resolve("a.csv"), "no mask");
		assertRefused("masks: 2 files in " + masks + " are called as a.bmp is, but one is needed.");
	}

	private void assertRefused(final String message) {
		final String said = assertThrows(IOException.class, () -> width("a.bmp")).getMessage();
		assertTrue(said.startsWith(message), said);
	}
}
