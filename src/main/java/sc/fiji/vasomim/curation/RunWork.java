package sc.fiji.vasomim.curation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.vasomim.anatomy.VascularMask;
import sc.fiji.vasomim.anatomy.VascularMaskSettings;
import sc.fiji.vasomim.batch.FolderRun;
import sc.fiji.vasomim.curation.Run.FrameFile;
import sc.fiji.vasomim.dataset.Thumbnail;
import sc.fiji.vasomim.dataset.XaLayout;
import sc.fiji.vasomim.files.ImageFile;
import sc.fiji.vasomim.files.IntensityRule;

/**
 * One run, up to the point where its chosen frames and their masks lie ready in a folder of their own: all frames are
 * measured first, the chosen ones of a run of many files then read once more, so that memory holds one file. Many
 * threads share one instance.
 */
record RunWork(PreparationSettings settings, Path work, FileCount count) {

	/**
	 * @param thumbnails of the report's rows
	 * @param ready the folder with {@code set/NAME.png} and {@code set_frangi/NAME.png}
	 */
	record Outcome(Run run, RunReport report, List<Thumbnail> thumbnails, Path ready) {

		/** Of a run that is in the set already. */
		static Outcome finished(final Run run) {
			return new Outcome(run, null, null, null);
		}

		boolean isFinished() {
			return report == null;
		}
	}

	/** @return null if the user asked to stop */
	Outcome of(final Run run) throws IOException {
		try {
			return work(run);
		}
		catch (final RuntimeException e) {
			throw new IllegalStateException("run " + run.id() + ": " + e, e);
		}
	}

	private Outcome work(final Run run) throws IOException {
		final RunFrames frames = new RunFrames(run, new IntensityRule(settings.vessels()));
		final List<Candidate> candidates = new ArrayList<>();
		final List<FolderRun.Failure> failures = new ArrayList<>();
		int inverted = 0, unlikely = 0;
		for (int file = 0; file < run.files().size(); file++) {
			if (count.isCanceled()) return null;
			count.add(run);
			if (isLeftOut(run, file)) continue;
			try {
				final IntensityRule.Result grey = frames.of(file);
				measure(grey, file, run.files().get(file).key(), candidates);
				if (grey.applied().inverted()) inverted++;
				if (!grey.applied().warnings().isEmpty()) unlikely++;
			}
			catch (final IOException e) {
				failures.add(failure(run.files().get(file), e));
			}
		}
		final Candidate.Choice choice = Candidate.choose(candidates, settings);
		final Path ready = Files.createTempDirectory(Files.createDirectories(work), "run");
		final List<RunReport.Row> rows = new ArrayList<>();
		final List<Thumbnail> thumbnails = new ArrayList<>();
		for (final Candidate candidate : choice.chosen()) {
			if (count.isCanceled()) return null;
			final FrameFile file = run.files().get(candidate.file());
			final int number = file.number() + candidate.plane();
			final IntensityRule.Result grey;
			try {
				grey = frames.of(candidate.file());
			}
			catch (final IOException e) {
				// It could be read a moment ago; the second time is no other failure than the first.
				failures.add(failure(file, e));
				continue;
			}
			write(grey.planes().get(candidate.plane()), ready, run.stem(number));
			thumbnails.add(candidate.thumbnail());
			rows.add(new RunReport.Row(run.stem(number), file.source(), run.patient(), run.name(), number, candidate
				.vessel()));
		}
		return new Outcome(run, new RunReport(candidates.size(), choice.duplicates(), inverted, unlikely, rows, failures),
			thumbnails, ready);
	}

	/** What cannot be chosen need not be read. */
	private boolean isLeftOut(final Run run, final int file) {
		return settings.keyframes() && !run.files().get(file).key() && run.files().stream().anyMatch(FrameFile::key);
	}

	private static void measure(final IntensityRule.Result grey, final int file, final boolean key,
		final List<Candidate> candidates)
	{
		for (int i = 0; i < grey.planes().size(); i++) {
			final RandomAccessibleInterval<UnsignedByteType> plane = grey.planes().get(i);
			candidates.add(new Candidate(file, i, key, VesselEnergy.of(plane), new Thumbnail(plane)));
		}
	}

	private void write(final RandomAccessibleInterval<UnsignedByteType> frame, final Path ready, final String name)
		throws IOException
	{
		ImageFile.writePng(XaLayout.image(ready, settings.set(), name), frame);
		ImageFile.writePng(XaLayout.mask(ready, settings.set(), name), VascularMask.compute(frame,
			VascularMaskSettings.VASOMIM));
	}

	/** Names the file as the table would. */
	private static FolderRun.Failure failure(final FrameFile file, final IOException e) {
		final String reason = String.valueOf(e.getMessage()).replace(file.path().toString(), file.source());
		return new FolderRun.Failure(file.source(), reason.replaceAll("\\s*[\\r\\n]+\\s*", " "));
	}
}
