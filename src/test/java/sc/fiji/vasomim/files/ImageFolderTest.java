package sc.fiji.vasomim.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {

	@TempDir
	Path folder;

	@Test
	void listsImagesInNaturalOrder() throws IOException {
		for (final String name : List.of("frame10.png", "frame9.PNG", "Frame9.jpg", "frame09.png", "b/1.tif",
			"b/.x.png", ".hidden/1.png", "notes.txt", "status.csv", "a.dcm", "b/02.bmp", "frame9/1.png"))
		{
			final Path file = folder.resolve(name);
			Files.createDirectories(file.getParent());
			Files.createFile(file);
		}
		final byte[] dicom = new byte[140];
		System.arraycopy("DICM".getBytes(), 0, dicom, 128, 4);
		Files.write(folder.resolve("IM6"), dicom);
		Files.write(folder.resolve("1.2.840.7"), dicom);
		Files.write(folder.resolve("README"), new byte[500]);
		assertEquals(List.of("1.2.840.7", "a.dcm", "b/1.tif", "b/02.bmp", "frame9/1.png", "Frame9.jpg", "frame09.png",
			"frame9.PNG", "frame10.png", "IM6"),
			ImageFolder.list(folder).stream().map(path -> path.toString().replace('\\', '/')).toList());
	}

	@Test
	void saysWhyThereIsNothingToList() throws IOException {
		assertMessage(folder.resolve("missing"), "does not exist");
		assertMessage(Files.createFile(folder.resolve("a.png")), "is a file, not a folder");
	}

	/** The system opens its own memory as a file, but refuses to read what is not mapped: nobody may, not even root. */
	@Test
	@EnabledOnOs(OS.LINUX)
	void aFileThatCannotBeReadIsListed() throws IOException {
		Files.createSymbolicLink(folder.resolve("IM6"), Path.of("/proc/self/mem"));
		Files.createFile(folder.resolve("IM7.png"));
		assertEquals(List.of(Path.of("IM6"), Path.of("IM7.png")), ImageFolder.list(folder));
		final IOException e = assertThrows(IOException.class, () -> ImageFile.read(folder.resolve("IM6")));
		assertTrue(e.getMessage().contains("IM6"), e.getMessage());
	}

	@Test
	void aFolderWithoutImagesHasAnEmptyList() throws IOException {
		Files.createFile(folder.resolve("notes.txt"));
		assertEquals(List.of(), ImageFolder.list(folder));
	}

	private static void assertMessage(final Path path, final String words) {
		final IOException e = assertThrows(IOException.class, () -> ImageFolder.list(path));
		assertTrue(e.getMessage().contains(path.toString()) && e.getMessage().contains(words), e.getMessage());
	}
}
