package sc.fiji.vasomim.batch;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import sc.fiji.vasomim.files.Json;
import sc.fiji.vasomim.files.LockFile;

/**
 * The memory of a run over many inputs from one time to the next: a file with a line of JSON for each finished input,
 * the last one counting. A line names its outputs and their sizes, and is written just before they come to their place: a
 * run that was killed in between finds them missing, and makes them again. Only the lines' places are kept in memory.
 * One program at a time can hold it open.
 */
public final class Ledger implements Closeable {

	private record Line(long start, int length) {}

	private final LockFile lock;

	private FileChannel channel;

	private final Map<String, Line> lines = new ConcurrentHashMap<>();

	/**
	 * @param file in a hidden folder of the output
	 * @throws IOException if another run holds it, or the disk refuses
	 */
	public Ledger(final Path file) throws IOException {
		lock = lock(file);
		try {
			channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
			index(file);
		}
		catch (final IOException e) {
			close();
			throw e;
		}
	}

	/** What is known of an input; null if nothing. */
	public FileRecord get(final String input) throws IOException {
		final Line line = lines.get(input);
		if (line == null) return null;
		final ByteBuffer bytes = ByteBuffer.allocate(line.length);
		while (bytes.hasRemaining() && channel.read(bytes, line.start + bytes.position()) >= 0) continue;
		return Json.parse(new String(bytes.array(), StandardCharsets.UTF_8), FileRecord.class);
	}

	/** The inputs of which something is known. */
	public Set<String> inputs() {
		return Set.copyOf(lines.keySet());
	}

	/** To be called by one thread only. */
	public void put(final FileRecord record) throws IOException {
		final byte[] line = (Json.line(record) + "\n").getBytes(StandardCharsets.UTF_8);
		final long start = channel.size();
		final ByteBuffer bytes = ByteBuffer.wrap(line);
		while (bytes.hasRemaining()) channel.write(bytes, start + bytes.position());
		lines.put(record.input(), new Line(start, line.length - 1));
	}

	@Override
	public void close() throws IOException {
		try {
			if (channel != null) channel.close();
		}
		finally {
			lock.close();
		}
	}

	private static LockFile lock(final Path file) throws IOException {
		final LockFile lock = LockFile.take(file.resolveSibling(file.getFileName() + ".lock"));
		if (lock == null) throw new IOException("Another run is writing into " + file.getParent().getParent() +
			"; wait for it, or choose another output folder");
		return lock;
	}

	/** Finds the lines; what a killed run left of a last line is cut off. */
	private void index(final Path file) throws IOException {
		long start = 0;
		final ByteArrayOutputStream line = new ByteArrayOutputStream();
		try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
			for (int next = in.read(); next >= 0; next = in.read()) {
				if (next != '\n') {
					line.write(next);
					continue;
				}
				index(line.toString(StandardCharsets.UTF_8), new Line(start, line.size()));
				start += line.size() + 1;
				line.reset();
			}
		}
		channel.truncate(start);
	}

	private void index(final String text, final Line line) {
		try {
			final String input = Json.parse(text, FileRecord.class).input();
			if (input != null) lines.put(input, line);
		}
		catch (final IOException e) {
			// A damaged line only means that its file is worked on again.
		}
	}
}
