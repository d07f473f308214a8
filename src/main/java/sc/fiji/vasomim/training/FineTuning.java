package sc.fiji.vasomim.training;

/**
 * How a network that begins with trained weights is kept from losing them.
 *
 * @param layerdecay factor of the learning rate from each transformer layer to the one below it (Clark et al. 2020), more
 *          than 0; 1: one rate for all
 * @param droppath chance that the last transformer block's branches are skipped for an image (Huang et al. 2016), in 0..1;
 *          it rises linearly from 0 in the first block; 0: none
 * @param frozen whether the encoder stays as it begins: no gradients, no drop path, BatchNorm by its running statistics
 * @param clip largest Euclidean norm of all gradients together; 0: not clipped
 */
public record FineTuning(double layerdecay, double droppath, boolean frozen, double clip) {

	/** Nothing of it. */
	public static final FineTuning NONE = new FineTuning(1, 0, false, 0);

	public FineTuning {
		Check.share("layerdecay", layerdecay);
		if (!(droppath >= 0 && droppath < 1)) throw new IllegalArgumentException(
			"droppath: must be 0 or more and less than 1, but was " + droppath);
		if (!(clip >= 0 && clip < Double.POSITIVE_INFINITY)) throw new IllegalArgumentException(
			"clip: must be 0 (no clipping) or more, but was " + clip);
	}
}
