package sc.fiji.vasomim.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.scijava.command.CommandModule;

import ij.Macro;

class MacroLineTest {

	/** Read back by what reads a macro's options in ImageJ. */
	@Test
	void allKeysAreThereAndImagejReadsThem() {
		try (CommandBench bench = new CommandBench()) {
			final CommandModule module = bench.succeed(ExtractVascularAnatomy.class, "input", TestImages.tree(), "keep",
				"published seed", "percentile", 90.5);
			final String line = MacroLine.of((VasoMIMCommand) module.getCommand());
			assertTrue(line.startsWith("run(\"Extract Vascular Anatomy...\", \"") && line.endsWith("\");"), line);
			final String options = line.substring(line.indexOf(", \"") + 3, line.length() - 3) + " ";
			assertEquals("published seed", Macro.getValue(options, "keep", "none"));
			assertEquals("90.5", Macro.getValue(options, "percentile", "none"));
			assertEquals("default", Macro.getValue(options, "preset", "none"));
			assertEquals("20", Macro.getValue(options, "border", "none"));
			assertTrue(!line.contains("input="), line);
			assertTrue(bench.infos().contains(line), bench.infos().toString());
		}
	}

	@Test
	void ofFilesTheNameAloneIsSaid() {
		try (CommandBench bench = new CommandBench()) {
			final CommandModule module = bench.run(EngineSetup.class, "folder", new File("/home/anna/py torch"), "build", "cuda");
			assertEquals("run(\"Engine Setup...\", \"build=cuda folder=[.../py torch] consent=false\");", MacroLine.of(
				(VasoMIMCommand) module.getCommand()));
			assertEquals(List.of(), bench.infos().stream().filter(line -> line.startsWith("run(")).toList());
			assertEquals("run(\"Engine Report...\");", MacroLine.of(new EngineReport()));
		}
	}
}
