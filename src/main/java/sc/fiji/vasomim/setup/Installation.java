package sc.fiji.vasomim.setup;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.files.AtomicFile;
import sc.fiji.vasomim.files.FileTree;
import sc.fiji.vasomim.files.Json;
import sc.fiji.vasomim.files.LockFile;
import sc.fiji.vasomim.torch.PytorchBuild;

/**
 * One build of PyTorch's libraries on their way into DJL's cache. They gather in a hidden folder of the cache, which an
 * interrupted installation leaves for the next one; whole and synced, they are moved to their place in one step.
 */
public final class Installation {

	private static final String LIBRARIES = "libraries", PLAN = "plan.json";

	private record Plan(String place, List<NativeFile> files) {}

	private final PytorchBuild build;

	private final NativesSource source;

	private final Plan plan;

	private final Path work;

	private Installation(final PytorchBuild build, final NativesSource source, final Plan plan) {
		this.build = build;
		this.source = source;
		this.plan = plan;
		work = PytorchBuild.cache().resolve(".vasomim-" + build.folder().getFileName());
	}

	/**
	 * Asks the source what there is; writes nothing.
	 *
	 * @throws IllegalArgumentException if this system has no such build, or the source does not have it
	 * @throws IOException if the source cannot be reached or read, or lists what cannot be a PyTorch
	 */
	public static Installation plan(final PytorchBuild build, final NativesSource source) throws IOException {
		if (!build.isSupported()) throw new IllegalArgumentException("build: there is no PyTorch " + PytorchBuild.version() +
			" of the build " + build.flavour() + " for " + PytorchBuild.system() +
			(build == PytorchBuild.CPU ? "." : ". Choose cpu."));
		final List<NativeFile> files = source.files(build);
		NativeFile.require(files, source.place());
		return new Installation(build, source, new Plan(source.place(), files));
	}

	/** What {@link #run} would do. */
	public SetupReport report() {
		return SetupReport.before(build, source, plan.files);
	}

	/**
	 * Installs the build, unless it is installed already.
	 *
	 * @throws CancellationException if it was stopped; what came is kept for the next time, in the hidden folder alone
	 * @throws IOException if the disk is too small or refuses, a file is damaged, or another installation is running
	 */
	public SetupReport run(final Progress progress) throws IOException {
		Files.createDirectories(PytorchBuild.cache());
		try (LockFile lock = LockFile.take(PytorchBuild.cache().resolve(".vasomim-setup.lock"))) {
			if (lock == null) throw new IOException("Cannot write to " + PytorchBuild.cache() +
				": another Engine Setup is running. Wait until it has ended.");
			if (build.isInstalled()) return report();
			prepare();
			requireSpace(Files.getFileStore(PytorchBuild.cache()).getUsableSpace());
			final ByteProgress bytes = new ByteProgress(progress, 2 * plan.files.stream().mapToLong(NativeFile::bytes).sum());
			for (final NativeFile file : plan.files) {
				gather(file, bytes);
				bytes.finish(2 * file.bytes());
			}
			moveIntoPlace();
		}
		return SetupReport.after(build, source, plan.files);
	}

	/** What came for another plan is of no use: lengths or names differ. */
	private void prepare() throws IOException {
		final Path saved = work.resolve(PLAN);
		if (!Files.exists(saved) || !Json.line(Json.read(saved, Plan.class)).equals(Json.line(plan))) FileTree.delete(work);
		Files.createDirectories(work.resolve(LIBRARIES));
		Json.write(saved, plan);
	}

	/** @param usable bytes on the cache's disk */
	void requireSpace(final long usable) throws IOException {
		long needed = 0;
		for (final NativeFile file : plan.files)
			if (!Files.exists(library(file))) needed += file.installed();
		needed += plan.files.stream().filter(NativeFile::isCompressed).mapToLong(NativeFile::bytes).max().orElse(0);
		if (usable < needed) throw new IOException("Cannot write to " + PytorchBuild.cache() + ": " + SetupReport.size(
			needed) + " are needed, " + SetupReport.size(usable) +
			" are free. Make room, or move the cache by the environment variable DJL_CACHE_DIR.");
	}

	private Path library(final NativeFile file) {
		return work.resolve(LIBRARIES).resolve(file.name());
	}

	private void gather(final NativeFile file, final ByteProgress progress) throws IOException {
		if (Files.exists(library(file))) return;
		final Path fetched = source.fetch(file, work, here -> progress.report(
			"downloading " + file.name() + ", " + SetupReport.size(here) + " of " + SetupReport.size(file.bytes()), here),
			progress::isCanceled);
		try {
			AtomicFile.write(library(file), out -> unpack(fetched, file, out, progress));
		}
		catch (final IOException e) {
			if (!(e.getCause() instanceof ZipException) && !(e.getCause() instanceof EOFException)) throw e;
			if (fetched.startsWith(work)) Files.delete(fetched);
			throw new IOException("Cannot use " + file.path() + " of " + source.place() + ": it is damaged (" + e.getCause()
				.getMessage() + "). " + (fetched.startsWith(work) ? "Run Engine Setup again." : "Copy it again."), e);
		}
		if (fetched.startsWith(work)) Files.delete(fetched);
	}

	/** The content's CRC-32 and length are held against the gzip file's own by Java's reader, at the end. */
	private static void unpack(final Path fetched, final NativeFile file, final OutputStream out,
		final ByteProgress progress) throws IOException
	{
		try (InputStream raw = Files.newInputStream(fetched);
				InputStream in = file.isCompressed() ? new GZIPInputStream(raw, 1 << 16) : raw)
		{
			final byte[] piece = new byte[1 << 16];
			long done = 0;
			for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
				if (progress.isCanceled()) throw new CancellationException();
				done += n;
				if (done > NativeFile.MOST) throw new ZipException("its content is longer than " + NativeFile.MOST + " bytes");
				out.write(piece, 0, n);
				progress.report("unpacking " + file.name(), file.bytes() + Math.min(file.bytes(), Math.round((double) done / file
					.installed() * file.bytes())));
			}
		}
	}

	/** A folder without the main library is no PyTorch to DJL either: it may hold its JNI library, which comes again. */
	private void moveIntoPlace() throws IOException {
		AtomicFile.syncFolder(work.resolve(LIBRARIES));
		FileTree.delete(build.folder());
		Files.move(work.resolve(LIBRARIES), build.folder(), StandardCopyOption.ATOMIC_MOVE);
		AtomicFile.syncFolder(PytorchBuild.cache());
		FileTree.delete(work);
	}
}
