package sc.fiji.vasomim.model;

/**
 * In what vision transformers of other projects differ from the plain one, as far as it can't be worked into their
 * weights when they are imported.
 *
 * @param positions how a token knows its place
 * @param registers learned tokens without a place, between the class token and the patches (Darcet et al. 2024): DINOv2's
 *          registers, DINOv3's storage tokens
 * @param epsilon what LayerNorm adds to variances
 * @param unnormed whether no LayerNorm comes behind the last block: in classifiers of the tokens' mean it comes behind
 *          the mean
 */
public record VitOptions(Positions positions, int registers, double epsilon, boolean unnormed) {

	/** How a token knows its place. */
	public enum Positions {
		/** a vector for each patch and the class token, added once to the tokens */
		TABLE,
		/**
		 * a bias of each block's attention by the distance of two patches along both axes (BEiT, SimMIM), a head at a time;
		 * three more for the class token as query, as key and as both
		 */
		RELATIVE,
		/**
		 * queries and keys of patches turned by angles that grow along both axes (DINOv3); the centres of the image's first
		 * and last patches lie just inside of -1 and 1, whatever its size
		 */
		ROTARY
	}

	private static final double USUAL_EPSILON = 1e-6;

	/** The plain vision transformer's. */
	public static final VitOptions PLAIN = new VitOptions(Positions.TABLE, 0, USUAL_EPSILON);

	/** With a last LayerNorm. */
	public VitOptions(final Positions positions, final int registers, final double epsilon) {
		this(positions, registers, epsilon, false);
	}

	public VitOptions {
		if (positions == null) throw new IllegalArgumentException("positions: must be one of TABLE, RELATIVE, ROTARY");
		if (registers < 0 || registers > 64) throw new IllegalArgumentException("registers: must lie in 0..64, but was " +
			registers);
		if (positions == Positions.RELATIVE && registers > 0) throw new IllegalArgumentException(
			"registers: must be 0 with relative positions, which know patches and a class token alone, but was " + registers);
		if (!(epsilon > 0 && epsilon <= 1e-3)) throw new IllegalArgumentException(
			"epsilon: must lie in 0..0.001, above 0, but was " + epsilon);
	}
}
