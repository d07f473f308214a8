package sc.fiji.vasomim.guidance;

/** What guides the masks: VasoMIM's co-guidance, and the parts that its ablations leave. */
public enum GuidanceSource {

	/** Nothing: all hidden patches are drawn uniformly. */
	NONE,

	/** The filter's vascular mask alone, as eta = 1 in equation 1. */
	FILTER,

	/** The segmentor's probability alone, as eta = 0. */
	SEGMENTOR,

	/** Both, weighed by eta: co-guidance. */
	BOTH;

	public boolean needsFilter() {
		return this == FILTER || this == BOTH;
	}

	public boolean needsSegmentor() {
		return this == SEGMENTOR || this == BOTH;
	}
}
