package sc.fiji.vasomim.guidance;

import java.util.stream.IntStream;

/**
 * How many of an image's hidden patches contain vessel, by the filter's mask, over the epochs.
 *
 * @param epochs the epochs, from 1
 * @param hidden the share of the hidden patches that contain vessel, in each of them; mean of {@link #DRAWS} masks
 * @param all the share of all patches that do: what random masks have on average
 */
public record VesselShare(int[] epochs, double[] hidden, double all) {

	/** Enough for a standard error below 0.01 at 98 hidden patches. */
	public static final int DRAWS = 64;

	/**
	 * @param epochs of the pre-training
	 * @param shown which of them, from 1
	 */
	public static VesselShare of(final CoGuidance guidance, final PatchGuidance guide, final MaskingSettings masking,
		final int epochs, final long seed, final int[] shown)
	{
		final boolean[] vessel = guide.vessel();
		final int[] draws = IntStream.range(0, DRAWS).toArray();
		final double[] hidden = IntStream.of(shown).mapToDouble(epoch -> guidance.sample(guide, masking, epoch - 1, epochs,
			seed, draws).stream().mapToDouble(mask -> mask.share(vessel)).average().orElseThrow()).toArray();
		return new VesselShare(shown, hidden, guide.vesselShare());
	}
}
