package sc.fiji.vasomim.training;

import sc.fiji.vasomim.guidance.MaskSchedule;
import sc.fiji.vasomim.model.MaskedAutoencoder;

/**
 * How VasoMIM is pre-trained. {@link #VASOMIM} is the published recipe.
 *
 * @param network the autoencoder
 * @param epochs passes over the data
 * @param warmup epochs over which the learning rate rises from 0
 * @param batch images a step
 * @param baserate learning rate for 256 images a step; scaled by batch / 256
 * @param decay AdamW's weight decay of matrices and kernels
 * @param masking how many patches are hidden, and how many of them by guidance
 * @param eta weight of the filter's mask in the guidance map against the segmentor's probability (equation 1)
 * @param consistency weight of the anatomical consistency loss (equation 4)
 * @param minscale smallest share of an image's area that a crop covers
 * @param saveevery epochs between step folders
 * @param seed of all draws
 * @param device auto, cpu, gpu0, ...
 * @param precision of matrix products: auto (bfloat16 on a GPU, else float32), float32 or bfloat16
 */
public record PretrainingSettings(MaskedAutoencoder network, int epochs, int warmup, int batch, double baserate,
	double decay, MaskSchedule masking, double eta, double consistency, double minscale, int saveevery, long seed,
	String device, String precision)
{

	/** The published recipe, for eight GPUs. */
	public static final PretrainingSettings VASOMIM = new PretrainingSettings(MaskedAutoencoder.Variant.BASE.forSize(224),
		800, 40, 2048, 1.5e-4, 0.05, MaskSchedule.VASOMIM, 0.5, 1, 0.2, 20, 0, "auto", "auto");

	/** AdamW's first and second moment decay (He et al. 2022). */
	static final double BETA1 = 0.9;

	static final double BETA2 = 0.95;

	public PretrainingSettings {
		Check.multiple("size", network.size(), 32);
		masking.checkVisible(network.patches());
		Check.atLeast("epochs", epochs, 1);
		if (warmup < 0 || warmup >= epochs) throw new IllegalArgumentException("warmup: must lie in 0.." + (epochs - 1) +
			", less than the epochs, but was " + warmup);
		Check.atLeast("batch", batch, 1);
		Check.positive("baserate", baserate);
		if (!(decay >= 0 && decay < 1)) throw new IllegalArgumentException("decay: must lie in 0..1, but was " + decay +
			"; the paper uses 0.05");
		if (!(eta >= 0 && eta <= 1)) throw new IllegalArgumentException("eta: must lie in 0..1, but was " + eta +
			"; the paper uses 0.5");
		if (!(consistency >= 0 && consistency < Double.POSITIVE_INFINITY)) throw new IllegalArgumentException(
			"consistency: must be 0 or more, but was " + consistency + "; the paper uses 1");
		Check.share("minscale", minscale);
		Check.atLeast("saveevery", saveevery, 1);
	}

	/** The learning rate after the warm-up. */
	public double peakRate() {
		return baserate * batch / 256;
	}
}
