package sc.fiji.vasomim.guidance;

/**
 * All that decides which patches are hidden, the seed aside.
 *
 * @param schedule how many patches are hidden, and how many of them by guidance. Constant if start equals end, strong
 *          to weak if it is larger
 * @param source what guides
 * @param eta the filter's weight in the guidance map, 0..1 (equation 1); only {@link GuidanceSource#BOTH} uses it
 * @param sampling how guided patches are drawn
 */
public record MaskingSettings(MaskSchedule schedule, GuidanceSource source, double eta, PatchSampling sampling) {

	/** As published. */
	public static final MaskingSettings VASOMIM = new MaskingSettings(MaskSchedule.VASOMIM, GuidanceSource.BOTH, 0.5,
		PatchSampling.PROPORTIONAL);

	public MaskingSettings {
		if (!(eta >= 0 && eta <= 1)) throw new IllegalArgumentException("eta: must lie in 0..1, but was " + eta +
			"; the paper uses 0.5");
	}

	/** The filter's weight with this source: what equation 1 takes as eta. */
	public double filterWeight() {
		return switch (source) {
			case FILTER -> 1;
			case SEGMENTOR -> 0;
			case NONE, BOTH -> eta;
		};
	}

	/** As {@link MaskSchedule#guided}, but 0 without guidance. */
	public int guided(final int patches, final int epoch, final int epochs) {
		return source == GuidanceSource.NONE ? 0 : schedule.guided(patches, epoch, epochs);
	}
}
