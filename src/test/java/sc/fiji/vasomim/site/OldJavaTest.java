package sc.fiji.vasomim.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Cancelable;
import org.scijava.Context;
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleService;
import org.scijava.plugin.Plugin;
import org.scijava.plugin.PluginIndex;
import org.scijava.plugin.PluginInfo;
import org.scijava.plugin.PluginService;

import sc.fiji.vasomim.command.UnaskedInputs;

/** The jar for a Fiji with an old Java, in a Java of its own that says it is old. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the jar is made by a POSIX shell")
class OldJavaTest {

	/** What each command, also one that is in no menu, would run, and what comes of Segment Vessels. */
	public static final class Fiji {

		public static void main(final String[] args) throws Exception {
			System.setProperty("java.specification.version", args[0]);
			final Plugin inNoMenu = UnaskedInputs.class.getAnnotation(Plugin.class);
			final PluginIndex index = new PluginIndex() {

				@Override
				public void discover() {
					super.discover();
					add(new PluginInfo<>("sc.fiji.vasomim.command.InNoMenu", Command.class, inNoMenu));
				}
			};
			try (Context context = new Context(index)) {
				final List<CommandInfo> commands = context.service(CommandService.class).getCommandsOfType(Command.class).stream()
					.filter(info -> info.getClassName().matches("sc\\.fiji\\.vasomim\\.(command|java8)\\..*")).toList();
				commands.forEach(info -> System.out.println("item " + info.getClassName() + " " + info.getIdentifier()));
				context.service(PluginService.class).getPlugins().forEach(info -> System.out.println("plugin " + info
					.getClassName()));
				final CommandInfo vessels = commands.stream().filter(info -> info.getMenuPath().getMenuString().endsWith(
					" > Segment Vessels Folder...")).findFirst().orElseThrow();
				final Module module = context.service(ModuleService.class).run(vessels, true).get();
				System.out.println("reason " + ((Cancelable) module).getCancelReason());
			}
		}
	}

	@TempDir
	private static Path folder;

	private static Path bridge;

	@BeforeAll
	static void stage() throws IOException, InterruptedException {
		try (Stream<Path> jars = Files.list(Staged.tree().resolve("jars"))) {
			bridge = jars.filter(jar -> jar.toString().contains("vasomim-java8")).findFirst().orElseThrow();
		}
	}

	private static List<String> start(final String version) throws IOException, InterruptedException {
		final ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
			"-Djava.awt.headless=true", "-cp", bridge + File.pathSeparator + System.getProperty("java.class.path"), Fiji.class
				.getName(), version).redirectError(folder.resolve("log").toFile());
		builder.environment().remove("JAVA_TOOL_OPTIONS");
		final Process process = builder.start();
		final List<String> lines = new String(process.getInputStream().readAllBytes()).lines().toList();
		assertEquals(0, process.waitFor(), () -> lines.toString());
		return lines;
	}

	@Test
	void everyCommandSaysWhatIsNeeded() throws IOException, InterruptedException {
		final List<String> lines = start("1.8");
		final List<String> items = lines.stream().filter(line -> line.startsWith("item ")).toList();
		assertTrue(items.size() > 20, lines.toString());
		for (final String item : items) assertTrue(item.startsWith("item sc.fiji.vasomim.java8.NewerJavaNeeded "), item);
		assertEquals(items.size(), items.stream().distinct().count(), "ImageJ's menus would join them");
		assertTrue(lines.stream().noneMatch(line -> line.startsWith("plugin sc.fiji.vasomim.command")), lines.toString());
		final String reason = "Segment Vessels Folder needs Java 17 or newer; this Fiji runs on Java 1.8.\n" +
			"Install Fiji-Latest from https://fiji.sc, which brings its own Java,\n" +
			"and add the update site VasoMIM there. Nothing else in this Fiji is affected.";
		final String all = String.join("\n", lines);
		assertTrue(all.contains("\nreason " + reason), all);
		final String log = Files.readString(folder.resolve("log")) + all;
		assertTrue(log.contains("[WARNING] VasoMIM needs Java 17"), log);
		assertTrue(log.contains("[ERROR] " + reason), log);
	}

	@Test
	void inANewJavaItDoesNothing() throws IOException, InterruptedException {
		final List<String> lines = start("17");
		assertTrue(lines.stream().noneMatch(line -> line.contains("NewerJavaNeeded")), lines.toString());
		assertTrue(lines.contains("plugin sc.fiji.vasomim.command.SegmentVessels"), lines.toString());
		assertTrue(lines.contains("reason 'output' is required but unset."), lines.toString());
	}

	@Test
	void aJavaThatNamesItsVersionInAnotherWayStopsNothing() throws IOException, InterruptedException {
		final List<String> lines = start("eight");
		assertTrue(lines.contains("reason 'output' is required but unset."), lines.toString());
		final String log = Files.readString(folder.resolve("log")) + lines;
		assertTrue(log.contains("[WARNING] VasoMIM could not see whether this Java is new enough for it"), log);
	}
}
