package sc.fiji.vasomim.setup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.LibUtils;
import ai.djl.util.Platform;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.files.FileTree;
import sc.fiji.vasomim.files.LockFile;
import sc.fiji.vasomim.files.Sha256;
import sc.fiji.vasomim.torch.PytorchBuild;

/** Libraries from a host with all its faults, and from folders, into a cache that DJL would look into. */
class InstallationTest {

	private static final PytorchBuild CPU = PytorchBuild.CPU;

	private static final String MAIN = TinyNatives.path(CPU, PytorchBuild.mainLibrary());

	@TempDir
	Path folder;

	private Path cache;

	private LibraryHost host;

	private final List<String> log = new ArrayList<>();

	@BeforeEach
	void open() throws IOException {
		cache = folder.resolve("cache");
		System.setProperty("ENGINE_CACHE_DIR", cache.toString());
		host = new LibraryHost(TinyNatives.files(CPU));
	}

	@AfterEach
	void close() {
		System.clearProperty("ENGINE_CACHE_DIR");
		host.close();
	}

	private Installation plan() throws IOException {
		return plan(Duration.ofMinutes(1));
	}

	private Installation plan(final Duration patience) throws IOException {
		return Installation.plan(CPU, new NativesHost(host.base(), patience, log::add));
	}

	private static String message(final Class<? extends Exception> type, final Installation installation) {
		return assertThrows(type, () -> installation.run(Progress.NONE)).getMessage();
	}

	private void assertInstalled() throws IOException {
		for (final Map.Entry<String, byte[]> library : TinyNatives.libraries(CPU).entrySet())
			assertArrayEquals(library.getValue(), Files.readAllBytes(CPU.folder().resolve(library.getKey())));
		assertEquals(2, FileTree.files(CPU.folder()).size());
		assertFalse(Files.exists(work()), "left in the cache");
	}

	private Path work() {
		return cache.resolve("pytorch/.vasomim-" + CPU.folder().getFileName());
	}

	/** What is in the cache besides what is on its way and the lock. */
	private void assertNothingInstalled() {
		assertFalse(CPU.isInstalled());
		assertFalse(Files.exists(CPU.folder()));
	}

	@Test
	void thePlanSaysFilesAndLengthsAndTouchesNothing() throws IOException {
		final SetupReport report = plan().report();
		assertEquals("not installed", report.state());
		assertEquals(host.files.get(MAIN).length + host.files.get(TinyNatives.path(CPU, System.mapLibraryName("c10"))).length,
			report.bytes());
		assertEquals(400_000, report.installed());
		assertEquals(MAIN, report.files().get(1).file());
		assertEquals(cache.resolve("pytorch/2.7.1-cpu-" + PytorchBuild.system()).toString(), report.into());
		assertTrue(report.text().contains("From " + host.base() + ": 2 files, 0.4 MiB\n"), report.text());
		assertFalse(Files.exists(cache));
		assertEquals("Asking " + host.base() + "files.txt", log.get(0));
		assertEquals(3, log.size());
	}

	@Test
	void aWholeBuildIsInstalledAndDjlTakesIt() throws IOException, ReflectiveOperationException {
		System.setProperty("PYTORCH_FLAVOR", "cpu");
		System.setProperty("ai.djl.offline", "true");
		try {
			final InvocationTargetException missing = assertThrows(InvocationTargetException.class, InstallationTest::djlFinds);
			assertTrue(missing.getCause() instanceof EngineException, missing.getCause().toString());
			final SetupReport report = plan().run(Progress.NONE);
			assertEquals("installed", report.state());
			assertEquals(Sha256.of(CPU.folder().resolve(PytorchBuild.mainLibrary())), report.files().get(1).sha256());
			assertInstalled();
			assertEquals(CPU.folder(), djlFinds());
		}
		finally {
			System.clearProperty("PYTORCH_FLAVOR");
		}
	}

	/** DJL's own search of its cache, where no jar brings libraries. */
	private static Path djlFinds() throws ReflectiveOperationException {
		final Method find = LibUtils.class.getDeclaredMethod("downloadPyTorch", Platform.class);
		find.setAccessible(true);
		final Object found = find.invoke(null, Platform.fromSystem("pytorch"));
		final Field dir = found.getClass().getDeclaredField("dir");
		dir.setAccessible(true);
		return (Path) dir.get(found);
	}

	@Test
	void aSecondTimeNothingIsDone() throws IOException {
		plan().run(Progress.NONE);
		Files.writeString(CPU.folder().resolve(PytorchBuild.mainLibrary()), "mine");
		final SetupReport report = plan().run(Progress.NONE);
		assertEquals("was installed before", report.state());
		assertNull(report.files().get(0).sha256());
		assertEquals("mine", Files.readString(CPU.folder().resolve(PytorchBuild.mainLibrary())));
	}

