package sc.fiji.vasomim.curation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

import sc.fiji.vasomim.batch.InOrder;
import sc.fiji.vasomim.batch.Ledger;
import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.batch.Provenance;
import sc.fiji.vasomim.files.FileTree;
import sc.fiji.vasomim.files.ImageFolder;
import sc.fiji.vasomim.files.Json;

/**
 * Makes a set in the XA-170K layout from a folder of runs: {@code set/NAME.png}, {@code set_frangi/NAME.png}, the table
 * {@code set.csv} and the manifest {@code set.json}.
 * <p>
 * Runs are worked on by several threads and settled in order, the runs of a patient one after the other; the result is
 * the same for any number of threads. A run whose files are as they were (size and time) and whose images are there is
 * not read again. A preparation that is stopped or killed goes on the next time, and what it then has made is, to the
 * byte, what it would have made at one go. Memory: a file of each run under way, and 9 kB a frame of it.
 */
public final class Preparation {

	private static final String HIDDEN = ".vasomim";

	private static final int FORMAT_VERSION = 1;

	private record Manifest(int format, Provenance provenance, PreparedSet result) {}

	private final Path root;

	private final Path output;

	private final List<Path> files;

	private final PreparationSettings settings;

	private Pseudonyms names;

	private List<Run> runs;

	/**
	 * Lists the runs.
	 *
	 * @param input a folder
	 * @param output a folder that sets lie in; made later if it is not there
	 * @throws IllegalArgumentException if input is no folder or holds no run of the form, or input and output lie in one
	 *           another
	 * @throws IOException if input can't be read
	 */
	public Preparation(final Path input, final Path output, final PreparationSettings settings) throws IOException {
		if (!Files.isDirectory(input)) throw new IllegalArgumentException("input: " + input + " is not a folder. Check the path.");
		root = input.toRealPath();
		this.output = FileTree.realPath(output);
		if (this.output.startsWith(root) || root.startsWith(this.output)) throw new IllegalArgumentException("output: " +
			output + " and the input " + input + " lie in one another, and an input could be overwritten; choose a folder " +
			"elsewhere");
		files = ImageFolder.list(root, file -> FolderSource.isArchive(file) || ImageFolder.isImage(file));
		if (files.isEmpty()) throw new IllegalArgumentException("input: the folder " + input + " holds no " + ImageFolder.FORMATS +
			" image and no npz file. Choose another.");
		this.settings = settings.of(settings.form() == null ? SourceForm.recognise(root, files) : settings.form());
		names = this.settings.form().isOpen() ? Pseudonyms.OPEN : Pseudonyms.of(hidden("secret"));
		runs = list();
		if (runs.isEmpty()) throw new IllegalArgumentException("form: " + input + " does not have the form " + this.settings
			.form() + ". Choose another form, or auto.");
	}

	private List<Run> list() throws IOException {
		return byPatient(settings.form().runs(root, files, names));
	}

	/** In the order of the patients' first runs. */
	private static List<Run> byPatient(final List<Run> runs) {
		final Map<String, List<Run>> patients = new LinkedHashMap<>();
		final Set<String> ids = new HashSet<>();
		for (final Run run : runs) {
			if (!ids.add(run.id())) throw new IllegalArgumentException("input: two runs would be named " + run.id() +
				". Prepare the folders that they are in one by one.");
			if (run.files().stream().map(Run.FrameFile::number).distinct().count() < run.files().size())
				throw new IllegalArgumentException("input: two frames of " + run.id() +
					" have the same number. Keep one of them.");
			patients.computeIfAbsent(run.patient(), p -> new ArrayList<>()).add(run);
		}
		return patients.values().stream().flatMap(List::stream).toList();
	}

	/** Form and set as they turned out to be. */
	public PreparationSettings settings() {
		return settings;
	}

	/** How many runs were found. */
	public int runs() {
		return runs.size();
	}

	/**
	 * Makes the set. To be called once.
	 *
	 * @param versions of the programs involved, by name
	 * @param unreadable so many files may be unreadable before the preparation gives up
	 * @param threads runs at once, 1 or more
	 * @param log is told of each unreadable file
	 * @throws CancellationException if the user asked to stop
	 * @throws IllegalArgumentException if another program has made files in the set's place, or runs it was made from are
	 *           not there any more
	 * @throws IOException if the disk refuses, too many files can't be read, or another run is making the set
	 */
	public PreparedSet run(final Map<String, String> versions, final int unreadable, final int threads,
		final Progress progress, final Consumer<String> log) throws IOException
	{
		final Path memory = hidden(settings.set() + ".jsonl");
		final Path folder = output.resolve(settings.set());
		if (Files.exists(folder) && !Files.exists(memory)) throw new IllegalArgumentException("set: " + folder +
			" is there already and was not made by this program. Choose another name for the set, or another output.");
		Files.createDirectories(memory.getParent());
		final Pseudonyms kept = names.keep(hidden("secret"));
		if (!kept.equals(names)) {
			names = kept;
			runs = list();
		}
		final Path work = hidden(settings.set() + ".work");
		final Provenance provenance = new Provenance(settings, versions, null, null);
		try (Ledger ledger = new Ledger(memory)) {
			FileTree.delete(work);
			final RunLedger finished = new RunLedger(ledger, output, settings.set(), provenance.sha256());
			finished.check(runs);
			final Settlement settlement = new Settlement(root, finished, settings, unreadable, log);
			final FileCount count = new FileCount(runs, progress);
			final RunWork runWork = new RunWork(settings, work, count);
			final Set<Run> skipped = finished.of(runs);
			InOrder.run(runs, threads, run -> skipped.contains(run) ? RunWork.Outcome.finished(run) : runWork.of(run),
				outcome -> {
					settlement.settle(outcome);
					if (outcome.isFinished()) count.skip(outcome.run());
					count.report(outcome.run());
				}, progress);
			FileTree.delete(work);
			if (settlement.settled() < runs.size()) throw new CancellationException(runs.size() - settlement.settled() +
				" runs are left; run again to go on");
			return finish(finished, provenance, skipped.size());
		}
	}

	private PreparedSet finish(final RunLedger ledger, final Provenance provenance, final int skipped) throws IOException {
		final List<RunReport> reports = new ArrayList<>();
		for (final Run run : runs)
			reports.add(ledger.report(run));
		SetTable.write(output.resolve(settings.set() + ".csv"), reports);
		// How often it was interrupted makes no difference to the set.
		Json.write(output.resolve(settings.set() + ".json"), new Manifest(FORMAT_VERSION, provenance, PreparedSet.of(settings,
			runs, reports, 0)));
		return PreparedSet.of(settings, runs, reports, skipped);
	}

	private Path hidden(final String name) {
		return output.resolve(HIDDEN).resolve(name);
	}
}
