package sc.fiji.vasomim.training;

import java.util.Locale;

import sc.fiji.vasomim.guidance.MaskingSettings;
import sc.fiji.vasomim.model.MaskedAutoencoder;

/**
 * How VasoMIM is pre-trained. {@link #VASOMIM} is the published recipe; {@link PretrainingPreset} has its relatives.
 *
 * @param network the autoencoder; it says whether the target is pixels or patches normalised by their own statistics
 * @param epochs passes over the data
 * @param warmup epochs over which the learning rate rises from 0
 * @param batch images a step, on all devices together
 * @param baserate learning rate for 256 images a step; scaled by batch / 256
 * @param decay AdamW's weight decay of matrices and kernels
 * @param clip largest norm of all gradients together; 0: not clipped
 * @param masking how many patches are hidden, how many of them by guidance, and what guides
 * @param consistency weight of the anatomical consistency loss (equation 4); 0 switches it off
 * @param minscale smallest share of an image's area that a crop covers
 * @param share of the images to learn from, in (0, 1]
 * @param microbatch images that a device holds at once; 0: its whole part of the batch. Gradients are added up, so it
 *          changes the result by rounding only
 * @param saveevery epochs between step folders, of which the last two are kept
 * @param keepevery epochs between step folders that stay for good, a multiple of {@code saveevery}; 0: none
 * @param seed of all draws
 * @param device auto, cpu, gpu0, ..., or several with commas: each takes an equal part of the batch
 * @param precision of matrix products: auto (bfloat16 on a GPU, else float32), float32 or bfloat16
 */
public record PretrainingSettings(MaskedAutoencoder network, int epochs, int warmup, int batch, double baserate,
	double decay, double clip, MaskingSettings masking, double consistency, double minscale, double share,
	int microbatch, int saveevery, int keepevery, long seed, String device, String precision)
{

	/** The published recipe, for eight GPUs. */
	public static final PretrainingSettings VASOMIM = new PretrainingSettings(MaskedAutoencoder.Variant.BASE.forSize(224),
		800, 40, 2048, 1.5e-4, 0.05, 0, MaskingSettings.VASOMIM, 1, 0.2, 1, 0, 20, 0, 0, "auto", "auto");

	/** AdamW's first and second moment decay (He et al. 2022). */
	static final double BETA1 = 0.9;

	static final double BETA2 = 0.95;

	public PretrainingSettings {
		Check.multiple("size", network.size(), 32);
		masking.schedule().checkVisible(network.patches());
		if (masking.guidesNothing()) throw new IllegalArgumentException("guidance: by " + masking.source().name().toLowerCase(
			Locale.ROOT) + ", guides no patch, for guidedstart and guidedend are 0. Add guidedend=0.5, as the paper has it, or choose none.");
		Check.atLeast("epochs", epochs, 1);
		if (warmup < 0 || warmup >= epochs) throw new IllegalArgumentException("warmup: must lie in 0.." + (epochs - 1) +
			", less than the epochs, but was " + warmup);
		Check.atLeast("batch", batch, 1);
		Check.positive("baserate", baserate);
		if (!(decay >= 0 && decay < 1)) throw new IllegalArgumentException("decay: must lie in 0..1, but was " + decay +
			"; the paper uses 0.05");
		if (!(clip >= 0 && clip < Double.POSITIVE_INFINITY)) throw new IllegalArgumentException(
			"clip: must be 0 or more, but was " + clip + "; the paper does not clip (0)");
		if (!(consistency >= 0 && consistency < Double.POSITIVE_INFINITY)) throw new IllegalArgumentException(
			"consistency: must be 0 or more, but was " + consistency + "; the paper uses 1");
		Check.share("minscale", minscale);
		Check.share("share", share);
		Check.atLeast("microbatch", microbatch, 0);
		Check.atLeast("saveevery", saveevery, 1);
		if (keepevery < 0 || keepevery % saveevery != 0) throw new IllegalArgumentException(
			"keepevery: must be 0 or a multiple of saveevery, " + saveevery + ", but was " + keepevery);
	}

	/** The learning rate after the warm-up. */
	public double peakRate() {
		return baserate * batch / 256;
	}

	/** Whether anything of it looks at images with the segmentor. */
	public boolean needsSegmentor() {
		return masking.source().needsSegmentor() || consistency > 0;
	}
}
