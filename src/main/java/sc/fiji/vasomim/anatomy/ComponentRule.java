package sc.fiji.vasomim.anatomy;

/** Which connected components of the thresholded vesselness belong to the mask. */
public enum ComponentRule {
	/** The one that holds the largest response, the first in row order if there are several: the published rule. */
	PUBLISHED_SEED,
	/** The one of most px, the first in row order if there are several. */
	LARGEST,
	/** All of at least so many px. */
	AT_LEAST,
	/** All. */
	ALL
}
