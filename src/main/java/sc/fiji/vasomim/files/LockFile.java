package sc.fiji.vasomim.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file that one holder at a time has, of all threads of all programs; it ends with its holder's process at the latest.
 * The file holds nothing and stays: to read or to delete it would let others in.
 */
public final class LockFile implements Closeable {

	/** Those of this process are never opened twice: POSIX drops a process's locks with any of its handles on the file. */
	private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

	private final Path file;

	private final FileChannel channel;

	private LockFile(final Path file, final FileChannel channel) {
		this.file = file;
		this.channel = channel;
	}

	/**
	 * Takes the file, which is made if it is missing, in a folder that is there.
	 *
	 * @return null if another has it
	 * @throws IOException if the disk refuses
	 */
	public static LockFile take(final Path file) throws IOException {
		final Path real = file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
		if (!HELD.add(real)) return null;
		FileChannel channel = null;
		try {
			channel = FileChannel.open(real, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
			if (channel.tryLock() != null) return new LockFile(real, channel);
		}
		catch (final IOException e) {
			release(real, channel);
			throw e;
		}
		release(real, channel);
		return null;
	}

	@Override
	public void close() throws IOException {
		release(file, channel);
	}

	private static void release(final Path file, final FileChannel channel) throws IOException {
		try {
			if (channel != null) channel.close();
		}
		finally {
			HELD.remove(file);
		}
	}
}
