package sc.fiji.vasomim.curation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import sc.fiji.vasomim.batch.FolderRun;
import sc.fiji.vasomim.dataset.Thumbnail;
import sc.fiji.vasomim.files.FileTree;

/** Takes run after run into the set, without what the patient's earlier runs show already. For one thread. */
final class Settlement {

	private final Path input;

	private final RunLedger ledger;

	private final PatientFrames frames;

	private final int unreadable;

	private final Consumer<String> log;

	private Run previous;

	private int settled;

	private int failed;

	/**
	 * @param input the folder that the log names files in
	 * @param unreadable so many files may be unreadable
	 */
	Settlement(final Path input, final RunLedger ledger, final PreparationSettings settings, final int unreadable,
		final Consumer<String> log)
	{
		this.input = input;
		this.ledger = ledger;
		this.unreadable = unreadable;
		this.log = log;
		frames = new PatientFrames(settings.duplicates());
	}

	/** @throws IOException if the disk refuses, or by now too many files could not be read */
	void settle(final RunWork.Outcome outcome) throws IOException {
		final Run run = outcome.run();
		frames.begin(run.patient());
		if (outcome.isFinished()) for (final Path image : ledger.images(run))
			frames.add(image);
		else {
			final boolean first = previous == null || !previous.patient().equals(run.patient());
			ledger.publish(run, first ? null : previous, withoutDuplicates(outcome), outcome.ready());
			FileTree.delete(outcome.ready());
			tell(run, outcome.report().failures());
		}
		previous = run;
		settled++;
	}

	/** How many runs. */
	int settled() {
		return settled;
	}

	private RunReport withoutDuplicates(final RunWork.Outcome outcome) throws IOException {
		final List<RunReport.Row> kept = new ArrayList<>();
		final List<Thumbnail> added = new ArrayList<>();
		for (int i = 0; i < outcome.thumbnails().size(); i++) {
			if (frames.holdsLike(outcome.thumbnails().get(i))) continue;
			kept.add(outcome.report().rows().get(i));
			added.add(outcome.thumbnails().get(i));
		}
		added.forEach(frames::add);
		return outcome.report().keeping(kept);
	}

	/** The log, unlike the set, is for those who have the source: they must find the file. */
	private String place(final Run run, final String source) {
		return run.files().stream().filter(file -> file.source().equals(source)).map(file -> input.relativize(file.path()))
			.findFirst().orElseThrow().toString();
	}

	private void tell(final Run run, final List<FolderRun.Failure> failures) throws IOException {
		for (final FolderRun.Failure failure : failures)
			log.accept("Left out " + place(run, failure.input()) + ": " + failure.reason());
		failed += failures.size();
		if (failed > unreadable) throw new IOException("unreadable: " + failed + " files could not be read, more than " +
			unreadable + "; the last one: " + failures.get(failures.size() - 1).reason() +
			". Check the disk, or allow more.");
	}
}
