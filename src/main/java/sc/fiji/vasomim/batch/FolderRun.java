package sc.fiji.vasomim.batch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import sc.fiji.vasomim.files.AtomicFile;
import sc.fiji.vasomim.files.FileTree;
import sc.fiji.vasomim.files.ImageFolder;
import sc.fiji.vasomim.files.Json;

/**
 * Applies a {@link FileJob} to a file or to each image of a folder, sub-folders mirrored in the output.
 * <p>
 * A file whose outputs are there, made from the same bytes with the same settings, is skipped. A file that fails is
 * recorded with its reason and the run goes on. A run that is stopped or killed leaves finished files whole and goes
 * on with the rest the next time. Beside the outputs stand {@code status.csv} (input, status, reason, seconds,
 * outputs) and {@code manifest.json} (settings, versions, seed, device; for each input its SHA-256, its outputs and
 * what the job said), both in the order of the inputs for any number of threads, and without absolute paths. The
 * hidden folder {@code .vasomim} holds what the next run must know.
 */
public final class FolderRun {

	/** An input without outputs, and why. */
	public record Failure(String input, String reason) {}

	/**
	 * @param done files worked on
	 * @param skipped files that were finished before
	 * @param failed files without outputs
	 * @param remaining files not reached because the run was stopped
	 */
	public record Result(int done, int skipped, int failed, int remaining, List<Failure> failures) implements
		PartialResult
	{}

	/** How the manifest begins. */
	private record Head(int format, Provenance provenance, String settings) {}

	private static final int FORMAT_VERSION = 1;
	private static final String MANIFEST = "manifest.json";
	private static final String TABLE = "status.csv";
	private static final String HIDDEN = ".vasomim";

	private final Path root;
	private final List<Path> inputs;
	private final Path output;
	private final Provenance provenance;
	private final int threads;

	private final List<Failure> failures = new ArrayList<>();
	private int done;
	private int skipped;

	/**
	 * @param input a file, or a folder that is searched by {@link ImageFolder#list}
	 * @param output a folder; made if it is not there
	 * @throws IllegalArgumentException if threads is below 1, output is a file, or input and output lie in one another
	 * @throws IOException if input can't be read or holds no image
	 */
	public FolderRun(final Path input, final Path output, final Provenance provenance, final int threads)
		throws IOException
	{
		if (threads < 1) throw new IllegalArgumentException("threads: must be at least 1, but is " + threads);
		if (!Files.exists(input)) throw new IOException("input: " + input + " does not exist. Check the path.");
		if (Files.exists(output) && !Files.isDirectory(output)) {
			throw new IllegalArgumentException("output: " + output + " is a file; name a folder");
		}
		final Path source = input.toRealPath();
		final boolean folder = Files.isDirectory(source);
		this.root = folder ? source : source.getParent();
		this.inputs = folder ? ImageFolder.list(source) : List.of(source.getFileName());
		if (inputs.isEmpty()) {
			throw new IOException("input: the folder " + input + " holds no " + ImageFolder.FORMATS + " image. Choose another.");
		}
		this.output = FileTree.realPath(output);
		this.provenance = provenance;
		this.threads = threads;
		final boolean nested = this.output.startsWith(root) || root.startsWith(this.output);
		if (folder ? nested : this.output.equals(root)) {
			throw new IllegalArgumentException("output: " + output + " and the input " + input +
				" lie in one another, and an input could be overwritten; choose a folder elsewhere");
		}
	}

	/**
	 * Works through the inputs. To be called once.
	 *
	 * @param progress told of each finished file by the calling thread; asked by all whether to stop
	 * @throws IOException if the output folder can't be written to, or another run is writing there
	 */
	public Result run(final FileJob job, final Progress progress) throws IOException {
		final Path manifest = output.resolve(MANIFEST);
		if (Files.exists(manifest) && !isOurs(manifest)) {
			throw new IOException("output: " + manifest + " is from another program; choose another folder");
		}
		final Path hidden = Files.createDirectories(output.resolve(HIDDEN));
		final Path work = hidden.resolve("work");
		final Path table = hidden.resolve(TABLE);
		try (Ledger ledger = new Ledger(hidden.resolve("ledger.jsonl"))) {
			FileTree.delete(work);
			final FileTask task =
				new FileTask(root, output, work, new OutputNames(inputs), provenance.sha256(), ledger, job);
			try (StatusTable status = new StatusTable(table)) {
				work(task, ledger, status, progress);
			}
			AtomicFile.write(output.resolve(TABLE), stream -> Files.copy(table, stream));
			AtomicFile.write(manifest, stream -> writeManifest(stream, ledger));
			Files.delete(table);
			FileTree.delete(work);
		}
		final int failed = failures.size();
		return new Result(done, skipped, failed, inputs.size() - done - skipped - failed, List.copyOf(failures));
	}

	private void work(final FileTask task, final Ledger ledger, final StatusTable status, final Progress progress)
		throws IOException
	{
		final OutputFolder target = new OutputFolder(output, List.of(MANIFEST, TABLE));
		InOrder.run(inputs, threads, task::run, outcome -> settle(outcome, target, ledger, status, progress), progress);
	}

	private void settle(final FileTask.Outcome outcome, final OutputFolder target, final Ledger ledger,
		final StatusTable status, final Progress progress) throws IOException
	{
		FileRecord record = outcome.record();
		if (outcome.skipped()) target.keep(record);
		else {
			final FileRecord earlier = ledger.get(record.input());
			record = target.check(record, earlier);
			// Old outputs go first, then the ledger is told, then the new ones come: killed in between, a run finds a place
			// empty or with a file that the ledger knows, never one of ours that looks like somebody else's.
			target.clear(record);
			ledger.put(record.failure() == null ? record : record.keeping(earlier));
			if (outcome.ready() != null) {
				if (record.failure() == null) target.publish(record, outcome.ready());
				FileTree.delete(outcome.ready());
			}
		}
		if (outcome.skipped()) skipped++;
		else if (record.failure() == null) done++;
		else failures.add(new Failure(record.input(), record.failure()));
		final String word = outcome.skipped() ? "skipped" : record.failure() == null ? "done" : "failed";
		status.add(word, outcome.seconds(), record);
		progress.report(done + skipped + failures.size(), inputs.size(), record.input());
	}

	private static boolean isOurs(final Path manifest) throws IOException {
		final byte[] start = "{\"format\":".getBytes(StandardCharsets.UTF_8);
		try (InputStream stream = Files.newInputStream(manifest)) {
			return Arrays.equals(start, stream.readNBytes(start.length));
		}
	}

	/** The head of the manifest, then each input that has ever been worked on, one a line. */
	private void writeManifest(final OutputStream stream, final Ledger ledger) throws IOException {
		final Head head = new Head(FORMAT_VERSION, provenance, provenance.sha256());
		final String open = Json.line(head).replaceFirst("}$", ",\"files\":[");
		stream.write(open.getBytes(StandardCharsets.UTF_8));
		String separator = "\n";
		for (final Path input : inputs) {
			final FileRecord record = ledger.get(FileTask.name(input));
			if (record == null) continue;
			stream.write((separator + Json.line(record)).getBytes(StandardCharsets.UTF_8));
			separator = ",\n";
		}
		stream.write("\n]}\n".getBytes(StandardCharsets.UTF_8));
	}
}
