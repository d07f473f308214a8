package sc.fiji.vasomim.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {

	@TempDir
	private Path folder;

	private Path file;

	private String refusal;

	/** Another program: ends with 0 if it gets hold of the ledger, and with 7 and the words why if it does not. */
	static final class Other {

		public static void main(final String[] args) {
			try (Ledger ledger = new Ledger(Path.of(args[0]))) {
				System.exit(ledger.inputs().size());
			}
			catch (final IOException e) {
				System.out.print(e.getMessage());
				System.exit(7);
			}
		}
	}

	@BeforeEach
	void name() {
		file = folder.resolve("ledger.jsonl");
		refusal = "Another run is writing into " + folder.getParent() + "; wait for it, or choose another output folder";
	}

	@Test
	void anotherProgramIsKeptOut() throws Exception {
		try (Ledger ledger = new Ledger(file)) {
			ledger.put(new FileRecord("a.png", "1", "2", null, List.of(), null));
			assertEquals(refusal, other(7));
		}
		assertEquals("", other(1));
		// Also from one that was not new when it was opened.
		try (Ledger ledger = new Ledger(file)) {
			assertEquals(1, ledger.inputs().size());
			assertEquals(refusal, other(7));
		}
	}

	/** A second attempt in this program must not let go of what the first one holds. */
	@Test
	void aRefusedAttemptHereOpensNothingToOthers() throws Exception {
		try (Ledger ledger = new Ledger(file)) {
			assertEquals(refusal, assertThrows(IOException.class, () -> new Ledger(file)).getMessage());
			assertEquals(refusal, other(7));
			assertEquals(0, ledger.inputs().size());
		}
		new Ledger(file).close();
	}

	private String other(final int exit) throws Exception {
		final Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
			System.getProperty("java.class.path"), Other.class.getName(), file.toString()).redirectError(
				ProcessBuilder.Redirect.INHERIT).start();
		final String said = new String(process.getInputStream().readAllBytes());
		assertEquals(exit, process.waitFor(), said);
		return said;
	}
}
