package sc.fiji.vasomim.metrics;

/**
 * A box that was found.
 *
 * @param label number of its class, 1 or more
 * @param score how sure the network is, 0..1
 */
public record Detection(Box box, int label, double score) {

	public Detection {
		if (Double.isNaN(score)) throw new IllegalArgumentException("score: must be a number, but was NaN");
	}
}
