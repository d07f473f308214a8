package sc.fiji.vasomim.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The index of docs/commands: each command with its names, and each key with its commands. */
final class CommandIndex {

	private static final String START = "# Commands\n\n" + CommandPages.WRITTEN + """
		Where they are in Fiji's menu, and what they are called in a [shell](../scripting.md). Those with *files* have a
		sibling that takes a file or a folder, in `Plugins > VasoMIM > Batch`; the shell runs that one. Research use only,
		not for diagnosis.

		""";

	private CommandIndex() {}

	/** @param commands by the file name of their page */
	static String of(final Map<String, List<CommandForm>> commands) {
		final List<List<String>> table = new ArrayList<>(List.of(List.of("command", "menu", "files", "shell",
			"what it does")));
		final Map<String, List<String>> keys = new TreeMap<>();
		commands.forEach((file, forms) -> {
			final String link = "[" + forms.get(0).label() + "](" + file + ")";
			table.add(row(link, forms));
			forms.stream().flatMap(CommandForm::keys).distinct().forEach(key -> keys.computeIfAbsent("`" + key + "`",
				k -> new ArrayList<>()).add(link));
		});
		final List<List<String>> keyTable = new ArrayList<>(List.of(List.of("key", "of")));
		keys.forEach((key, of) -> keyTable.add(List.of(key, String.join(", ", of))));
		return START + CommandPages.table(table) + "\n## Keys of macros, options of the shell\n\n" + CommandPages.table(
			keyTable);
	}

	private static List<String> row(final String link, final List<CommandForm> forms) {
		final CommandForm first = forms.get(0);
		final String shell = forms.stream().map(CommandForm::shell).filter(Objects::nonNull).map(name -> "`" + name + "`")
			.findFirst().orElse("");
		return List.of(link, first.menu().replaceFirst(" > [^>]*$", ""), forms.size() > 1 ? "yes" : "", shell, first
			.description());
	}
}
