package sc.fiji.vasomim.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import sc.fiji.vasomim.files.FileTree;
import sc.fiji.vasomim.files.ImageFolder;
import sc.fiji.vasomim.files.Json;
import sc.fiji.vasomim.files.Sha256;

/**
 * Applies a {@link FileJob} to a file or to each image of a folder, sub-folders mirrored in the output.
 * <p>
 * A file whose outputs are there, made from the same bytes with the same settings, is skipped. A file that fails is
 * recorded with its reason and the run goes on. A run that is stopped or killed leaves finished files whole and goes
 * on with the rest the next time. Beside the outputs stand {@code status.csv} (input, status, reason, seconds,
 * outputs) and {@code manifest.json} (settings, versions, seed, device; for each input its SHA-256, its outputs and
 * what the job said), both in the order of the inputs for any number of threads, and without absolute paths. They keep
 * what earlier runs made of other inputs of the folder: its status is {@code earlier}, {@code vanished} if the input is
 * gone since, {@code removed} if its outputs were taken away or changed. The hidden folder {@code .vasomim} holds what
 * the next run must know.
 */
public final class FolderRun {

	/** An input that could not be worked on, and why; what an earlier run made of it stays. */
	public record Failure(String input, String reason) {}

	/**
	 * @param done files worked on
	 * @param skipped files that were finished before
	 * @param failed files of which nothing was made this time
	 * @param remaining files not reached because the run was stopped
	 */
	public record Result(int done, int skipped, int failed, int remaining, List<Failure> failures) implements
		PartialResult
	{}

	/** Whose results an output folder holds. */
	private record Origin(String command, String inputSha256) {}

	/** The name of the table in the output folder that says what became of each input. */
	public static final String STATUS = "status.csv";

	private static final String HIDDEN = ".vasomim";

	private final String command;
	private final Path root;
	private final List<Path> inputs;
	private final Path output;
	private final Provenance provenance;
	private final int threads;

	private final List<Failure> failures = new ArrayList<>();
	private int done;
	private int skipped;

	/**
	 * @param command what is done with the inputs; an output folder holds the results of one command
	 * @param input a file, or a folder that is searched by {@link ImageFolder#list}
	 * @param output a folder; made if it is not there
	 * @throws IllegalArgumentException if threads is below 1, input is missing or holds no image, output is a file, or
	 *           input and output lie in one another
	 * @throws IOException if input can't be read
	 */
	public FolderRun(final String command, final Path input, final Path output, final Provenance provenance,
		final int threads) throws IOException
	{
		if (threads < 1) throw new IllegalArgumentException("threads: must be at least 1, but is " + threads);
		if (!Files.exists(input)) throw new IllegalArgumentException("input: " + input + " does not exist. Check the path.");
		if (Files.exists(output) && !Files.isDirectory(output)) {
			throw new IllegalArgumentException("output: " + output + " is a file; name a folder");
		}
		final Path source = input.toRealPath();
		final boolean folder = Files.isDirectory(source);
		this.root = folder ? source : source.getParent();
		this.inputs = folder ? ImageFolder.list(source) : List.of(source.getFileName());
		if (inputs.isEmpty()) throw new IllegalArgumentException("input: the folder " + input + " holds no " +
			ImageFolder.FORMATS + " image. Choose another.");
		this.command = command;
		this.output = FileTree.realPath(output);
		this.provenance = provenance;
		this.threads = threads;
		final boolean nested = this.output.startsWith(root) || root.startsWith(this.output);
		if (folder ? nested : this.output.equals(root)) {
			throw new IllegalArgumentException("output: " + output + " and the input " + input +
				" lie in one another, and an input could be overwritten; choose a folder elsewhere");
		}
	}

	/** Works through the inputs, as {@link #run(FileJob, List, Progress)}, without tables of the whole. */
	public Result run(final FileJob job, final Progress progress) throws IOException {
		return run(job, List.of(), progress);
	}

	/**
	 * Works through the inputs. To be called once.
	 *
	 * @param joined tables of the whole, to be written too
	 * @param progress told of each finished file by the calling thread; asked by all whether to stop
	 * @throws IllegalArgumentException if the output folder holds another program's tables, or the results of another
	 *           command or of another folder's inputs
	 * @throws IOException if the output folder can't be written to, or another run is writing there
	 */
	public Result run(final FileJob job, final List<JoinedTable> joined, final Progress progress) throws IOException {
		final RunTables tables = new RunTables(root, output, joined);
		final Path hidden = output.resolve(HIDDEN);
		final Path origin = hidden.resolve("run.json");
		if (!Files.exists(origin)) tables.requireNone();
		Files.createDirectories(hidden);
		final Path work = hidden.resolve("work");
		try (Ledger ledger = new Ledger(hidden.resolve("ledger.jsonl"))) {
			claim(origin);
			FileTree.delete(work);
			work(new FileTask(root, output, work, new OutputNames(inputs), provenance.sha256(), ledger, job), ledger, tables,
				progress);
			tables.write(ledger, provenance);
			FileTree.delete(work);
		}
		final int failed = failures.size();
		return new Result(done, skipped, failed, inputs.size() - done - skipped - failed, List.copyOf(failures));
	}

	/** Inputs are known by their place in the folder alone: two folders' {@code 1.png} would be taken for one. */
	private void claim(final Path origin) throws IOException {
		final Origin mine = new Origin(command, Sha256.of(root.toString()));
		if (!Files.exists(origin)) Json.write(origin, mine);
		final Origin there = Json.read(origin, Origin.class);
		if (!mine.command.equals(there.command)) throw new IllegalArgumentException("output: " + output +
			" holds the results of " + there.command + ", which a run of " + command +
			" would mix with its own; choose another folder");
		if (!mine.inputSha256.equals(there.inputSha256)) throw new IllegalArgumentException("output: " + output +
			" holds the results of another input folder than " + root + "; choose another output");
	}

	private void work(final FileTask task, final Ledger ledger, final RunTables tables, final Progress progress)
		throws IOException
	{
		final OutputFolder target = new OutputFolder(output, tables.names());
		InOrder.run(inputs, threads, task::run, outcome -> settle(outcome, target, ledger, tables, progress), progress);
	}

	private void settle(final FileTask.Outcome outcome, final OutputFolder target, final Ledger ledger,
		final RunTables tables, final Progress progress) throws IOException
	{
		FileRecord record = outcome.record();
		if (outcome.skipped()) target.keep(record);
		else {
			final FileRecord earlier = ledger.get(record.input());
			record = target.check(record, earlier);
			// Old outputs go first, then the ledger is told, then the new ones come: killed in between, a run finds a place
			// empty or with a file that the ledger knows, never one of ours that looks like somebody else's.
			target.clear(record, earlier);
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
		tables.settle(word, outcome.seconds(), record);
		progress.report(done + skipped + failures.size(), inputs.size(), record.input());
	}
}
