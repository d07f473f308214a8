package sc.fiji.vasomim.curation;

import sc.fiji.vasomim.files.IntensityRule;

/**
 * What a prepared set depends on besides its source. Immutable.
 *
 * @param form of the source; null to recognise it
 * @param set the set's name; empty for that of the form
 * @param frames of a run at most, those that show most vessel; 0 for all that {@code share} lets through
 * @param share least vessel of a frame, as a share of that of its run's best, 0..1
 * @param duplicates correlation of 48 x 48 thumbnails, 0..1, from which two frames of a patient are alike and one is
 *          dropped
 * @param keyframes whether, of a run with key frames listed by the set's makers, just these are taken, whatever
 *          {@code frames} and {@code share}
 * @param vessels whether they are dark or bright
 */
public record PreparationSettings(SourceForm form, String set, int frames, double share, double duplicates,
	boolean keyframes, IntensityRule.Polarity vessels)
{

	public static final PreparationSettings DEFAULT = new PreparationSettings(null, "", 16, 0.5, 0.999, true,
		IntensityRule.Polarity.AUTO);

	public PreparationSettings {
		require(set.isEmpty() || set.matches("[A-Za-z0-9][A-Za-z0-9._-]*") && !set.matches(".*(_frangi|_filter_92)"),
			"set: must be a file name of letters, digits, '.', '_' and '-' that does not end like a folder of masks, " +
				"_frangi or _filter_92, but was " + set);
		require(frames >= 0, "frames: must be 0 (all) or more, but was " + frames);
		require(share >= 0 && share <= 1, "share: must lie in 0..1, but was " + share);
		require(duplicates >= 0 && duplicates <= 1, "duplicates: must be a correlation, 0..1, but was " + duplicates);
		require(vessels != null, "vessels: must be AUTO, DARK or BRIGHT, but is missing");
	}

	/** With form and name as they turned out to be. */
	PreparationSettings of(final SourceForm found) {
		return new PreparationSettings(found, set.isEmpty() ? found.toString() : set, frames, share, duplicates, keyframes,
			vessels);
	}

	private static void require(final boolean condition, final String message) {
		if (!condition) throw new IllegalArgumentException(message);
	}
}
