package sc.fiji.vasomim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.scijava.Context;
import org.scijava.command.Command;
import org.scijava.plugin.PluginInfo;

import picocli.CommandLine;

/**
 * The pages of docs/commands say what the commands' parameters say. Write them anew by
 *
 * <pre>
 * mvn -q clean test -Dtest=CommandPagesTest -Dgolden=write
 * </pre>
 */
class CommandPagesTest {

	@Test
	void thePagesAreThoseOfTheCommands() throws IOException {
		final Map<String, String> pages = CommandPages.of(plugins());
		final boolean write = "write".equals(System.getProperty("golden"));
		for (final Map.Entry<String, String> page : pages.entrySet()) {
			if (write) Files.writeString(CommandPages.FOLDER.resolve(page.getKey()), page.getValue());
			assertEquals(page.getValue(), Files.readString(CommandPages.FOLDER.resolve(page.getKey())), page.getKey() +
				" is not what its command says; mvn -q clean test -Dtest=CommandPagesTest -Dgolden=write");
		}
		try (Stream<Path> files = Files.list(CommandPages.FOLDER)) {
			assertEquals(pages.keySet(), files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()),
				"pages without a command; delete them");
		}
	}

	/** Read by what reads the shell's words: names, types, ranges, what must be given. */
	@Test
	void theShellTakesTheExamples() {
		final Map<String, SubCommand> commands = SubCommand.below("Plugins>VasoMIM", plugins());
		commands.forEach((name, command) -> new CommandLine(CommandModel.of(commands, name)).parseArgs(words(command)));
		final String line = String.join(" ", words(commands.get("segment-vessels")));
		assertTrue(line.matches("segment-vessels --input angiograms --output results( --[a-z]+ \\S+){3}"), line);
	}

	private static String[] words(final SubCommand command) {
		return new CommandForm(command.info(), "", command.name()).shellWords().toArray(String[]::new);
	}

	private static Collection<PluginInfo<Command>> plugins() {
		try (Context context = new Context(true)) {
			return context.getPluginIndex().getPlugins(Command.class);
		}
	}
}
