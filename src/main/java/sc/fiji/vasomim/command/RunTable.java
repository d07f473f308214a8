package sc.fiji.vasomim.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import sc.fiji.vasomim.files.AtomicFile;
import sc.fiji.vasomim.files.Json;

/** The tables of all files of a folder run in one, those that an earlier run finished included. */
final class RunTable {

	private static final String END_OF_LINE = "\r\n";

	/** What is needed of the run's manifest. */
	private record Manifest(List<Entry> files) {}

	private record Entry(String failure, List<Output> outputs) {}

	private record Output(String file) {}

	private RunTable() {}

	/** How tables name a file: as the manifest does, by its place in the input folder. */
	static String name(final Path input, final Path file) throws IOException {
		final Path root = input.toRealPath();
		return (Files.isDirectory(root) ? root.relativize(file) : file.getFileName()).toString().replace('\\', '/');
	}

	/**
	 * Writes the rows of all tables whose names end so, in the order of the inputs, under one heading.
	 *
	 * @param table in the run's output folder
	 */
	static void write(final Path table, final String ending) throws IOException {
		final Manifest manifest = Json.read(table.resolveSibling("manifest.json"), Manifest.class);
		final StringBuilder text = new StringBuilder();
		for (final Entry entry : manifest.files)
			for (final Output output : entry.outputs)
				if (entry.failure == null && output.file.endsWith(ending)) append(text, Files.readString(table.resolveSibling(
					output.file)));
		AtomicFile.write(table, text.toString());
	}

	private static void append(final StringBuilder text, final String table) {
		text.append(text.length() == 0 ? table : table.substring(table.indexOf(END_OF_LINE) + END_OF_LINE.length()));
	}
}
