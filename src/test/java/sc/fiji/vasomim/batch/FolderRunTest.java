package sc.fiji.vasomim.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import sc.fiji.vasomim.files.Sha256;

/** The "images" are texts: a folder run does not look into them. */
class FolderRunTest {

	private record Settings(double sigma) {}

	private record Details(String scaling, int level) {}

	private static final JoinedTable LENGTHS = new JoinedTable("lengths.csv", "-length.csv", List.of("name", "length"));

	@TempDir
	Path folder;

	private Path input;

	private Path output;

	private final AtomicInteger calls = new AtomicInteger();

	@BeforeEach
	void makeInput() throws IOException {
		input = folder.resolve("in");
		output = folder.resolve("out");
		for (final String name : List.of("frame1.png", "frame2.png", "frame10.png", "b/frame1.png")) {
			Files.createDirectories(input.resolve(name).getParent());
			Files.writeString(input.resolve(name), "content of " + name);
		}
	}

	@Test
	void mirrorsTheFolderAndTellsTheTale() throws IOException {
		final FolderRun.Result result = run(2);
		assertEquals(new FolderRun.Result(4, 0, 0, 0, List.of()), result);
		assertEquals(List.of("b/frame1.txt", "frame1.txt", "frame10.txt", "frame2.txt", "manifest.json", "status.csv"),
			outputs());
		assertEquals("CONTENT OF B/FRAME1.PNG", Files.readString(output.resolve("b/frame1.txt")));
		assertEquals(List.of("input,status,reason,seconds,outputs", "b/frame1.png,done,,S,b/frame1.txt",
			"frame1.png,done,,S,frame1.txt", "frame2.png,done,,S,frame2.txt", "frame10.png,done,,S,frame10.txt"),
			table());
		final String manifest = Files.readString(output.resolve("manifest.json"));
		assertTrue(manifest.startsWith("{\"format\":1,\"provenance\":{\"settings\":{\"sigma\":1.5}," +
			"\"versions\":{\"a\":\"1\",\"b\":\"2\"},\"seed\":42,\"device\":\"cpu\"}"), manifest);
		final String sha256 = Sha256.of("content of frame2.png");
		assertTrue(manifest.contains("{\"input\":\"frame2.png\",\"sha256\":\"" + sha256 + "\""), manifest);
		assertTrue(manifest.contains("\"outputs\":[{\"file\":\"frame2.txt\",\"bytes\":21}]," +
			"\"details\":{\"scaling\":\"unchanged\",\"level\":7}}"), manifest);
		assertFalse(manifest.contains(folder.toString()));
	}

	@Test
	void skipsWhatIsFinishedAndOnlyThat() throws IOException {
		run(2);
		final String manifest = Files.readString(output.resolve("manifest.json"));
		assertEquals(new FolderRun.Result(0, 4, 0, 0, List.of()), run(2));
		assertEquals(4, calls.get());
		assertEquals(manifest, Files.readString(output.resolve("manifest.json")));
		assertTrue(table().contains("frame2.png,skipped,,S,frame2.txt"), table().toString());

		Files.writeString(input.resolve("frame1.png"), "new content");
		assertEquals(1, run(2).done());
		assertEquals("NEW CONTENT", Files.readString(output.resolve("frame1.txt")));
		Files.delete(output.resolve("frame2.txt"));
		assertEquals(1, run(2).done());
	}

	/** What somebody made or corrected by hand is never replaced. */
	@Test
	void filesOfOthersStayAsTheyAre() throws IOException {
		Files.createDirectories(output);
		Files.writeString(output.resolve("frame2.txt"), "by hand");
		FolderRun.Result result = run(2);
		assertEquals(3, result.done());
		assertTrue(result.failures().get(0).reason().contains("frame2.txt") && result.failures().get(0).reason().contains(
			"did not write"), result.toString());
		Files.writeString(output.resolve("frame1.txt"), "corrected by hand");
		result = run(2);
		assertEquals(2, result.failed());
		assertTrue(result.failures().get(0).reason().contains("was changed since"), result.toString());
		assertEquals("by hand", Files.readString(output.resolve("frame2.txt")));
		assertEquals("corrected by hand", Files.readString(output.resolve("frame1.txt")));
		for (final String name : List.of("frame1.txt", "frame2.txt"))
			Files.delete(output.resolve(name));
		assertEquals(List.of(2, 2), List.of(run(2).done(), run(2).skipped() - 2));
	}

	@Test
	void otherSettingsMakeOutputsAnew() throws IOException {
		run(1);
		assertEquals(4, new FolderRun("Trial", input, output, provenance(2), 2).run(this::upper, Progress.NONE).done());
	}

