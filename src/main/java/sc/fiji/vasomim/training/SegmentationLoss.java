package sc.fiji.vasomim.training;

import java.util.Arrays;

/**
 * What training a segmentation network minimises: cross-entropy + (1 - cldice) x Dice loss + cldice x soft clDice loss.
 *
 * @param cldice weight of the soft clDice loss (Shit et al. 2021) against the Dice loss, 0..1
 * @param iterations of its soft skeleton; at least the radius of the widest vessel at the network's size, in px
 * @param balance how much rare classes count in the cross-entropy
 */
public record SegmentationLoss(double cldice, int iterations, ClassBalance balance) {

	/** Cross-entropy and Dice, one to one. */
	public static final SegmentationLoss DICE = new SegmentationLoss(0, 10, ClassBalance.NONE);

	public SegmentationLoss {
		if (!(cldice >= 0 && cldice <= 1)) throw new IllegalArgumentException("cldice: must lie in 0..1, but was " +
			cldice);
		if (iterations < 0 || iterations > 1000) throw new IllegalArgumentException(
			"iterations: must lie in 0..1000, but was " + iterations);
		if (balance == null) throw new IllegalArgumentException("balance: must be one of " + Arrays.asList(ClassBalance
			.values()) + ", but was null");
	}
}
