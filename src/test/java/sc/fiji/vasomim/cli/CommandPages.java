package sc.fiji.vasomim.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.scijava.command.Command;
import org.scijava.plugin.PluginInfo;

import sc.fiji.vasomim.command.HelpPage;

/** The pages of docs/commands, made of parameters: one for each command and its sibling on files, and an index. */
final class CommandPages {

	static final Path FOLDER = Path.of("docs/commands");

	static final String WRITTEN =
		"<!-- Written from the commands' own parameters, see CommandPagesTest. Change those, not this page. -->\n\n";

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
		final Map<String, List<CommandForm>> commands = CommandForm.all(plugins).stream().collect(Collectors.groupingBy(
			form -> HelpPage.file(form.label()), LinkedHashMap::new, Collectors.toList()));
		final Map<String, String> pages = new TreeMap<>(Map.of("README.md", CommandIndex.of(commands)));
		for (final Map.Entry<String, List<CommandForm>> command : commands.entrySet())
			pages.put(command.getKey(), page(command.getValue()));
		return pages;
	}

	/** @param forms on the open image, on files, or both in that order */
	private static String page(final List<CommandForm> forms) throws IOException {
		final String label = forms.get(0).label();
		final StringBuilder page = new StringBuilder("# " + label + "\n\n" + WRITTEN + forms.get(0).description() + "\n");
		if (EXPLAINED.containsKey(label)) page.append("More in words: ").append(link(EXPLAINED.get(label))).append(".\n");
		forms.forEach(form -> page.append(form.ways()));
		page.append("\n## Keys\n\n").append(keys(forms));
		forms.forEach(form -> page.append(form.results()));
		return page.append("\nResearch use only, not for diagnosis. [All commands](README.md)\n").toString();
	}

	/** By the title of the page. */
	private static String link(final String file) throws IOException {
		final String title = Files.readAllLines(FOLDER.resolveSibling(file)).get(0).replaceFirst("# ", "");
		return "[" + title + "](../" + file + ")";
	}

	private static String keys(final List<CommandForm> forms) {
		final Map<List<String>, List<CommandForm>> rows = new LinkedHashMap<>();
		for (final CommandForm form : forms)
			for (final Option option : form.options())
				rows.computeIfAbsent(form.cells(option), cells -> new ArrayList<>()).add(form);
		if (rows.isEmpty()) return "None.\n";
		final List<String> head = List.of("key", "in the dialog", "value", "default", "meaning");
		final List<List<String>> table = new ArrayList<>(List.of(forms.size() > 1 ? with("on", head) : head));
		rows.forEach((cells, on) -> table.add(forms.size() > 1 ? with(where(on), cells) : cells));
		return "In macros `key=value`, in a shell `--key value`; what is left out has its default.\n\n" + table(table);
	}

	/** As the second cell. */
	private static List<String> with(final String cell, final List<String> cells) {
		final List<String> more = new ArrayList<>(cells);
		more.add(1, cell);
		return more;
	}

	private static String where(final List<CommandForm> forms) {
		return forms.size() > 1 ? "both" : forms.get(0).isOnFiles() ? "files" : "image";
	}

	/** @param rows the first is the head */
	static String table(final List<List<String>> rows) {
		final List<String> lines = new ArrayList<>();
		rows.forEach(cells -> lines.add("| " + String.join(" | ", cells) + " |\n"));
		lines.add(1, "|" + "---|".repeat(rows.get(0).size()) + "\n");
		return String.join("", lines);
	}
}
