package sc.fiji.vasomim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shell's contract, on the trial commands: options, help, exit codes, the result line. */
class ShellTest {

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	@Test
	void theTopHelpListsEachCommandOnceBelowItsMenu() {
		assertEquals(0, run("--help"));
		final String help = out();
		assertTrue(help.contains("\nFilters\n  trial-vessels  Filters a trial, 100 % of it\n"), help);
		assertTrue(help.contains("\nCommands\n  demo           Run VasoMIM Demo\n  trial-endless"), help);
		assertFalse(help.contains("folder"), help);
	}

	@Test
	void theVersionIsOneLine() {
		assertEquals(0, run("--version"));
		assertTrue(out().matches("vasomim \\S+\n"), out());
	}

	@Test
	void helpShowsTypesRangesAndDefaults() {
		assertEquals(0, run("trial-vessels", "--help"));
		final String help = out().replaceAll("\\s+", " ");
		assertTrue(help.startsWith(
			"Usage: vasomim trial-vessels --input <file or folder> [--option <value> ...]"), help);
		assertTrue(help.contains("--input=<file or folder> Image or folder of images. Required."), help);
		assertTrue(help.contains("--output=<folder> Where results go. The last"), help);
		assertTrue(help.contains("--sigma=<number> Width of a vessel, 50 % of its peak. Permitted: 0.5 to 20." +
			" Default: 1.5."), help);
		assertTrue(help.contains("--count=<integer> Number of scales. Permitted: at least 1. Default: 3."), help);
		assertTrue(help.contains("--mode=<fast|exact> Mode. Default: fast."), help);
		assertTrue(help.contains("--polarity=<AUTO|DARK|BRIGHT> Vessels against the ground. Default: AUTO."), help);
		assertTrue(help.contains("--[no-]invert[=<true|false>] Invert the image. Default: false."), help);
		assertTrue(help.contains("3 inputs failed"), help);
		for (final String absent : new String[] { "log", "tasks", "note", "button", "hidden" }) {
			assertFalse(help.contains("--" + absent), absent);
		}
	}

	@Test
	void whatIsNotGivenIsTheCommandsDefault() {
		assertEquals(0, run("trial-vessels", "--input", "a.png"));
		assertEquals("{\"status\":\"success\",\"input\":\"" + new File("a.png").getAbsolutePath() + "\"," +
			"\"sigma\":1.5,\"count\":3,\"mode\":\"fast\",\"polarity\":\"AUTO\",\"invert\":false,\"keep\":true,\"undefined\":null}\n",
			out());
	}

	@Test
	void whatIsGivenReachesTheCommand() {
		assertEquals(0, run("trial-vessels", "--input=/b/c.png", "--sigma=2", "--count", "5", "--mode", "exact",
			"--polarity", "dark", "--invert", "--no-keep"));
		assertEquals("{\"status\":\"success\",\"input\":\"/b/c.png\",\"sigma\":2.0,\"count\":5,\"mode\":\"exact\"," +
			"\"polarity\":\"DARK\",\"invert\":true,\"keep\":false,\"undefined\":null}\n", out());
	}

	@ParameterizedTest
	@CsvSource({ "--invert,true", "--invert=true,true", "--invert=false,false", "--no-invert,false",
		"--invert=TRUE,true" })
	void aFlagHasThreeForms(final String word, final boolean expected) {
		assertEquals(0, run("trial-vessels", "--input=a", word));
		assertTrue(out().contains("\"invert\":" + expected), out());
	}

	@ParameterizedTest
	@CsvSource({ "--keep,true", "--keep=true,true", "--keep=false,false", "--no-keep,false" })
	void aFlagThatIsOnHasTheSameForms(final String word, final boolean expected) {
		assertEquals(0, run("trial-vessels", "--input=a", word));
		assertTrue(out().contains("\"keep\":" + expected), out());
	}

	@Test
	void aFlagDoesNotSwallowTheNextOption() {
		assertEquals(0, run("trial-vessels", "--invert", "--input", "a"));
		assertTrue(out().contains("\"invert\":true"), out());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
		"--sigma=abc   | '--sigma'    | 'abc' must be a number, 0.5 to 20",
		"--sigma=0.4   | '--sigma'    | '0.4' must be a number, 0.5 to 20",
		"--sigma=20.1  | '--sigma'    | '20.1' must be a number, 0.5 to 20",
		"--sigma=NaN   | '--sigma'    | 'NaN' must be a number, 0.5 to 20",
		"--count=0     | '--count'    | '0' must be an integer, at least 1",
		"--count=1.5   | '--count'    | '1.5' must be an integer, at least 1",
		"--mode=slow   | '--mode'     | 'slow' must be one of fast, exact",
		"--polarity=up | '--polarity' | 'up' must be one of AUTO, DARK, BRIGHT",
		"--keep=maybe  | '--keep'     | 'maybe' must be true or false",
		"--sigmma=2    | '--sigmma=2' | did you mean --sigma?",
		"--hidden=x    | '--hidden=x' | --help",
		"stray         | 'stray'      | --help",
	})
	void aBadWordIsRefusedByName(final String word, final String name, final String remedy) {
		assertEquals(2, run("trial-vessels", "--input=a", word));
		assertTrue(err().contains(name) && err().contains(remedy), err());
		assertTrue(out().startsWith("{\"status\":\"refused\",\"message\":\""), out());
	}

	@Test
	void aMissingRequiredOptionIsNamed() {
		assertEquals(2, run("trial-vessels"));
		assertTrue(err().contains("'--input=<file or folder>'"), err());
	}

	@Test
	void anOptionThatIsGivenTwiceIsRefused() {
		assertEquals(2, run("trial-vessels", "--input=a", "--sigma=1", "--sigma=2"));
		assertTrue(err().contains("'--sigma'"), err());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "trial-vesels", "trial-vessels-folder", "--nonsense" })
	void aMissingOrUnknownCommandIsBadUsage(final String words) {
		assertEquals(2, words.isEmpty() ? run() : run(words));
		assertTrue(err().contains("--help"), err());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
		"trial-silence | 0 | {'status':'success'}",
		"trial-failure | 1 | {'status':'failed','message':'Cannot read frame.png: it is cut short'}",
		"trial-refusal | 2 | {'status':'refused','message':'sigma must be below the width, 5 px, but is 9'}",
		"trial-tally   | 3 | {'status':'partial','done':7,'failed':2}",
		"trial-tally --failed=0 | 0 | {'status':'success','done':7,'failed':0}",
	})
	void theExitCodeAndTheResultLineSayHowItEnded(final String words, final int code, final String line) {
		assertEquals(code, run(words.split(" ")));
		assertEquals(line.replace('\'', '"') + "\n", out());
	}

	@Test
	void aFaultOfOursShowsItsTrace() {
		assertEquals(1, run("trial-fault"));
		assertTrue(err().contains("at sc.fiji.vasomim.cli.TrialCommands$TrialFault.execute"), err());
		assertTrue(out().startsWith("{\"status\":\"failed\",\"message\":\"Internal error: "), out());
	}

	private int run(final String... args) {
		final PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8);
		final ShellTasks tasks = new ShellTasks(new ProgressLine(errStream, false, System::nanoTime));
		return new Shell("Plugins>Trial", tasks, new PrintStream(out, true, StandardCharsets.UTF_8), errStream)
			.execute(args);
	}

	private String out() {
		return out.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
	}

	private String err() {
		return err.toString(StandardCharsets.UTF_8);
	}
}
