package sc.fiji.vasomim.guidance;

/**
 * All that decides which patches are hidden, the seed aside. What a source does not use becomes what it amounts to, so
 * that settings of equal masks are equal.
 *
 * @param schedule how many patches are hidden, and how many of them by guidance. Constant if start equals end, strong
 *          to weak if it is larger
 * @param source what guides
 * @param eta the filter's weight in the guidance map, 0..1 (equation 1); 1 for {@link GuidanceSource#FILTER}, 0 for
 *          {@link GuidanceSource#SEGMENTOR}, whatever is given
 * @param sampling how guided patches are drawn
 */
public record MaskingSettings(MaskSchedule schedule, GuidanceSource source, double eta, PatchSampling sampling) {

	/** As published. */
	public static final MaskingSettings VASOMIM = new MaskingSettings(MaskSchedule.VASOMIM, GuidanceSource.BOTH, 0.5,
		PatchSampling.PROPORTIONAL);

	public MaskingSettings {
		if (!(eta >= 0 && eta <= 1)) throw new IllegalArgumentException("eta: must lie in 0..1, but was " + eta +
			"; the paper uses 0.5");
		if (source != GuidanceSource.BOTH) eta = source == GuidanceSource.FILTER ? 1 : 0;
		if (source == GuidanceSource.NONE) {
			schedule = new MaskSchedule(schedule.maskRatio(), 0, 0);
			sampling = PatchSampling.PROPORTIONAL;
		}
	}

	/** Whether there is a source, but never a patch for it to choose. */
	public boolean guidesNothing() {
		return source != GuidanceSource.NONE && schedule.start() == 0 && schedule.end() == 0;
	}
}
