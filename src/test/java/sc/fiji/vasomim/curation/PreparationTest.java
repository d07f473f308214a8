package sc.fiji.vasomim.curation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import ij.ImagePlus;

import net.imglib2.img.array.ArrayImgs;

import sc.fiji.vasomim.anatomy.VascularMask;
import sc.fiji.vasomim.anatomy.VascularMaskSettings;
import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.dataset.Sample;
import sc.fiji.vasomim.dataset.XaLayout;
import sc.fiji.vasomim.files.FileTree;
import sc.fiji.vasomim.files.ImageFile;
import sc.fiji.vasomim.files.IntensityRule.Polarity;

class PreparationTest {

	/** A kill, as far as Java can be killed by itself. */
	private static final class Killed extends Error {

		private static final long serialVersionUID = 1;
	}

	@TempDir
	Path folder;

	private Path input;

	private final List<String> log = new ArrayList<>();

	/** Two patients of CADICA with five runs; p1_v3 repeats two frames of p1_v1. */
	@BeforeEach
	void makeCadica() throws IOException {
		input = folder.resolve("CADICA");
		run("p1", "v1", 10, 12, 14, 16);
		run("p1", "v2", 30, 33);
		run("p1", "v3", 12, 40, 16);
		run("p2", "v1", 12, 50, 52);
		run("p2", "v2", 20, 22);
		Files.writeString(input.resolve("selectedVideos/p2/v1/p2_v1_selectedFrames.txt"), "p2_v1_00001\np2_v1_00003\n");
	}

	private void run(final String patient, final String video, final int... places) throws IOException {
		for (int i = 0; i < places.length; i++)
			TestFrames.png(input.resolve("selectedVideos/" + patient + "/" + video + "/input/" + patient + "_" + video + "_0000" +
				(i + 1) + ".png"), TestFrames.frame(places[i], 40 + places[i]));
	}

	@Test
	void imagesMasksTableAndManifest() throws IOException {
		final PreparedSet result = prepare("out", 2);
		assertEquals(new PreparedSet("cadica", "cadica", 2, 5, 13, 11, 2, 0, 0, 0, 0, List.of()), result);
		assertEquals(List.of("p1_v1_00001", "p1_v1_00002", "p1_v1_00003", "p1_v1_00004", "p1_v2_00001", "p1_v2_00002",
			"p1_v3_00002", "p2_v1_00001", "p2_v1_00003", "p2_v2_00001", "p2_v2_00002"), names("out", "cadica"));
		assertEquals(names("out", "cadica"), names("out", "cadica_frangi"));
		final List<String> table = Files.readAllLines(folder.resolve("out/cadica.csv"));
		assertEquals("name,source,patient,run,frame,vessel", table.get(0));
		assertEquals(12, table.size());
		assertTrue(table.get(7).matches(
			"p1_v3_00002,selectedVideos/p1/v3/input/p1_v3_00002.png,p1,v3,2,\\d+\\.\\d{3}"), table.get(7));
		assertTrue(Files.readString(folder.resolve("out/cadica.json")).contains("\"duplicates\": 2,"));
		assertFalse(Files.readString(folder.resolve("out/cadica.json")).contains(folder.toString()));
		final List<Sample> pairs = XaLayout.pairs(folder.resolve("out"));
		assertEquals(11, pairs.size());
		assertEquals("cadica/p1_v1_00001.png", pairs.get(0).name());
	}

	/** Pixels as in the source, masks as Extract Vascular Anatomy's preset VasoMIM makes them. */
	@Test
	void pixelsStayAndMasksArePublished() throws IOException {
		prepare("out", 1);
		final byte[] pixels = TestFrames.frame(40, 80);
		assertArrayEquals(pixels, pixels("out/cadica/p1_v3_00002.png"));
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		VascularMask.compute(ArrayImgs.unsignedBytes(pixels, TestFrames.SIDE, TestFrames.SIDE), VascularMaskSettings.VASOMIM)
			.forEach(pixel -> bytes.write(pixel.get()));
		assertArrayEquals(bytes.toByteArray(), pixels("out/cadica_frangi/p1_v3_00002.png"));
	}