	@Test
	void oneBadFileDoesNotStopTheOthers() throws IOException {
		final FileJob job = (file, stem) -> {
			if (file.endsWith("frame2.png")) {
				Files.writeString(Path.of(stem + ".txt"), "half");
				throw new IOException("Cannot read " + file + ":\n\"bad\"");
			}
			if (file.endsWith("frame10.png")) throw new OutOfMemoryError("Java heap space");
			return upper(file, stem);
		};
		final FolderRun.Result result = new FolderRun("Trial", input, output, provenance(1.5), 3).run(job, Progress.NONE);
		assertEquals(new FolderRun.Result(2, 0, 2, 0,
			List.of(new FolderRun.Failure("frame2.png", "Cannot read frame2.png: \"bad\""),
				new FolderRun.Failure("frame10.png", "the memory that Java may use does not suffice; give it more " +
					"(Fiji: Edit > Options > Memory & Threads, shell: -Xmx), or cut the file into shorter runs"))), result);
		assertFalse(Files.exists(output.resolve("frame2.txt")));
		final String row = "frame2.png,failed,\"Cannot read frame2.png: \"\"bad\"\"\",S,";
		assertTrue(table().contains(row), table().toString());
		// The next run takes up what failed.
		assertEquals(new FolderRun.Result(2, 2, 0, 0, List.of()), run(1));
	}

	@Test
	void anInputThatVanishesFailsAlone() throws IOException {
		final FileJob job = (file, stem) -> {
			if (file.startsWith(input.toRealPath().resolve("b"))) Files.delete(input.resolve("frame10.png"));
			return upper(file, stem);
		};
		final FolderRun.Result result = new FolderRun("Trial", input, output, provenance(1), 1).run(job, Progress.NONE);
		assertEquals(List.of(new FolderRun.Failure("frame10.png", "cannot read it: NoSuchFile: frame10.png")), result.failures());
		assertEquals(3, result.done());
	}

