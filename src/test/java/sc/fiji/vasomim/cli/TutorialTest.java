package sc.fiji.vasomim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.module.ModuleItem;
import org.scijava.plugin.PluginInfo;

/** The tutorial's lines, all of them and in their order, and what it says of their results. */
class TutorialTest {

	private static final String FOLDER = "vasomim-tutorial";

	/** Files as the tutorial's table names them. */
	private static final Pattern FILE = Pattern.compile("`((?:data|vessels|stenoses|scores)/[^`]+\\.\\w+)`");

	@TempDir
	private Path folder;

	@Test
	void theMacroLinesDoWhatItSays() throws IOException {
		final String tutorial = tutorial();
		try (MacroLines macro = new MacroLines(folder + "/")) {
			final List<String> lines = block(tutorial, "ijm");
			assertEquals(10, lines.size());
			for (final String line : lines) {
				macro.run(line);
				final String said = String.valueOf(macro.result());
				if (line.contains("Segment Vessels...")) assertTrue(said.startsWith("1 frames, vessels on 1.14"), said);
				if (line.contains("Quantify Stenosis...")) assertEquals("1 lesions in 11 vessels, the tightest of 64 %", said);
			}
		}
		assertFilesAsTold(tutorial);
	}

	@Test
	void theShellLinesDoTheSame() throws IOException {
		final String tutorial = tutorial();
		for (final String line : block(tutorial, "sh")) {
			final ByteArrayOutputStream err = new ByteArrayOutputStream();
			final PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
			final String[] words = line.replaceFirst("scripts/vasomim ", "").replace(FOLDER, folder.toString()).split(" ");
			final PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
			final ShellTasks tasks = new ShellTasks(new ProgressLine(errors, false, System::nanoTime));
			assertEquals(0, new Shell("Plugins>VasoMIM", tasks, out, errors).execute(words), line + "\n" + err);
		}
		assertFilesAsTold(tutorial);
	}

	/** Files are there; scores to the two digits that it prints; the lesion that nobody drew. */
	private void assertFilesAsTold(final String tutorial) throws IOException {
		final List<String> files = FILE.matcher(tutorial).results().map(found -> found.group(1)).distinct().toList();
		assertEquals(8, files.size(), files.toString());
		for (final String file : files)
			assertTrue(Files.isRegularFile(folder.resolve(file)), file);
		final List<String> summary = Files.readAllLines(folder.resolve("scores/summary.csv"));
		final List<String> names = List.of(summary.get(0).split(",")), means = List.of(summary.get(1).split(","));
		for (final String score : List.of("Dice", "precision", "recall")) {
			final String mean = String.format(Locale.ROOT, "%.2f", Double.parseDouble(means.get(names.indexOf(score
				.toLowerCase(Locale.ROOT)))));
			assertTrue(tutorial.contains(score + " " + mean), score + " is " + mean);
		}
		assertEquals(2, Files.readAllLines(folder.resolve("stenoses/synthetic-16.csv")).size() - 1);
	}

	/** What stands in bold are labels of dialogs, all else drifts unseen. */
	@Test
	void boldNamesStandInTheDialogs() throws IOException {
		final Set<String> known = new TreeSet<>(Set.of("OK"));
		try (Context context = new Context(true)) {
			for (final PluginInfo<Command> plugin : context.getPluginIndex().getPlugins(Command.class))
				if (plugin.getClassName().startsWith("sc.fiji.vasomim.command.")) for (final ModuleItem<?> item : new CommandInfo(
					plugin).inputs()) known.add(String.valueOf(item.getLabel()).replaceFirst(" \\(.*", ""));
		}
		final List<String> bold = Pattern.compile("\\*\\*([^*]+)\\*\\*").matcher(tutorial().replace("**bold**", "")).results()
			.map(found -> found.group(1)).toList();
		assertFalse(bold.isEmpty());
		assertEquals(List.of(), bold.stream().filter(name -> !known.contains(name)).toList());
	}

	private static String tutorial() throws IOException {
		return Files.readString(Path.of("docs/tutorial.md"));
	}

	/** The lines of all blocks of a language. */
	private static List<String> block(final String page, final String language) {
		return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(page).results().flatMap(
			found -> found.group(1).lines()).toList();
	}
}