	/** DJL leaves its JNI library in the folder of a build that was named elsewhere. */
	@Test
	void aFolderWithoutPytorchIsReplaced() throws IOException {
		Files.createDirectories(CPU.folder());
		Files.createFile(CPU.folder().resolve("0.35.1-libdjl_torch.so"));
		plan().run(Progress.NONE);
		assertInstalled();
	}

	@Test
	void aCutConnectionIsGoneOnWith() throws IOException {
		host.cuts.addAll(List.of(70_000, 60_000));
		plan().run(Progress.NONE);
		assertInstalled();
		assertTrue(host.asked.toString().contains("bytes=70000-") && host.asked.toString().contains("bytes=130000-"), host.asked
			.toString());
	}

	@Test
	void aHostThatGoesAwayIsNamedAndWhatCameIsKept() throws IOException {
		final Installation installation = plan();
		host.close();
		final String message = message(IOException.class, installation);
		assertTrue(message.startsWith("Cannot download ") && message.contains("after 0 of"), message);
		assertNothingInstalled();
	}

	@Test
	void theNextRunGoesOnWhereTheLastOneEnded() throws IOException {
		host.cuts.addAll(List.of(70_000, 0));
		final String message = message(IOException.class, plan());
		assertTrue(message.contains("after 70000 of " + host.files.get(MAIN).length + " bytes, which are kept"), message);
		assertNothingInstalled();
		host.asked.clear();
		plan().run(Progress.NONE);
		assertInstalled();
		assertTrue(host.asked.toString().contains("bytes=70000-"), host.asked.toString());
	}

	@Test
	void aHostWithoutRangesIsAskedForAllAgain() throws IOException {
		host.knowsRanges = false;
		host.cuts.add(70_000);
		final Installation installation = plan();
		assertEquals(2 * (long) (host.files.get(MAIN).length * 4.5), installation.report().installed(), 1);
		installation.run(Progress.NONE);
		assertInstalled();
	}

	@Test
	void aStalledConnectionEnds() throws IOException {
		host.stalls = true;
		host.cuts.add(0);
		final String message = message(IOException.class, plan(Duration.ofSeconds(5)));
		assertTrue(message.contains("nothing came for 5 s after 0 of"), message);
	}

	@Test
	void anotherLengthThanPlannedIsRefused() throws IOException {
		final Installation installation = plan();
		host.files.put(MAIN, TinyNatives.gzip(new byte[300_000]));
		final String message = message(IOException.class, installation);
		assertTrue(message.contains("it was 200") && message.contains("Run Engine Setup again"), message);
		assertNothingInstalled();
		plan().run(Progress.NONE);
		assertEquals(300_000, Files.size(CPU.folder().resolve(PytorchBuild.mainLibrary())));
	}

	@Test
	void aDamagedFileIsNamedAndFetchedAgain() throws IOException {
		final byte[] sound = host.files.get(MAIN), damaged = sound.clone();
		damaged[damaged.length / 2] ^= 1;
		host.files.put(MAIN, damaged);
		final String message = message(IOException.class, plan());
		assertTrue(message.startsWith("Cannot use " + MAIN + " of " + host.base() + ": it is damaged ("), message);
		assertNothingInstalled();
		host.files.put(MAIN, sound);
		plan().run(Progress.NONE);
		assertInstalled();
	}

	@Test
	void aCutGzipFileIsDamaged() throws IOException {
		host.knowsRanges = false;
		host.files.put(MAIN, Arrays.copyOf(host.files.get(MAIN), 100_000));
		final String message = message(IOException.class, plan());
		assertTrue(message.contains("it is damaged (Unexpected end of ZLIB input stream)"), message);
		assertNothingInstalled();
	}

	@Test
	void whatTheHostRefusesIsNamed() throws IOException {
		final Installation installation = plan();
		host.codes.put(MAIN, 503);
		String message = message(IOException.class, installation);
		assertTrue(message.contains(MAIN + ": the host answers 503"), message);
		host.files.remove(MAIN);
		message = assertThrows(IOException.class, this::plan).getMessage();
		assertTrue(message.contains(MAIN + ": the host answers 404"), message);
		host.files.remove("files.txt");
		message = assertThrows(IOException.class, this::plan).getMessage();
		assertTrue(message.contains("files.txt: the host answers 404"), message);
		host.close();
		message = assertThrows(IOException.class, this::plan).getMessage();
		assertTrue(message.startsWith("Cannot reach " + host.base() + "files.txt") && message.contains("proxy"), message);
	}

