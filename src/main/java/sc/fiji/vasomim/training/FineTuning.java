package sc.fiji.vasomim.training;

import java.nio.file.Path;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

import sc.fiji.vasomim.model.EncoderNetwork;
import sc.fiji.vasomim.model.ParameterSpec;
import sc.fiji.vasomim.training.AdamW.Rule;

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

	/** @param start the file of trained weights; null: there is none */
	void requireStart(final Path start) {
		if (start == null && frozen) throw new IllegalArgumentException(
			"frozen: an encoder that is drawn at random must be trained. Name a start file, or do not freeze it.");
	}

	/** How a parameter is moved. @param decay weight decay of those that the network lets decay */
	Rule rule(final EncoderNetwork network, final ParameterSpec parameter, final double decay) {
		if (frozen && network.encodes(parameter.name())) return Rule.FROZEN;
		return new Rule(Math.pow(layerdecay, network.layersAbove(parameter.name())), network.decays(parameter) ? decay : 0);
	}

	/** What {@link DropPath} draws; a frozen encoder is not disturbed. */
	NDArray branches(final NDManager scope, final long seed, final int epoch, final int[] images, final int depth) {
		return DropPath.draw(scope, seed, epoch, images, depth, frozen ? 0 : droppath);
	}
}
