package sc.fiji.vasomim.figure;

import java.util.stream.IntStream;

import sc.fiji.vasomim.guidance.CoGuidance;
import sc.fiji.vasomim.guidance.PatchGuidance;
import sc.fiji.vasomim.guidance.PatchMask;

/**
 * How many of an image's hidden patches contain vessel, by the filter's mask, over the epochs.
 *
 * @param epochs the epochs, from 1
 * @param hidden the share of the hidden patches that contain vessel, in each of them; mean of {@link #DRAWS} masks
 * @param all the share of all patches that do: what random masks have on average
 */
record VesselShare(int[] epochs, double[] hidden, double all) {

	/** Enough for a standard error below 0.01 at 98 hidden patches. */
	static final int DRAWS = 64;

	/** @param epochs which of the settings' epochs, from 1 */
	static VesselShare of(final CoGuidance guidance, final PatchGuidance guide, final CoGuidanceFigures.Settings settings,
		final int[] epochs)
	{
		final boolean[] vessel = guide.vessel();
		final int[] draws = IntStream.range(0, DRAWS).toArray();
		final double[] hidden = IntStream.of(epochs).mapToDouble(epoch -> guidance.sample(guide, settings.masking(),
			epoch - 1, settings.epochs(), settings.seed(), draws).stream().mapToDouble(mask -> mask.share(vessel)).average()
			.orElseThrow()).toArray();
		return new VesselShare(epochs, hidden, share(vessel));
	}

	static double share(final boolean[] vessel) {
		return IntStream.range(0, vessel.length).filter(i -> vessel[i]).count() / (double) vessel.length;
	}
}
