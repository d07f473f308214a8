package sc.fiji.vasomim.training;

import sc.fiji.vasomim.dataset.Augmentation;
import sc.fiji.vasomim.model.SegmentationNetwork;

/**
 * How a segmentation network is trained.
 *
 * @param network what is trained
 * @param epochs passes over the data
 * @param warmup epochs over which the learning rate rises from 0; then half a cosine to 0
 * @param batch images a step
 * @param rate AdamW's learning rate after the warm-up
 * @param decay AdamW's weight decay of matrices and kernels, not of biases, norms, class token and positions
 * @param average decay a step of the moving average that becomes the model; 0: the last weights
 * @param finetuning how trained weights are kept from being lost
 * @param loss what is minimised
 * @param augmentation how much images are changed at random
 * @param validateevery epochs between looks at the validation images
 * @param saveevery epochs between step folders
 * @param seed of all draws
 * @param device auto, cpu, gpu0, ...
 * @param precision of convolutions: auto (bfloat16 on a GPU, else float32), float32 or bfloat16
 */
public record SegmentationSettings(SegmentationNetwork network, int epochs, int warmup, int batch, double rate,
	double decay, double average, FineTuning finetuning, SegmentationLoss loss, Augmentation augmentation,
	int validateevery, int saveevery, long seed, String device, String precision) implements SupervisedSettings
{

	/** Floats that the engine takes in one tensor. */
	private static final long MOST = 1L << 29;

	public SegmentationSettings {
		Check.oneDevice(device);
		if (network == null || finetuning == null || loss == null || augmentation == null)
			throw new IllegalArgumentException("network, finetuning, loss, augmentation: none may be null");
		SupervisedSettings.check(epochs, warmup, batch, rate, decay, average, validateevery, saveevery);
		final int size = network.size();
		// BatchNorm at the coarsest scale has no variance over a single value.
		if (batch == 1 && size / network.stride() < 2) throw new IllegalArgumentException(
			"batch: must be 2 or more for images of " + size + " px, but was 1");
		if ((long) batch * size * size > MOST) throw new IllegalArgumentException("batch: must be " + MOST / size / size +
			" or less for images of " + size + " px, but was " + batch);
		if (network.heads() == 0 && finetuning.droppath() > 0) throw new IllegalArgumentException(
			"droppath: must be 0 for a network without a transformer, as " + network.architecture() + ", but was " + finetuning
				.droppath());
		if (network.heads() == 0 && finetuning.layerdecay() < 1) throw new IllegalArgumentException(
			"layerdecay: must be 1 for a network without a transformer, as " + network.architecture() + ", but was " +
				finetuning.layerdecay());
	}

	/** From scratch, with cross-entropy and Dice. */
	public SegmentationSettings(final SegmentationNetwork network, final int epochs, final int warmup, final int batch,
		final double rate, final double decay, final double average, final Augmentation augmentation,
		final int validateevery, final int saveevery, final long seed, final String device, final String precision)
	{
		this(network, epochs, warmup, batch, rate, decay, average, FineTuning.NONE, SegmentationLoss.DICE, augmentation,
			validateevery, saveevery, seed, device, precision);
	}

	@Override
	public SegmentationSettings withSeed(final long other) {
		return new SegmentationSettings(network, epochs, warmup, batch, rate, decay, average, finetuning, loss, augmentation,
			validateevery, saveevery, other, device, precision);
	}
}