	@Test
	void reasonsNameNoFoldersOfTheDisk() throws IOException {
		final FileJob job = (file, stem) -> {
			throw new IOException("no model at /home/me/models/vit.safetensors or 'C:\\Users\\me\\vit', ratio 1/2/3");
		};
		final FolderRun.Result result = new FolderRun("Trial", input, output, provenance(1), 1).run(job, Progress.NONE);
		assertEquals("no model at vit.safetensors or 'vit', ratio 1/2/3", result.failures().get(0).reason());
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 4 })
	void theManifestDoesNotDependOnTheNumberOfThreads(final int threads) throws IOException {
		for (int i = 0; i < 100; i++) Files.writeString(input.resolve("x" + i + ".png"), "x" + i);
		new FolderRun("Trial", input, output, provenance(1.5), threads).run((file, stem) -> {
			Thread.sleep(file.hashCode() & 3);
			return upper(file, stem);
		}, Progress.NONE);
		final Path one = folder.resolve("one");
		new FolderRun("Trial", input, one, provenance(1.5), 1).run(this::upper, Progress.NONE);
		assertArrayEquals(Files.readAllBytes(one.resolve("manifest.json")),
			Files.readAllBytes(output.resolve("manifest.json")));
	}

	@Test
	void aStoppedRunLeavesFinishedFilesWholeAndGoesOnLater() throws IOException {
		for (int i = 0; i < 50; i++) Files.writeString(input.resolve("x" + i + ".png"), "x" + i);
		final AtomicInteger reports = new AtomicInteger();
		final Progress stopAfterThree = new Progress() {

			@Override
			public void report(final long done, final long total, final String message) {
				assertEquals(reports.incrementAndGet(), done);
				assertEquals(54, total);
			}

			@Override
			public boolean isCanceled() {
				return reports.get() >= 3;
			}
		};
		final FolderRun.Result stopped =
			new FolderRun("Trial", input, output, provenance(1.5), 2).run(this::upper, stopAfterThree);
		assertTrue(stopped.done() >= 3 && stopped.remaining() > 30, stopped.toString());
		assertEquals(54, stopped.done() + stopped.remaining());
		assertEquals(stopped.done(), outputs().stream().filter(name -> name.endsWith(".txt")).count());
		final FolderRun.Result rest = run(2);
		assertEquals(new FolderRun.Result(stopped.remaining(), stopped.done(), 0, 0, List.of()), rest);
	}

	@Test
	void aKilledRunIsTakenUp() throws IOException {
		run(1);
		final Path hidden = output.resolve(".vasomim");
		final Path ledger = hidden.resolve("ledger.jsonl");
		Files.writeString(ledger, "{\"input\":\"frame1.png\",\"sha2", StandardOpenOption.APPEND);
		Files.createDirectories(hidden.resolve("work/file123"));
		Files.writeString(hidden.resolve("work/file123/half.txt"), "half");
		assertEquals(4, run(1).skipped());
		assertEquals(4, run(1).skipped());
		assertFalse(Files.exists(hidden.resolve("work")));
		Files.writeString(ledger, "broken\n{}\n");
		// Nobody knows any more whose the files are.
		assertEquals(4, run(1).failed());
	}

	@Test
	void inputsOfOneNameDoNotOverwriteOneAnother() throws IOException {
		Files.writeString(input.resolve("frame1.jpg"), "jpeg");
		Files.writeString(input.resolve("frame1.png.tif"), "tiff");
		assertEquals(6, run(2).done());
		assertEquals(List.of("b/frame1.txt", "frame1.jpg.txt", "frame1.png.tif.txt", "frame1.png.txt", "frame10.txt",
			"frame2.txt", "manifest.json", "status.csv"), outputs());
		assertEquals("JPEG", Files.readString(output.resolve("frame1.jpg.txt")));
	}

	@Test
	void outputsOfOneNameAreRefused() throws IOException {
		Files.writeString(input.resolve("frame1_mask.png"), "x");
		final FileJob job = (file, stem) -> {
			Files.writeString(Path.of(stem + ".txt"), "image");
			Files.writeString(Path.of(stem + "_mask.txt"), "mask of " + file.getFileName());
			return null;
		};
		final FolderRun.Result result = new FolderRun("Trial", input, output, provenance(1), 4).run(job, Progress.NONE);
		assertEquals(List.of(new FolderRun.Failure("frame1_mask.png",
			"cannot write the output frame1_mask.txt: it was made from frame1.png")), result.failures());
		assertEquals("mask of frame1.png", Files.readString(output.resolve("frame1_mask.txt")));
		assertFalse(Files.exists(output.resolve("frame1_mask_mask.txt")));
	}

	@Test
	void anOutputThatCannotBePlacedFailsAlone() throws IOException {
		Files.createDirectories(output.resolve("frame1.txt/inside"));
		assertEquals("cannot write the output frame1.txt: there is a folder of that name",
			run(2).failures().get(0).reason());
		final FileJob reserved = (file, stem) -> {
			Files.writeString(stem.resolveSibling("manifest.json"), "mine");
			return null;
		};
		assertEquals("cannot write the output manifest.json: the name is reserved",
			new FolderRun("Trial", input, output, provenance(3), 1).run(reserved, Progress.NONE).failures().get(1).reason());
	}

	@Test
	void aJobMustLeaveAFileAndSoundDetails() throws IOException {
		final FolderRun.Result empty =
			new FolderRun("Trial", input, output, provenance(1), 1).run((file, stem) -> null, Progress.NONE);
		assertEquals("no output was written", empty.failures().get(3).reason());
		final FolderRun.Result nan = new FolderRun("Trial", input, output, provenance(1), 1).run((file, stem) -> {
			upper(file, stem);
			return new Settings(Double.NaN);
		}, Progress.NONE);
		assertEquals(4, nan.failed());
		assertEquals(List.of("manifest.json", "status.csv"), outputs());
	}

	@Test
	void aSingleFileIsAnInputToo() throws IOException {
		final FolderRun run = new FolderRun("Trial", input.resolve("frame2.png"), output, provenance(1), 1);
		assertEquals(1, run.run(this::upper, Progress.NONE).done());
		assertEquals(List.of("frame2.txt", "manifest.json", "status.csv"), outputs());
	}

	/** Inputs are known by their place in a folder: another folder's of the same name must not take them over. */
	@Test
	void anotherFoldersOrCommandsResultsStay() throws IOException {
		run(1);
		final Path other = Files.createDirectory(folder.resolve("other"));
		Files.writeString(other.resolve("frame1.png"), "another patient");
		final String here = "output: " + output.toRealPath() + " holds the results of ";
		for (final Path wrong : List.of(other, other.resolve("frame1.png"), input.resolve("b/frame1.png"))) {
			final FolderRun run = new FolderRun("Trial", wrong, output, provenance(1.5), 1);
			final Path root = (Files.isDirectory(wrong) ? wrong : wrong.getParent()).toRealPath();
			assertEquals(here + "another input folder than " + root + "; choose another output", assertThrows(
				IllegalArgumentException.class, () -> run.run(this::upper, Progress.NONE)).getMessage());
		}
		final FolderRun command = new FolderRun("Other Trial", input, output, provenance(1.5), 1);
		assertEquals(here + "Trial, which a run of Other Trial would mix with its own; choose another folder", assertThrows(
			IllegalArgumentException.class, () -> command.run(this::upper, Progress.NONE)).getMessage());
		assertEquals("CONTENT OF FRAME1.PNG", Files.readString(output.resolve("frame1.txt")));
		assertEquals("CONTENT OF B/FRAME1.PNG", Files.readString(output.resolve("b/frame1.txt")));
		assertEquals(4, run(1).skipped());
	}

	@Test
	void aRunOfOneFileKeepsTheFoldersTables() throws IOException {
		tabled(input);
		Files.writeString(input.resolve("frame2.png"), "short");
		assertEquals(1, tabled(input.resolve("frame2.png")).done());
		assertEquals(List.of("input,status,reason,seconds,outputs", "b/frame1.png,earlier,,,b/frame1-length.csv",
			"frame1.png,earlier,,,frame1-length.csv", "frame2.png,done,,S,frame2-length.csv",
			"frame10.png,earlier,,,frame10-length.csv"), table());
		assertEquals("name,length\r\nb/frame1.png,23\r\nframe1.png,21\r\nframe2.png,5\r\nframe10.png,22\r\n", Files.readString(
			output.resolve("lengths.csv")));
		final String manifest = Files.readString(output.resolve("manifest.json"));
		for (final String name : List.of("b/frame1.png", "frame1.png", "frame2.png", "frame10.png"))
			assertTrue(manifest.contains("\n{\"input\":\"" + name + "\""), manifest);

		Files.delete(input.resolve("frame1.png"));
		Files.delete(output.resolve("frame10-length.csv"));
		assertEquals(1, tabled(input.resolve("frame2.png")).skipped());
		assertEquals(List.of("input,status,reason,seconds,outputs", "b/frame1.png,earlier,,,b/frame1-length.csv",
			"frame1.png,vanished,,,frame1-length.csv", "frame2.png,skipped,,S,frame2-length.csv",
			"frame10.png,removed,,,frame10-length.csv"), table());
		assertEquals("name,length\r\nb/frame1.png,23\r\nframe1.png,21\r\nframe2.png,5\r\n", Files.readString(output.resolve(
			"lengths.csv")));
	}

	@Test
	void aJoinedTableHasHeadingsWhereAllFailsAndReplacesNobodysFile() throws IOException {
		Files.createDirectories(output);
		Files.writeString(output.resolve("lengths.csv"), "mine");
		assertThrows(IllegalArgumentException.class, () -> tabled(input));
		assertEquals(List.of("lengths.csv"), outputs());
		Files.delete(output.resolve("lengths.csv"));
		final FolderRun failing = new FolderRun("Trial", input, output, provenance(1), 1);
		failing.run((file, stem) -> {
			throw new IOException("bad");
		}, List.of(LENGTHS), Progress.NONE);
		assertEquals("name,length\r\n", Files.readString(output.resolve("lengths.csv")));
	}

	private FolderRun.Result tabled(final Path what) throws IOException {
		return new FolderRun("Trial", what, output, provenance(1), 1).run((file, stem) -> {
			Files.writeString(Path.of(stem + "-length.csv"), "name,length\r\n" + input.toRealPath().relativize(file) + "," + Files
				.readString(file).length() + "\r\n");
			return null;
		}, List.of(LENGTHS), Progress.NONE);
	}

	/** Switched on, off, and on again: nothing of it stays behind, and nothing is in the way. */
	@Test
	void anOptionalOutputComesAndGoes() throws IOException {
		for (int time = 0; time < 4; time++) {
			final boolean on = time % 2 == 0;
			final FolderRun.Result result = new FolderRun("Trial", input, output, provenance(time), 1).run((file, stem) -> {
				if (on) Files.writeString(Path.of(stem + "-scale.txt"), "scale");
				return upper(file, stem);
			}, Progress.NONE);
			assertEquals(4, result.done(), result.toString());
			assertEquals(on ? 4 : 0, outputs().stream().filter(name -> name.endsWith("-scale.txt")).count());
			assertEquals(4 + (on ? 4 : 0) + 2, outputs().size(), outputs().toString());
		}
	}

	/** What somebody changed is his, also when it is not made any more. */
	@Test
	void anOptionalOutputThatWasChangedStays() throws IOException {
		final FileJob two = (file, stem) -> {
			Files.writeString(Path.of(stem + "-scale.txt"), "scale");
			return upper(file, stem);
		};
		new FolderRun("Trial", input, output, provenance(1), 1).run(two, Progress.NONE);
		Files.writeString(output.resolve("frame1-scale.txt"), "corrected by hand");
		assertEquals(4, run(1).done());
		assertEquals(List.of("frame1-scale.txt"), outputs().stream().filter(name -> name.endsWith("-scale.txt")).toList());
		assertEquals("corrected by hand", Files.readString(output.resolve("frame1-scale.txt")));
	}

	@Test
	void refusesABadCallBeforeTouchingTheDisk() throws IOException {
		final Path empty = Files.createDirectory(folder.resolve("empty"));
		assertRefused("input", folder.resolve("missing"), output, 1);
		assertRefused("input", empty, output, 1);
		assertRefused("threads", input, output, 0);
		assertRefused("output", input, input, 1);
		assertRefused("output", input, input.resolve("results"), 1);
		assertRefused("output", input.resolve("b"), input, 1);
		final Path link = Files.createSymbolicLink(folder.resolve("link"), input);
		assertRefused("output", input, link.resolve("results"), 1);
		assertRefused("output", input.resolve("frame1.png"), input, 1);
		assertRefused("output", input, input.resolve("frame1.png"), 1);
		assertFalse(Files.exists(output) || Files.exists(input.resolve("results")));
		Files.createDirectory(output);
		Files.writeString(output.resolve("manifest.json"), "{\"name\": \"a web app\"}");
		assertThrows(IllegalArgumentException.class, () -> run(1));
		assertEquals(List.of("manifest.json"), outputs());
		Files.move(output.resolve("manifest.json"), output.resolve("status.csv"));
		assertThrows(IllegalArgumentException.class, () -> run(1));
		assertEquals(List.of("status.csv"), outputs());
	}

	@Test
	void twoRunsCannotShareAnOutput() throws IOException {
		final FileJob nested = (file, stem) -> {
			final IOException e = assertThrows(IOException.class, () -> run(1));
			assertTrue(e.getMessage().startsWith("Another run is writing"), e.getMessage());
			return upper(file, stem);
		};
		assertEquals(4, new FolderRun("Trial", input, output, provenance(9), 1).run(nested, Progress.NONE).done());
	}

	@Test
	void aFaultOfTheProgramGoesUpAsItIs() {
		final NullPointerException fault = new NullPointerException();
		assertSame(fault, assertThrows(NullPointerException.class, () -> InOrder.run(List.of(1, 2), 2, input -> {
			throw fault;
		}, outcome -> {}, Progress.NONE)));
	}

	@Test
	void aFaultOfTheProgramEndsTheRun() throws IOException {
		final FileJob job = (file, stem) -> {
			throw new NoClassDefFoundError("net/imglib2/cache");
		};
		assertThrows(NoClassDefFoundError.class,
			() -> new FolderRun("Trial", input, output, provenance(1), 2).run(job, Progress.NONE));
		assertEquals(4, run(2).done());
	}

	private void assertRefused(final String parameter, final Path in, final Path out, final int threads) {
		final IllegalArgumentException e =
			assertThrows(IllegalArgumentException.class, () -> new FolderRun("Trial", in, out, provenance(1), threads));
		assertTrue(e.getMessage().startsWith(parameter + ": "), e.getMessage());
	}

	private FolderRun.Result run(final int threads) throws IOException {
		return new FolderRun("Trial", input, output, provenance(1.5), threads).run(this::upper, Progress.NONE);
	}

	private Object upper(final Path file, final Path stem) throws IOException {
		calls.incrementAndGet();
		Files.writeString(Path.of(stem + ".txt"), Files.readString(file).toUpperCase());
		return new Details("unchanged", 7);
	}

	private static Provenance provenance(final double sigma) {
		return new Provenance(new Settings(sigma), Map.of("b", "2", "a", "1"), 42L, "cpu");
	}

	/** The table's rows with the seconds replaced by S. */
	private List<String> table() throws IOException {
		return Arrays.stream(Files.readString(output.resolve("status.csv")).split("\r\n"))
			.map(row -> row.replaceFirst(",\\d+\\.\\d{3},", ",S,")).toList();
	}

	private List<String> outputs() throws IOException {
		try (Stream<Path> files = Files.walk(output)) {
			return files.filter(Files::isRegularFile).map(file -> output.relativize(file).toString().replace('\\', '/'))
				.filter(name -> !name.startsWith(".vasomim")).sorted().toList();
		}
	}
}
