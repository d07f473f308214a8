package sc.fiji.vasomim.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What became of one input; an entry of the manifest.
 *
 * @param input relative to the input folder, with slashes
 * @param sha256 of the input; null if it could not be read
 * @param settings the hash of the settings it was worked on with
 * @param failure why nothing was written this time; the outputs are then an earlier run's. Null if all went well
 * @param details what the job said; null if nothing
 */
public record FileRecord(String input, String sha256, String settings, String failure, List<Output> outputs, Object details) {

	/** @param file relative to the output folder, with slashes */
	public record Output(String file, long bytes) {

		boolean isAsWritten(final Path output) throws IOException {
			final Path path = output.resolve(file);
			return Files.isRegularFile(path) && Files.size(path) == bytes;
		}
	}

	/** Whether the outputs lie in the folder in the size in which they were written. */
	boolean isAsWritten(final Path output) throws IOException {
		for (final Output file : outputs)
			if (!file.isAsWritten(output)) return false;
		return true;
	}

	FileRecord failed(final String reason) {
		return new FileRecord(input, sha256, settings, reason, List.of(), null);
	}

	/** This failure, and what an earlier run left of the input; {@code earlier} may be null. */
	FileRecord keeping(final FileRecord earlier) {
		return earlier == null ? this : new FileRecord(input, sha256, settings, failure, earlier.outputs, null);
	}
}