	@Test
	void anotherAddressIsFollowedAndNamed() throws IOException {
		host.moved.put(MAIN, "elsewhere.gz");
		host.files.put("elsewhere.gz", host.files.get(MAIN));
		plan().run(Progress.NONE);
		assertInstalled();
		assertTrue(log.contains("Answered by " + host.base() + "elsewhere.gz"), log.toString());
	}

	@ParameterizedTest
	@ValueSource(strings = { "../../../x.so.gz", "..%2F..%2Fx.so.gz", "%2Fetc%2Fx.so.gz", "..%5Cx.dll.gz", "sub/x.so.gz",
		".x.so.gz", "x.txt.gz", "x.so", "%ZZ.so.gz", "x.so%00.gz", "" })
	void aListThatLeadsElsewhereIsRefused(final String name) {
		host.files.put("files.txt", (new String(host.files.get("files.txt")) + "\ncpu/" + PytorchBuild.system() +
			"/native/lib/" + name).getBytes());
		final String message = assertThrows(IOException.class, this::plan).getMessage();
		assertTrue(message.contains("is no library's place, so nothing of it is used"), message);
		assertFalse(Files.exists(cache));
	}

	@Test
	void whatCannotBePytorchIsRefused() {
		final String list = new String(host.files.get("files.txt"));
		host.claims.put(MAIN, 9L << 30);
		String message = assertThrows(IOException.class, this::plan).getMessage();
		assertTrue(message.contains(MAIN + " would have 9663676416 bytes"), message);
		host.claims.clear();
		host.files.put("files.txt", (list + "\n".repeat(1 << 20)).getBytes());
		message = assertThrows(IOException.class, this::plan).getMessage();
		assertTrue(message.contains("more than 1048576 bytes are no list of files"), message);
		host.files.put("files.txt", list.replace("\n" + MAIN, "").getBytes());
		message = assertThrows(IOException.class, this::plan).getMessage();
		assertTrue(message.contains("there is no " + PytorchBuild.mainLibrary() + " in ["), message);
		host.files.put("files.txt", "cpu/solaris-sparc/native/lib/libtorch.so.gz".getBytes());
		message = assertThrows(IllegalArgumentException.class, this::plan).getMessage();
		assertTrue(message.startsWith("build: ") && message.contains("has no build cpu of PyTorch 2.7.1 for " + PytorchBuild
			.system()), message);
	}

	@Test
	void aFullDiskIsSeenBefore() throws IOException {
		final long compressed = Math.max(host.files.get(MAIN).length, host.files.get(TinyNatives.path(CPU, System
			.mapLibraryName("c10"))).length);
		final Installation installation = plan();
		installation.requireSpace(400_000 + compressed);
		final String message = assertThrows(IOException.class, () -> installation.requireSpace(400_000 + compressed - 1))
			.getMessage();
		assertTrue(message.endsWith("0.6 MiB are needed, 0.6 MiB are free. Make room, or move the cache by the environment " +
			"variable DJL_CACHE_DIR."), message);
	}

	/** In the first file's download, its unpacking, the second's download, its unpacking. */
	@ParameterizedTest
	@ValueSource(ints = { 2, 7, 10, 15 })
	void aStoppedOneIsGoneOnWith(final int reports) throws IOException {
		final Installation installation = plan();
		assertThrows(CancellationException.class, () -> installation.run(new Stopping(reports)));
		assertNothingInstalled();
		plan().run(Progress.NONE);
		assertInstalled();
	}

	@Test
	void progressGoesFromNothingToAll() throws IOException {
		final List<Long> done = new ArrayList<>();
		final long all = 2 * plan().report().bytes();
		plan().run(new Progress() {

			@Override
			public void report(final long now, final long total, final String message) {
				assertEquals(all, total);
				done.add(now);
			}

			@Override
			public boolean isCanceled() {
				return false;
			}
		});
		assertEquals(done.stream().sorted().toList(), done);
		assertEquals(0, done.get(0));
		assertEquals(all, done.get(done.size() - 1));
	}

	@Test
	void oneAtATime() throws IOException {
		Files.createDirectories(cache.resolve("pytorch"));
		try (LockFile held = LockFile.take(cache.resolve("pytorch/.vasomim-setup.lock"))) {
			final String message = message(IOException.class, plan());
			assertTrue(message.contains("another Engine Setup is running"), message);
		}
	}

	private static final class Stopping implements Progress {

		private final int reports;

		private int reported;

		private Stopping(final int reports) {
			this.reports = reports;
		}

		@Override
		public void report(final long done, final long total, final String message) {
			reported++;
		}

		@Override
		public boolean isCanceled() {
			return reported >= reports;
		}
	}
}
