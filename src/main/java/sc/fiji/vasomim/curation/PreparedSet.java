package sc.fiji.vasomim.curation;

import java.util.ArrayList;
import java.util.List;

import sc.fiji.vasomim.batch.FolderRun;
import sc.fiji.vasomim.batch.PartialResult;

/**
 * What a set holds, whether this time or an earlier one put it there.
 *
 * @param form that was chosen or recognised
 * @param set its name
 * @param frames that were read
 * @param kept images, and masks, in the set
 * @param duplicates frames dropped because they are like a kept one of the same patient
 * @param inverted files whose vessels were bright
 * @param unlikely files that do not look like angiograms
 * @param skipped runs that were finished at an earlier time
 * @param failed files that could not be read
 * @param failures they, and why
 */
public record PreparedSet(String form, String set, int patients, int runs, long frames, long kept, long duplicates,
	long inverted, long unlikely, int skipped, int failed, List<FolderRun.Failure> failures) implements PartialResult
{

	static PreparedSet of(final PreparationSettings settings, final List<Run> runs, final List<RunReport> reports,
		final int skipped)
	{
		final List<FolderRun.Failure> failures = new ArrayList<>();
		long frames = 0, kept = 0, duplicates = 0, inverted = 0, unlikely = 0;
		for (final RunReport report : reports) {
			frames += report.frames();
			kept += report.rows().size();
			duplicates += report.duplicates();
			inverted += report.inverted();
			unlikely += report.unlikely();
			failures.addAll(report.failures());
		}
		return new PreparedSet(settings.form().toString(), settings.set(), (int) runs.stream().map(Run::patient).distinct()
			.count(), runs.size(), frames, kept, duplicates, inverted, unlikely, skipped, failures.size(), failures);
	}
}
