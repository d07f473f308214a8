package sc.fiji.vasomim.training;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;

import sc.fiji.vasomim.files.Json;

/**
 * The {@code log.jsonl} of a run folder, a line an epoch.
 *
 * @param warn where words for the user go
 */
record RunLog(Path folder, Consumer<String> warn) {

	static final String NAME = "log.jsonl";

	/** Lines whose epochs were lost, and are logged again. */
	private static final String CUT = "log.cut.jsonl";

	private Path file() {
		return folder.resolve(NAME);
	}

	boolean exists() {
		return Files.exists(file());
	}

	/** Bytes so far. */
	long length() throws IOException {
		return exists() ? Files.size(file()) : 0;
	}

	/** Cuts it to where it was when a step folder was written; what is cut off is kept in a file beside it. */
	void cut(final long length) throws IOException {
		if (length() < length) warn.accept("The log " + file() + " was shortened: epochs are missing in it");
		if (length() > length) {
			final byte[] all = Files.readAllBytes(file());
			append(CUT, Arrays.copyOfRange(all, (int) length, all.length));
		}
		try (FileChannel channel = open(NAME)) {
			channel.truncate(length);
		}
	}

	void add(final Map<String, Object> line) throws IOException {
		append(NAME, (Json.line(line) + "\n").getBytes(StandardCharsets.UTF_8));
	}

	private void append(final String name, final byte[] text) throws IOException {
		final ByteBuffer bytes = ByteBuffer.wrap(text);
		try (FileChannel channel = open(name)) {
			channel.position(channel.size());
			while (bytes.hasRemaining())
				channel.write(bytes);
			channel.force(false);
		}
	}

	private FileChannel open(final String name) throws IOException {
		return FileChannel.open(folder.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
	}
}
