package sc.fiji.vasomim.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.scijava.MenuEntry;
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.plugin.PluginInfo;

import sc.fiji.vasomim.command.HelpPage;

/** The pages of docs/commands: one for each command and its sibling on files, made of their parameters, and an index. */
final class CommandPages {

	static final Path FOLDER = Path.of("docs/commands");

	static final String INDEX = "README.md";

	private static final String WRITTEN = "<!-- Written from the commands' own parameters, see CommandPagesTest. Change those, not" +
		" this page. -->\n\n";

	/** Written by hand, in docs. */
	private static final Map<String, String> EXPLAINED = Map.ofEntries(Map.entry("Coronary Angiogram", "tutorial.md"),
		Map.entry("Detect Stenosis", "detection.md"), Map.entry("Engine Report", "engine.md"),
		Map.entry("Engine Setup", "engine.md"), Map.entry("Evaluate Detection", "detection.md"),
		Map.entry("Evaluate Segmentation", "evaluation.md"), Map.entry("Export Checkpoint", "checkpoints.md"),
		Map.entry("Extract Vascular Anatomy", "vesselness.md"), Map.entry("Fine-tune Detection", "detection.md"),
		Map.entry("Fine-tune Segmentation", "fine-tuning.md"), Map.entry("Frangi Vessel Filter", "vesselness.md"),
		Map.entry("Import Checkpoint", "checkpoints.md"), Map.entry("Pre-train VasoMIM", "pre-training.md"),
		Map.entry("Prepare Data Set", "prepare-data-set.md"), Map.entry("Preview Co-Guidance Mask", "co-guidance.md"),
		Map.entry("Quantify Stenosis", "quantify.md"), Map.entry("Reconstruct Masked Angiogram", "reconstruction.md"),
		Map.entry("Run VasoMIM Demo", "co-guidance.md"), Map.entry("Segment Vessels", "segmentation.md"),
		Map.entry("Synthetic Angiogram", "tutorial.md"), Map.entry("Train Segmentor", "pre-training.md"));

	private CommandPages() {}

	/** File name to text, the index included. */
	static Map<String, String> of(final Collection<PluginInfo<Command>> plugins) throws IOException {
		final Map<String, String> shell = new TreeMap<>();
		SubCommand.below("Plugins>VasoMIM", plugins).forEach((name, command) -> shell.put(command.info().getClassName(),
			name));
		final Map<String, List<CommandForm>> commands = plugins.stream().filter(plugin -> menu(plugin).matches(
			"(Plugins > VasoMIM|File > Open Samples) > .*")).sorted(Comparator.comparing(CommandPages::menu)).map(
				plugin -> new CommandForm(new CommandInfo(plugin), menu(plugin), shell.get(plugin.getClassName()))).sorted(
					Comparator.comparing(CommandForm::isOnFiles)).collect(Collectors.groupingBy(form -> HelpPage.file(form.label()),
						LinkedHashMap::new, Collectors.toList()));
		final Map<String, String> pages = new TreeMap<>(Map.of(INDEX, index(commands)));
		for (final Map.Entry<String, List<CommandForm>> command : commands.entrySet())
			pages.put(command.getKey(), page(command.getValue()));
		return pages;
	}

	private static String menu(final PluginInfo<?> plugin) {
		return plugin.getMenuPath() == null ? "" : plugin.getMenuPath().stream().map(MenuEntry::getName).collect(Collectors
			.joining(" > "));
	}

	private static String page(final List<CommandForm> forms) throws IOException {
		final String label = forms.get(0).label();
		final StringBuilder page = new StringBuilder("# " + label + "\n\n" + WRITTEN + forms.get(0).description() + "\n");
		if (EXPLAINED.containsKey(label)) page.append("More in words: ").append(link(EXPLAINED.get(label))).append(".\n");
		forms.forEach(form -> page.append(form.ways()));
		page.append("\n## Keys\n\n").append(keys(forms));
		forms.forEach(form -> page.append(form.results()));
		return page.append("\nResearch use only, not for diagnosis. [All commands](README.md)\n").toString();
	}

	private static String link(final String file) throws IOException {
		return "[" + Files.readAllLines(FOLDER.resolveSibling(file)).get(0).replaceFirst("# ", "") + "](../" + file + ")";
	}

	private static String keys(final List<CommandForm> forms) {
		final Map<String, List<CommandForm>> keys = new LinkedHashMap<>();
		forms.forEach(form -> form.options().forEach(option -> keys.computeIfAbsent(form.row(option),
			row -> new ArrayList<>()).add(form)));
		if (keys.isEmpty()) return "None.\n";
		final boolean tell = forms.size() > 1;
		return "In macros `key=value`, in a shell `--key value`; what is left out has its default.\n\n| key |" + (tell ? " on |"
			: "") + " in the dialog | value | default | meaning |\n|---|" + (tell ? "---|" : "") + "---|---|---|---|\n" + keys.entrySet()
				.stream().map(key -> "| " + key.getKey().replaceFirst(" \\| ", tell ? " | " + where(key.getValue()) + " | " : " | ") +
					" |\n").collect(Collectors.joining());
	}

	private static String where(final List<CommandForm> forms) {
		return forms.size() > 1 ? "both" : forms.get(0).isOnFiles() ? "files" : "image";
	}

	private static String index(final Map<String, List<CommandForm>> commands) {
		final StringBuilder index = new StringBuilder("# Commands\n\n" + WRITTEN + "Where they are in Fiji's menu, and what " +
			"they are called in a [shell](../scripting.md). Those with *files* have a sibling that takes a file or a folder, under\n" +
			"`Plugins > VasoMIM > Batch`. Research use only, not for diagnosis.\n\n| command | menu | files | shell | what it does |\n" +
			"|---|---|---|---|---|\n");
		final Map<String, List<String>> keys = new TreeMap<>();
		commands.forEach((file, forms) -> {
			final CommandForm first = forms.get(0);
			final String shell = forms.stream().map(CommandForm::shell).filter(name -> name != null).map(name -> "`" + name + "`")
				.findFirst().orElse("");
			index.append("| [" + first.label() + "](" + file + ") | " + first.menu().replaceFirst(" > [^>]*$", "") + " | " + (forms
				.size() > 1 ? "yes" : "") + " | " + shell + " | " + first.description() + " |\n");
			forms.stream().flatMap(CommandForm::keys).distinct().forEach(key -> keys.computeIfAbsent(key, k -> new ArrayList<>()).add("[" + first
					.label() + "](" + file + ")"));
		});
		index.append("\n## Keys of macros, options of the shell\n\n| key | of |\n|---|---|\n");
		keys.forEach((key, of) -> index.append("| `" + key + "` | " + String.join(", ", of) + " |\n"));
		return index.toString();
	}

	/** Names of files that are there but not among those written. */
	static List<String> leftOver(final Map<String, String> pages) throws IOException {
		try (Stream<Path> files = Files.list(FOLDER)) {
			return files.map(file -> file.getFileName().toString()).filter(name -> !pages.containsKey(name)).sorted().toList();
		}
	}
}
