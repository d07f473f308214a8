package sc.fiji.vasomim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.scijava.Context;
import org.scijava.command.Command;
import org.scijava.plugin.PluginInfo;

import picocli.CommandLine;

/**
 * Labels, keys, defaults and the fields of results and settings are public: a change must be meant, and named in
 * CHANGELOG.md. After naming it there, write the golden file anew by
 *
 * <pre>
 * mvn -q test -Dtest=PublicNamesTest -Dgolden=write
 * </pre>
 */
class PublicNamesTest {

	private static final Path GOLDEN = Path.of("src/test/resources/golden/commands.txt");

	private static final Path CHANGELOG = Path.of("CHANGELOG.md");

	@Test
	void noPublicNameChangesUnnoticed() throws IOException {
		final List<String> now = Stream.of("File>Open Samples", "Plugins>VasoMIM").flatMap(menu -> PublicNames.list(menu,
			plugins()).stream()).toList();
		final List<String> golden = Files.readAllLines(GOLDEN);
		final List<String> changes = changes(golden, now);
		if (changes.isEmpty()) {
			// Order and blank lines are not public, but a golden file is what the program writes.
			if ("write".equals(System.getProperty("golden"))) Files.write(GOLDEN, now);
			else assertTrue(golden.equals(now), GOLDEN + " is out of order; write it anew, see PublicNamesTest");
			return;
		}
		final List<String> unnamed = unnamed(changes, Files.exists(CHANGELOG) ? Files.readString(CHANGELOG) : "");
		if (!unnamed.isEmpty()) {
			fail("Public names changed; the top section of " + CHANGELOG +
				" must name the label or the key of each:\n" + String.join("\n", unnamed));
		}
		if (!"write".equals(System.getProperty("golden"))) {
			fail("Public names changed. If this is meant, run mvn -q test -Dtest=PublicNamesTest -Dgolden=write\n" +
				String.join("\n", changes));
		}
		Files.write(GOLDEN, now);
	}

	@Test
	void eachSubCommandShowsItsHelp() {
		final Map<String, SubCommand> commands = SubCommand.below("Plugins>VasoMIM", plugins());
		for (final String name : commands.keySet()) {
			final String help = new CommandLine(CommandModel.of(commands, name)).getSubcommands().get(name)
				.getUsageMessage();
			assertTrue(help.startsWith("Usage: vasomim " + name), help);
		}
	}

	@Test
	void everyPublicNameIsListed() {
		final List<String> names = PublicNames.list("Plugins>Trial", plugins());
		final int start = names.indexOf("Trial Vessels Folder");
		assertEquals(List.of(
			"Trial Vessels Folder",
			"\tmenu Plugins>Trial>Batch>Trial Vessels Folder...",
			"\tclass sc.fiji.vasomim.cli.TrialCommands$TrialVesselsFolder",
			"\tshell trial-vessels",
			"\tinput sigma: double, default 1.5, 0.5 to 20",
			"\tinput count: int, default 3, at least 1",
			"\tinput mode: String, default fast, fast|exact",
			"\tinput polarity: Polarity, default AUTO, AUTO|DARK|BRIGHT",
			"\tinput invert: boolean, default false",
			"\tinput keep: boolean, default true",
			"\tinput input: File, required, style both",
			"\tinput output: File, default null, style directory",
			"\trecord Echo: String input, double sigma, int count, String mode, Polarity polarity, boolean invert, " +
				"boolean keep, double undefined"), names.subList(start, start + 13));
		assertTrue(names.contains("\trecord Tally: int done, int failed"), names.toString());
	}

	@Test
	void aChangeIsShownBothWaysWithItsLabel() {
		final List<String> before = List.of("Filter", "\tinput sigma: double, default 1.0", "\tinput mode: String");
		final List<String> after = List.of("Filter", "\tinput sigma: double, default 2.0", "\tinput mode: String");
		assertEquals(List.of(
			"- Filter: input sigma: double, default 1.0",
			"+ Filter: input sigma: double, default 2.0"), changes(before, after));
		assertEquals(List.of(), changes(before, before));
	}

	@Test
	void onlyTheTopSectionOfTheChangelogCounts() {
		final List<String> changes =
			List.of("- Frangi Vessel Filter Folder: input sigma: double", "+ Detect Stenosis");
		final String named = "# Changes\n\n## [Unreleased]\n- `sigma` is now 2.\n- New: Detect Stenosis.\n";
		final String late = "# Changes\n\n## [Unreleased]\n- `sigmas`\n\n## [0.1.0]\n- `sigma`, Detect Stenosis\n";
		assertEquals(List.of(), unnamed(changes, named));
		assertEquals(changes, unnamed(changes, late));
		assertEquals(List.of(), unnamed(changes.subList(0, 1), "## [Unreleased]\n- Frangi Vessel Filter changed.\n"));
		assertEquals(changes, unnamed(changes, ""));
		assertFalse(unnamed(changes, "## [Unreleased]\n- Detect Stenosis\n").isEmpty());
	}

	private static List<String> changes(final List<String> before, final List<String> after) {
		final List<String> changes = new ArrayList<>();
		PublicNames.difference(before, after).forEach(line -> changes.add("- " + line));
		PublicNames.difference(after, before).forEach(line -> changes.add("+ " + line));
		return changes;
	}

	/** The changes of which the changelog's top section names neither the label nor the key. */
	private static List<String> unnamed(final List<String> changes, final String changelog) {
		final String[] sections = changelog.split("(?m)^## ");
		final String top = sections.length > 1 ? sections[1] : "";
		return changes.stream().filter(change -> {
			final String[] parts = change.substring(2).split(": ");
			// A command and its sibling on files change together.
			final boolean named = contains(top, parts[0].replaceFirst(" Folder$", ""));
			return !named && !(parts.length > 1 && contains(top, parts[1].replaceFirst("^\\w+ ", "")));
		}).toList();
	}

	private static boolean contains(final String text, final String words) {
		return Pattern.compile("(?<!\\w)" + Pattern.quote(words) + "(?!\\w)").matcher(text).find();
	}

	private static Collection<PluginInfo<Command>> plugins() {
		try (Context context = new Context(true)) {
			return context.getPluginIndex().getPlugins(Command.class);
		}
	}
}
