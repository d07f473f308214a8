package sc.fiji.vasomim.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.vasomim.curation.PreparedSet;
import sc.fiji.vasomim.dataset.TinyAngiograms;
import sc.fiji.vasomim.dataset.XaLayout;

class PrepareDataSetTest {

	@TempDir
	private Path folder;

	private final CommandBench bench = new CommandBench();

	@BeforeEach
	void images() throws IOException {
		TinyAngiograms.write(folder, 3, 64);
	}

	@AfterEach
	void close() {
		bench.close();
	}

	private PreparedSet prepare(final Object... more) {
		final Object[] inputs = new Object[4 + more.length];
		System.arraycopy(new Object[] { "input", folder.resolve("images").toFile(), "output", folder.resolve("XA-170K")
			.toFile() }, 0, inputs, 0, 4);
		System.arraycopy(more, 0, inputs, 4, more.length);
		return (PreparedSet) CommandBench.result(bench.succeed(PrepareDataSet.class, inputs));
	}

	@Test
	void aFolderBecomesASetThatTrainingTakes() throws IOException {
		final PreparedSet set = prepare("vesselshare", 0.);
		assertEquals(List.of("folder", "folder", 1, 1, 3L, 3L, 0), List.of(set.form(), set.set(), set.patients(), set.runs(),
			set.frames(), set.kept(), set.skipped()));
		assertEquals(3, XaLayout.pairs(folder.resolve("XA-170K")).size());
		assertEquals(1, prepare("vesselshare", 0.).skipped());
	}

	@Test
	void theKeysReachTheSettings() throws IOException {
		final PreparedSet set = prepare("set", "ours", "form", "syntax", "framesperrun", 1, "vesselshare", 0.25, "duplicates", 0.5,
			"keyframes", false, "vessels", "dark", "threads", 2);
		assertEquals(List.of("syntax", "ours", 3, 3), List.of(set.form(), set.set(), set.patients(), set.runs()));
		final String manifest = Files.readString(folder.resolve("XA-170K/ours.json")).replaceAll("\\s", "");
		assertTrue(manifest.contains("{\"form\":\"SYNTAX\",\"set\":\"ours\",\"frames\":1,\"share\":0.25,\"duplicates\":0.5," +
			"\"keyframes\":false,\"vessels\":\"DARK\"}"), manifest);
	}

	@Test
	void unreadableFilesAreWarnedOfUpToALimit() throws IOException {
		Files.writeString(folder.resolve("images/1.png"), "no image");
		assertEquals(1, prepare().failed());
		assertTrue(bench.warnings().get(0).contains("Left out 1.png"), bench.warnings().toString());
		CommandBench.assertRefused(bench.run(PrepareDataSet.class, "input", folder.resolve("images").toFile(), "output",
			folder.resolve("other").toFile(), "unreadable", 0), "unreadable: 1 files could not be read", "Check the disk");
	}

	@Test
	void anotherFormOrABadNameIsRefused() {
		for (final String[] bad : new String[][] { { "form", "cadica" }, { "set", "ours_frangi" }, { "set", "../ours" } })
			CommandBench.assertRefused(bench.run(PrepareDataSet.class, "input", folder.resolve("images").toFile(), "output",
				folder.resolve("other").toFile(), bad[0], bad[1]), bad[0] + ": ");
	}
}