	@Test
	void theNumberOfThreadsMakesNoDifference() throws IOException {
		prepare("one", 1);
		prepare("four", 4);
		assertEquals(content("one"), content("four"));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5 })
	void aKilledPreparationGoesOnToTheSameBytes(final int runs) throws IOException {
		prepare("straight", 1);
		assertThrows(Killed.class, () -> prepare("killed", 2, settings(16, 0), reports(runs, () -> {
			throw new Killed();
		})));
		// What a power cut may leave: half a line of the ledger, a line whose images did not come, an unfinished folder.
		final Path ledger = folder.resolve("killed/.vasomim/cadica.jsonl");
		if (runs <= 2) Files.write(ledger, Arrays.copyOf(Files.readAllBytes(ledger), (int) Files.size(ledger) - 20));
		if (runs == 3) Files.delete(folder.resolve("killed/cadica_frangi/p1_v3_00002.png"));
		TestFrames.png(folder.resolve("killed/.vasomim/cadica.work/run1/cadica/a.png"), TestFrames.frame(1, 1));
		final int skipped = prepare("killed", 2).skipped();
		assertEquals(runs <= 3 ? runs - 1 : runs, skipped);
		assertEquals(content("straight"), content("killed"));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3 })
	void aStoppedPreparationSaysSoAndGoesOn(final int runs) throws IOException {
		prepare("straight", 1);
		final boolean[] stop = new boolean[1];
		final String message = assertThrows(CancellationException.class, () -> prepare("stopped", 1, settings(16, 0),
			new Progress() {

				private int reports;

				@Override
				public void report(final long done, final long total, final String run) {
					stop[0] = ++reports >= runs;
				}

				@Override
				public boolean isCanceled() {
					return stop[0];
				}
			})).getMessage();
		assertTrue(message.endsWith("runs are left; run again to go on"), message);
		assertFalse(Files.exists(folder.resolve("stopped/cadica.csv")));
		prepare("stopped", 1);
		assertEquals(content("straight"), content("stopped"));
	}

	@Test
	void finishedRunsAreNotReadAgain() throws IOException {
		final PreparedSet first = prepare("out", 1);
		final Map<String, String> before = content("out");
		for (final Path file : FileTree.files(input)) {
			final FileTime time = Files.getLastModifiedTime(file);
			Files.write(file, new byte[(int) Files.size(file)]);
			Files.setLastModifiedTime(file, time);
		}
		// The list of key frames is read to list the runs.
		Files.writeString(input.resolve("selectedVideos/p2/v1/p2_v1_selectedFrames.txt"), "p2_v1_00001\np2_v1_00003\n");
		final PreparedSet second = prepare("out", 1);
		assertEquals(5, second.skipped());
		assertEquals(first.kept(), second.kept());
		assertEquals(before, content("out"));
	}

	/** What became of later runs of the patient depends on it. */
	@Test
	void aChangedRunIsWorkedOnAgain() throws IOException {
		prepare("out", 1);
		run("p1", "v1", 10, 11, 14, 15);
		Files.setLastModifiedTime(input.resolve("selectedVideos/p1/v1/input/p1_v1_00001.png"), FileTime.fromMillis(5));
		assertEquals(2, prepare("out", 1).skipped());
		assertTrue(names("out", "cadica").contains("p1_v3_00001"));
		prepare("anew", 1);
		assertEquals(content("anew"), content("out"));
	}

	@Test
	void otherSettingsMakeTheSetAnew() throws IOException {
		prepare("out", 1);
		final PreparedSet result = prepare("out", 1, settings(1, 0), Progress.NONE);
		assertEquals(0, result.skipped());
		assertEquals(List.of("p1_v1_00004", "p1_v2_00002", "p1_v3_00002", "p2_v1_00001", "p2_v1_00003", "p2_v2_00002"),
			names("out", "cadica"));
		assertEquals(names("out", "cadica"), names("out", "cadica_frangi"));
	}

	@Test
	void whatIsNotOursIsNotTouched() throws IOException {
		Files.createDirectories(folder.resolve("out/cadica"));
		refuse(IllegalArgumentException.class, "set: ", "was not made by this program");
		FileTree.delete(folder.resolve("out"));
		prepare("out", 1);
		FileTree.delete(input.resolve("selectedVideos/p1/v2"));
		refuse(IllegalArgumentException.class, "set: ", "1 runs that are not in the input, such as p1_v2");
	}

	@Test
	void whatWouldShareANameIsRefused() throws IOException {
		TestFrames.png(input.resolve("selectedVideos/p1/v1/input/p1_v1_1.png"), TestFrames.frame(1, 60));
		refuse(IllegalArgumentException.class, "input: two frames of p1_v1 have the same number");
		TestFrames.png(input.resolve("copy/p1/v1/input/p1_v1_00001.png"), TestFrames.frame(1, 60));
		refuse(IllegalArgumentException.class, "input: two runs would be named p1_v1");
	}

	@Test
	void inputAndOutputMayNotLieInOneAnother() {
		for (final String output : new String[] { "CADICA", "CADICA/out", "." })
			assertTrue(assertThrows(IllegalArgumentException.class, () -> prepare(output, 1)).getMessage().contains(
				"lie in one another"));
	}

	@ParameterizedTest
	@CsvSource({ "XCAD", "DOMINANCE", "DICOM" })
	void aFormThatTheInputDoesNotHaveIsRefused(final SourceForm form) {
		assertTrue(assertThrows(IllegalArgumentException.class, () -> new Preparation(input, folder.resolve("out"),
			new PreparationSettings(form, "", 1, 0, 1, true, Polarity.AUTO))).getMessage().startsWith("form: "));
	}

	@Test
	void unreadableFramesAreNamedAndLeftOut() throws IOException {
		final Path frame = input.resolve("selectedVideos/p1/v1/input/p1_v1_00002.png");
		final byte[] whole = Files.readAllBytes(frame);
		Files.write(frame, Arrays.copyOf(whole, whole.length / 2));
		Files.writeString(input.resolve("selectedVideos/p2/v2/input/p2_v2_00001.png"), "no image");
		Files.writeString(input.resolve("selectedVideos/p2/v2/input/p2_v2_00002.png"), "");
		final PreparedSet result = prepare("out", 2);
		assertEquals(3, result.failed());
		assertEquals(3, log.size());
		assertTrue(log.get(0).contains("p1_v1_00002.png") && log.get(0).contains("ends too early"), log.get(0));
		assertFalse(result.failures().toString().contains(folder.toString()), result.failures().toString());
		assertFalse(names("out", "cadica").stream().anyMatch(name -> name.startsWith("p2_v2")));
		// Its likeness in v3 is no duplicate now.
		assertTrue(names("out", "cadica").contains("p1_v3_00001"));
		Files.write(frame, whole);
		assertEquals(2, prepare("out", 2).failed());
		assertFalse(names("out", "cadica").contains("p1_v3_00001"));
		assertTrue(assertThrows(IOException.class, () -> new Preparation(input, folder.resolve("few"), settings(16, 0)).run(
			Map.of(), 1, 1, Progress.NONE, log::add)).getMessage().startsWith("unreadable: 2 files could not be read"));
	}

	/** A share that goes away between the measuring of all frames and the second reading of the chosen ones. */
	@Test
	void aChosenFrameThatCannotBeReadAgainIsLeftOutToo() throws IOException {
		input = folder.resolve("frames");
		for (int i = 1; i <= 3; i++)
			TestFrames.png(input.resolve("p/" + i + ".png"), TestFrames.frame(10 * i, 60));
		final Path work = folder.resolve("out/.vasomim/folder.work");
		final PreparedSet result = prepare("out", 1, settings(16, 0), new Progress() {

			@Override
			public void report(final long done, final long total, final String run) {}

			@Override
			public boolean isCanceled() {
				try {
					// The folder for the chosen frames is made once all are measured.
					if (Files.exists(work)) Files.writeString(input.resolve("p/2.png"), "no image");
				}
				catch (final IOException e) {
					throw new UncheckedIOException(e);
				}
				return false;
			}
		});
		assertEquals(1, result.failed());
		assertEquals(2, names("out", "folder").size());
		assertEquals(1, log.size());
		assertTrue(log.get(0).contains("2.png"), log.get(0));
	}

	/** A folder of frames is one run: hours may pass in it. */
	@Test
	void progressIsToldWithinARun() throws IOException {
		input = folder.resolve("frames");
		final Path one = TestFrames.png(input.resolve("p/1.png"), TestFrames.frame(10, 60));
		for (int i = 2; i <= 120; i++)
			Files.copy(one, input.resolve("p/" + i + ".png"));
		final List<String> reports = new ArrayList<>();
		prepare("out", 1, settings(16, 0), new Progress() {

			@Override
			public void report(final long done, final long total, final String run) {
				reports.add(done + "/" + total);
			}

			@Override
			public boolean isCanceled() {
				return false;
			}
		});
		assertEquals(List.of("50/120", "100/120", "120/120"), reports);
	}

	@Test
	void archivesAreRunsOfAStudy() throws IOException {
		input = folder.resolve("dominance");
		TestFrames.npz(input.resolve("Left_Dominance/1.2.840.1/LCA/a.npz"), TestFrames.frame(5, 0), TestFrames.frame(5, 60),
			TestFrames.frame(9, 60));
		TestFrames.npz(input.resolve("Left_Dominance/1.2.840.1/RCA/b.npz"), TestFrames.frame(9, 60), TestFrames.frame(40, 70));
		TestFrames.npz(input.resolve("Right_Dominance/1.2.840.2/LCA/c.npz"), TestFrames.frame(5, 60));
		final PreparedSet result = prepare("out", 2, settings(16, 0.1), Progress.NONE);
		assertEquals(new PreparedSet("dominance", "dominance", 2, 3, 6, 4, 1, 0, 0, 0, 0, List.of()), result);
		assertEquals(2, patients("dominance"));
		final String name = names("out", "dominance").stream().filter(n -> n.endsWith("_00003")).findFirst().orElseThrow();
		assertArrayEquals(TestFrames.frame(9, 60), pixels("out/dominance/" + name + ".png"));
	}

	@Test
	void nobodysIdentityIsInTheSet() throws IOException {
		input = folder.resolve("cine");
		TestFrames.dicom(input.resolve("Planted^Name/day1/IM1"), "PLANTED-4711", "1.2.826.4711.1", TestFrames.frame(5, 60),
			TestFrames.frame(9, 60));
		TestFrames.dicom(input.resolve("Planted^Name/day2/IM2"), "PLANTED-4711", "1.2.826.4711.2", TestFrames.frame(30, 60));
		TestFrames.dicom(input.resolve("other/IM3"), "", "1.2.826.4711.3", TestFrames.frame(40, 60));
		final Path cut = TestFrames.dicom(input.resolve("Planted^Name/day2/cut.dcm"), "PLANTED-4711", "1.2.826.4711.2",
			TestFrames.frame(30, 60));
		Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), 1000));
		final PreparedSet result = prepare("out", 2);
		assertEquals(List.of("dicom", 2, 4, 4L, 1), List.of(result.form(), result.patients(), result.runs(), result.kept(),
			result.failed()));
		assertEquals(2, patients("dicom"));
		final StringBuilder all = new StringBuilder(result.toString());
		for (final Path file : FileTree.files(folder.resolve("out")))
			all.append(folder.relativize(file)).append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
		for (final String planted : new String[] { "PLANTED", "Planted", "4711", "1.2.826", "IM1", "day1", folder
			.toString() })
			assertFalse(all.toString().contains(planted), planted);
		assertTrue(log.get(0).contains("cut.dcm"), log.get(0));
		final List<String> names = names("out", "dicom");
		prepare("out", 1);
		assertEquals(names, names("out", "dicom"));
	}

	/** Both have drawn a secret before either keeps its own: the names of the second must come from the one that is kept. */
	@Test
	void preparationsThatBeginTogetherShareTheirNames() throws IOException {
		input = folder.resolve("cine");
		TestFrames.dicom(input.resolve("IM1"), "PLANTED-4711", "1.2.826.4711.1", TestFrames.frame(5, 60));
		final Path output = folder.resolve("out");
		final List<Preparation> both = new ArrayList<>();
		for (final String set : List.of("one", "two"))
			both.add(new Preparation(input, output, new PreparationSettings(null, set, 16, 0, 0.999, true, Polarity.AUTO)));
		for (final Preparation preparation : both)
			assertEquals(1, preparation.run(Map.of(), 100, 1, Progress.NONE, log::add).kept());
		assertEquals(names("out", "one"), names("out", "two"));
		assertEquals(1, new Preparation(input, output, both.get(1).settings()).run(Map.of(), 100, 1, Progress.NONE, log::add)
			.skipped());
	}

	/** A fault of the program is no damaged file: it ends the work, and says where. */
	@Test
	void aFaultNamesItsRun() {
		final AtomicInteger asked = new AtomicInteger();
		final Progress faulty = new Progress() {

			@Override
			public void report(final long done, final long total, final String message) {}

			@Override
			public boolean isCanceled() {
				// Before a run it is asked once, and then in it.
				final boolean working = Thread.currentThread().getName().startsWith("pool");
				if (working && asked.incrementAndGet() == 2) throw new NullPointerException();
				return false;
			}
		};
		final IllegalStateException e = assertThrows(IllegalStateException.class, () -> prepare("out", 1, settings(16, 0),
			faulty));
		assertTrue(e.getMessage().matches("run p\\d_v\\d: .*NullPointerException"), e.getMessage());
		assertEquals(NullPointerException.class, e.getCause().getClass());
	}

	@Test
	void brightVesselsAreInvertedIfSaid() throws IOException {
		final PreparedSet result = prepare("out", 1, new PreparationSettings(null, "", 0, 0, 1, true, Polarity.BRIGHT),
			Progress.NONE);
		assertEquals(13, result.inverted());
		final byte[] inverted = TestFrames.frame(40, 80);
		for (int i = 0; i < inverted.length; i++)
			inverted[i] = (byte) ~inverted[i];
		assertArrayEquals(inverted, pixels("out/cadica/p1_v3_00002.png"));
	}

	private static PreparationSettings settings(final int frames, final double share) {
		return new PreparationSettings(null, "", frames, share, 0.999, true, Polarity.AUTO);
	}

	private PreparedSet prepare(final String output, final int threads) throws IOException {
		return prepare(output, threads, settings(16, 0), Progress.NONE);
	}

	private PreparedSet prepare(final String output, final int threads, final PreparationSettings settings,
		final Progress progress) throws IOException
	{
		return new Preparation(input, folder.resolve(output), settings).run(Map.of("vasomim", "test"), 100, threads, progress,
			log::add);
	}

	private void refuse(final Class<? extends Exception> type, final String... words) {
		final String message = assertThrows(type, () -> prepare("out", 1)).getMessage();
		for (final String word : words)
			assertTrue(message.contains(word), message);
	}

	private static Progress reports(final int count, final Runnable then) {
		return new Progress() {

			private int reports;

			@Override
			public void report(final long done, final long total, final String run) {
				if (++reports == count) then.run();
			}

			@Override
			public boolean isCanceled() {
				return false;
			}
		};
	}

	private List<String> names(final String output, final String set) throws IOException {
		return FileTree.files(folder.resolve(output).resolve(set)).stream().map(file -> file.getFileName().toString().replace(
			".png", "")).toList();
	}

	private long patients(final String set) throws IOException {
		return names("out", set).stream().map(name -> name.split("_")[0]).distinct().count();
	}

	private byte[] pixels(final String file) throws IOException {
		final ImagePlus image = ImageFile.read(folder.resolve(file));
		assertEquals(8, image.getBitDepth());
		return (byte[]) image.getProcessor().getPixels();
	}

	/** All that is not hidden, by its path. */
	private Map<String, String> content(final String output) throws IOException {
		final Map<String, String> content = new TreeMap<>();
		final Path root = folder.resolve(output);
		for (final Path file : FileTree.files(root))
			if (!root.relativize(file).startsWith(".vasomim")) content.put(root.relativize(file).toString(), HexFormat.of()
				.formatHex(Files.readAllBytes(file)));
		return content;
	}
}
