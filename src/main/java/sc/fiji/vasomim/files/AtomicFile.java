package sc.fiji.vasomim.files;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes a file whole or not at all: into a hidden neighbour, synced to the disk, then moved to its name in one step.
 * Whoever reads the name sees the file as it was or as it is to be. After a failure the neighbour is gone and the
 * file, if there was one, is as before.
 * <p>
 * All methods create missing parent folders and replace an existing file. An existing folder of that name, like
 * anything else that prevents the writing, is an {@link IOException} that names the file.
 */
public final class AtomicFile {

	/** Writes the content of a file; the caller owns and closes the channel. */
	@FunctionalInterface
	public interface ChannelBody {

		void writeTo(FileChannel channel) throws IOException;
	}

	/** Writes the content of a file; the caller flushes, owns and closes the stream, which is buffered. */
	@FunctionalInterface
	public interface StreamBody {

		void writeTo(OutputStream stream) throws IOException;
	}

	private static final Duration IDLE = Duration.ofMinutes(10);

	/** What follows a file's name, after a dot before it, in that of its hidden neighbour. */
	private static final String UNFINISHED = "\\.[0-9a-f-]{36}\\.tmp";

	private AtomicFile() {}

	public static void write(final Path file, final byte[] content) throws IOException {
		write(file, stream -> stream.write(content));
	}

	/** Writes the text in UTF-8. */
	public static void write(final Path file, final String text) throws IOException {
		write(file, text.getBytes(StandardCharsets.UTF_8));
	}

	public static void write(final Path file, final StreamBody body) throws IOException {
		replace(file, channel -> {
			final OutputStream stream = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
			body.writeTo(stream);
			stream.flush();
		});
	}

	/**
	 * For content that is written in large pieces or whose beginning is known last. What writers of the same file that were
	 * killed have left is removed first: so large a file must not lie about once for each kill.
	 */
	public static void writeChannel(final Path file, final ChannelBody body) throws IOException {
		removeLeftOvers(file.toAbsolutePath());
		replace(file, body);
	}

	/** Whether it is named as the hidden neighbour of a file that is being written, or whose writer was killed. */
	public static boolean isUnfinished(final Path file) {
		return file.getFileName().toString().matches("\\..+" + UNFINISHED);
	}

	/** Unfinished neighbours that nobody has written to for {@link #IDLE}: a living writer writes all the time. */
	private static void removeLeftOvers(final Path target) throws IOException {
		if (!Files.isDirectory(target.getParent())) return;
		final FileTime recent = FileTime.from(Instant.now().minus(IDLE));
		final String name = Pattern.quote("." + target.getFileName()) + UNFINISHED;
		try (Stream<Path> files = Files.list(target.getParent())) {
			for (final Path file : files.filter(f -> f.getFileName().toString().matches(name)).toList())
				if (Files.getLastModifiedTime(file).compareTo(recent) < 0) Files.delete(file);
		}
		catch (final NoSuchFileException e) {
			// Its writer has finished, or another one removes it too.
		}
	}

	private static void replace(final Path file, final ChannelBody body) throws IOException {
		final Path target = file.toAbsolutePath();
		if (Files.isDirectory(target)) throw new IOException("Cannot write " + file + ": a folder has that name");
		Files.createDirectories(target.getParent());
		final Path part = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
		try {
			try (FileChannel channel = FileChannel.open(part, CREATE_NEW, WRITE)) {
				body.writeTo(channel);
				channel.force(true);
			}
			Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (final IOException e) {
			throw new IOException("Cannot write " + file + ": " + reason(e), e);
		}
		finally {
			Files.deleteIfExists(part);
		}
		syncFolder(target.getParent());
	}

	/** Makes the names in a folder durable, where the system lets a folder be synced (not on Windows). */
	public static void syncFolder(final Path folder) {
		try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
			channel.force(true);
		}
		catch (final IOException e) {
			// The file itself is synced; a system without this call loses at most the newest name in a power cut.
		}
	}

	/** A {@code java.nio.file} exception's message is often just the file's name: its class says what is wrong. */
	public static String reason(final Exception e) {
		final String kind = e.getClass().getSimpleName().replaceAll("Exception$", "");
		if (e.getMessage() == null) return kind;
		return e.getClass().getPackageName().equals("java.nio.file") ? kind + ": " + e.getMessage() : e.getMessage();
	}
}
