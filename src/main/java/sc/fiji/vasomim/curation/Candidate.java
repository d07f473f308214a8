package sc.fiji.vasomim.curation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import sc.fiji.vasomim.dataset.Thumbnail;

/**
 * A frame of a run, measured.
 *
 * @param file which of the run's files it is in
 * @param plane which of the file's frames it is
 * @param key whether the set's makers listed it
 * @param vessel as {@link VesselEnergy} has it
 */
record Candidate(int file, int plane, boolean key, double vessel, Thumbnail thumbnail) {

	/**
	 * @param chosen in the order of time
	 * @param duplicates how many would have been chosen if they were not like a chosen one
	 */
	record Choice(List<Candidate> chosen, int duplicates) {}

	/**
	 * The frames of a run that are worth having: from the one with most vessel down, each that is not like one before.
	 * Where key frames are wanted and listed, all of them. A frame without any structure is never chosen.
	 */
	static Choice choose(final List<Candidate> run, final PreparationSettings settings) {
		final boolean keyed = settings.keyframes() && run.stream().anyMatch(Candidate::key);
		final int limit = keyed || settings.frames() == 0 ? Integer.MAX_VALUE : settings.frames();
		// The sort is stable: of equals, the earlier frame comes first.
		final List<Candidate> best = run.stream().filter(frame -> frame.vessel > 0 && (!keyed || frame.key)).sorted(Comparator
			.comparingDouble(Candidate::vessel).reversed()).toList();
		final List<Candidate> chosen = new ArrayList<>();
		int duplicates = 0;
		for (final Candidate frame : best) {
			if (chosen.size() == limit || !keyed && frame.vessel < settings.share() * best.get(0).vessel) break;
			if (chosen.stream().anyMatch(c -> frame.thumbnail.isLike(c.thumbnail, settings.duplicates()))) duplicates++;
			else chosen.add(frame);
		}
		chosen.sort(Comparator.comparingInt(Candidate::file).thenComparingInt(Candidate::plane));
		return new Choice(chosen, duplicates);
	}
}
