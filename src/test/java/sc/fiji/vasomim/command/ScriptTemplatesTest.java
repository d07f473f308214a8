package sc.fiji.vasomim.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.python.util.PythonInterpreter;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.plugin.Plugin;

import groovy.lang.Binding;
import groovy.lang.GroovyShell;

import sc.fiji.vasomim.dataset.TinyAngiograms;

/**
 * The templates of Fiji's Script Editor and the tools of its toolbar: Groovy and Jython run here, without a display; of
 * macros, each command and key is checked, because only a real Fiji runs them.
 */
class ScriptTemplatesTest {

	private static final Path TEMPLATES = Path.of("src/main/resources/script_templates/VasoMIM");

	private static final Path TOOLS = Path.of("update-site/macros/toolsets/VasoMIM.ijm");

	private static final Pattern PARAMETER = Pattern.compile("#@ (\\w+) *(?:\\((.*)\\))? *(\\w+)");

	private static final Pattern RUN = Pattern.compile("run\\(\"([^\"]+)\"(?:, (\"(?:[^\"]|\" \\+ \\w+ \\+ \")*\"))?\\);");

	@TempDir
	Path folder;

	static Stream<Path> templates() throws IOException {
		try (Stream<Path> files = Files.list(TEMPLATES)) {
			return files.sorted().toList().stream();
		}
	}

	static Stream<Path> macros() throws IOException {
		return Stream.concat(templates().filter(file -> file.toString().endsWith(".ijm")), Stream.of(TOOLS));
	}

	@ParameterizedTest
	@MethodSource("templates")
	void eachSaysThatItIsForResearch(final Path template) throws IOException {
		assertTrue(Files.readString(template).contains("For research use only, not for diagnosis."), template.toString());
	}

	@ParameterizedTest
	@MethodSource("macros")
	void macrosUseCommandsAndKeysThatThereAre(final Path macro) throws IOException {
		final Map<String, Set<String>> keys = new TreeMap<>();
		for (final Class<? extends VasoMIMCommand> command : CommandRulesTest.commands()) {
			final Set<String> names = new TreeSet<>();
			new CommandInfo(command).inputs().forEach(item -> names.add(item.getName()));
			keys.put(command.getAnnotation(Plugin.class).label() + "...", names);
		}
		final String text = Files.readString(macro);
		final Matcher run = RUN.matcher(text);
		int runs = 0;
		for (; run.find(); runs++) {
			final Set<String> known = keys.get(run.group(1));
			assertTrue(known != null, run.group(1) + " is no command");
			final Matcher key = Pattern.compile("(?:^\"| )(\\w+)=").matcher(String.valueOf(run.group(2)));
			while (key.find())
				assertTrue(known.contains(key.group(1)), run.group(1) + " has no key " + key.group(1));
		}
		final int chosen = text.split("run\\(command\\);", -1).length - 1;
		assertEquals(text.split("run\\(", -1).length - 1, runs + chosen, "a line that this test can't read");
		assertTrue(runs > 0);
	}

	@Test
	void theToolsMenuHasCommandsThatThereAre() throws IOException {
		final Set<String> known = CommandRulesTest.commands().stream().map(command -> command.getAnnotation(Plugin.class)
			.menuPath().replaceAll(".*>", "")).collect(Collectors.toSet());
		final Matcher menu = Pattern.compile("newArray\\(([^)]*)\\)").matcher(Files.readString(TOOLS));
		assertTrue(menu.find());
		Stream.of(menu.group(1).split(",\\s*")).map(item -> item.replace("\"", "")).filter(item -> !item.equals("-")).forEach(
			item -> assertTrue(known.contains(item), item + " is no command"));
	}

	@Test
	void groovySegmentsAFolder() throws IOException {
		assertEquals("3 segmented, 0 had been before, 0 failed\n", groovy("Segment_a_Folder", Map.of("input", images(),
			"output", at("out"))));
		assertEquals(3, files("out", ".png").size());
	}

	@Test
	void groovyPreTrainsAndFineTunes() throws IOException {
		final File images = images();
		final String said = groovy("Pre-train_and_Fine-tune", Map.of("unlabelled", images, "images", images, "labels", folder
			.resolve("masks").toFile(), "results", at("out"), "network", "tiny", "epochs", 1, "finetuning", 1, "batch", 2));
		assertEquals(List.of("ExtractVascularAnatomyFolder", "TrainSegmentor", "PreTrainVasoMIM", "FineTuneSegmentation"), said
			.lines().map(line -> line.replaceAll(":.*", "")).toList());
		assertTrue(Files.exists(folder.resolve("out/fine-tuning/seed-0/model.safetensors")));
	}

	@Test
	void jythonMakesVascularMasks() throws IOException {
		final StringWriter said = new StringWriter();
		try (CommandBench bench = new CommandBench(); PythonInterpreter jython = new PythonInterpreter()) {
			jython.setOut(said);
			jython.set("input", images());
			jython.set("output", at("out"));
			jython.set("percentile", 92.0);
			jython.set("command", bench.service(CommandService.class));
			jython.exec(code("Vascular_Masks.py", Set.of("input", "output", "percentile", "command")));
		}
		assertEquals("3 done, 0 had been before, 0 failed\n", said.toString());
		assertEquals(3, files("out", ".png").size());
	}

	private String groovy(final String template, final Map<String, Object> values) throws IOException {
		final StringWriter said = new StringWriter();
		try (CommandBench bench = new CommandBench()) {
			final Binding binding = new Binding(new TreeMap<>(values));
			binding.setVariable("command", bench.service(CommandService.class));
			binding.setVariable("out", said);
			final Set<String> names = new TreeSet<>(values.keySet());
			names.add("command");
			new GroovyShell(getClass().getClassLoader(), binding).evaluate(code(template + ".groovy", names));
		}
		return said.toString();
	}

	/** The script without the lines that Fiji makes a dialog of; these must ask for exactly those names. */
	private static String code(final String template, final Set<String> names) throws IOException {
		final String text = Files.readString(TEMPLATES.resolve(template));
		final Set<String> asked = new TreeSet<>();
		text.lines().filter(line -> line.startsWith("#@")).forEach(line -> {
			final Matcher parameter = PARAMETER.matcher(line);
			assertTrue(parameter.matches(), line);
			asked.add(parameter.group(3));
		});
		assertEquals(new TreeSet<>(names), asked);
		return text.lines().filter(line -> !line.startsWith("#@")).collect(Collectors.joining("\n"));
	}

	private File images() throws IOException {
		TinyAngiograms.write(folder, 3, 256);
		return folder.resolve("images").toFile();
	}

	private File at(final String name) {
		return folder.resolve(name).toFile();
	}

	private List<Path> files(final String name, final String end) throws IOException {
		try (Stream<Path> files = Files.list(folder.resolve(name))) {
			return files.filter(file -> file.toString().endsWith(end)).toList();
		}
	}
}
