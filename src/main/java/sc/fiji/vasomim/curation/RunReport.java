package sc.fiji.vasomim.curation;

import java.util.List;

import sc.fiji.vasomim.batch.FolderRun;

/**
 * What became of a run; kept in the ledger.
 *
 * @param frames that were read
 * @param duplicates frames left out because they are like one that was chosen
 * @param inverted read files whose vessels were bright
 * @param unlikely read files that do not look like angiograms
 * @param rows the frames in the set
 * @param failures files that could not be read, and why, without their places on the disk
 */
record RunReport(int frames, int duplicates, int inverted, int unlikely, List<Row> rows,
	List<FolderRun.Failure> failures)
{

	/**
	 * A frame in the set; a line of its table.
	 *
	 * @param name of image and mask, without ending
	 * @param source the file it is from: its path in a public set, else a hash
	 * @param frame its number in the run
	 * @param vessel as {@link VesselEnergy} has it
	 */
	record Row(String name, String source, String patient, String run, int frame, double vessel) {}

	/** With fewer rows: the others are duplicates of the patient's earlier runs. */
	RunReport keeping(final List<Row> kept) {
		return new RunReport(frames, duplicates + rows.size() - kept.size(), inverted, unlikely, kept, failures);
	}
}
