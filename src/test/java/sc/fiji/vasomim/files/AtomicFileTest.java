package sc.fiji.vasomim.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

	@TempDir
	Path folder;

	@Test
	void writesTextInUtf8IntoMissingFolders() throws IOException {
		final Path file = folder.resolve("a/b/c.txt");
		AtomicFile.write(file, "Gefäß");
		assertEquals("Gefäß", Files.readString(file));
		assertEquals(List.of("c.txt"), names(file.getParent()));
	}

	@Test
	void replacesAFile() throws IOException {
		final Path file = folder.resolve("a.txt");
		AtomicFile.write(file, "old and long");
		AtomicFile.write(file, "new");
		assertEquals("new", Files.readString(file));
	}

	@Test
	void failureMidwayLeavesTheOldFileAndNothingElse() throws IOException {
		final Path file = folder.resolve("a.txt");
		AtomicFile.write(file, "old");
		final IOException e = assertThrows(IOException.class, () -> AtomicFile.write(file, stream -> {
			stream.write(new byte[100_000]);
			throw new IOException("disk full");
		}));
		assertEquals("Cannot write " + file + ": disk full", e.getMessage());
		assertEquals("old", Files.readString(file));
		assertEquals(List.of("a.txt"), names(folder));
	}

	@Test
	void uncheckedFailureLeavesNothing() throws IOException {
		final Path file = folder.resolve("a.txt");
		assertThrows(IllegalStateException.class, () -> AtomicFile.writeChannel(file, channel -> {
			throw new IllegalStateException();
		}));
		assertEquals(List.of(), names(folder));
	}

	/** A kill leaves the unfinished neighbour; the next writer of the same file takes it away, but no living one's. */
	@Test
	void leftOversOfKilledWritersGo() throws IOException {
		final String uuid = "0f8fad5b-d9cb-469f-a165-70867728950e";
		final Path dead = Files.writeString(folder.resolve(".pixels." + uuid + ".tmp"), "half");
		final Path other = Files.writeString(folder.resolve(".other." + uuid + ".tmp"), "half");
		for (final Path file : List.of(dead, other))
			Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(3600)));
		final Path living = Files.writeString(folder.resolve(".pixels.1" + uuid.substring(1) + ".tmp"), "half");
		AtomicFile.writeChannel(folder.resolve("pixels"), channel -> channel.write(ByteBuffer.wrap(new byte[3])));
		assertEquals(Stream.of(living, other, folder.resolve("pixels")).map(file -> file.getFileName().toString()).sorted()
			.toList(), names(folder));
	}

	@Test
	void refusesAFoldersName() throws IOException {
		final Path file = Files.createDirectories(folder.resolve("taken/inside")).getParent();
		final IOException e = assertThrows(IOException.class, () -> AtomicFile.write(file, "x"));
		assertTrue(e.getMessage().contains("a folder has that name"), e.getMessage());
		assertEquals(List.of("taken"), names(folder));
	}

	@Test
	void refusesAParentThatIsAFile() throws IOException {
		Files.writeString(folder.resolve("file"), "x");
		assertThrows(IOException.class, () -> AtomicFile.write(folder.resolve("file/a.txt"), "x"));
		assertEquals("x", Files.readString(folder.resolve("file")));
	}

	static List<String> names(final Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.map(file -> file.getFileName().toString()).sorted().toList();
		}
	}
}
