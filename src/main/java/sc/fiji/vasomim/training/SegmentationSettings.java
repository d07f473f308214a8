package sc.fiji.vasomim.training;

import java.util.List;

import sc.fiji.vasomim.dataset.Augmentation;
import sc.fiji.vasomim.model.SegmentationNetwork;
import sc.fiji.vasomim.model.UNet;

/**
 * How a segmentation network is trained.
 *
 * @param network what is trained
 * @param epochs passes over the data
 * @param warmup epochs over which the learning rate rises from 0; then half a cosine to 0
 * @param batch images a step
 * @param rate AdamW's learning rate after the warm-up
 * @param decay AdamW's weight decay of kernels
 * @param average decay a step of the moving average that becomes the model; 0: the last weights
 * @param augmentation how much images are changed at random
 * @param validateevery epochs between looks at the validation images
 * @param saveevery epochs between step folders
 * @param seed of all draws
 * @param device auto, cpu, gpu0, ...
 * @param precision of convolutions: auto (bfloat16 on a GPU, else float32), float32 or bfloat16
 */
public record SegmentationSettings(SegmentationNetwork network, int epochs, int warmup, int batch, double rate, double decay,
	double average, Augmentation augmentation, int validateevery, int saveevery, long seed, String device,
	String precision)
{

	/** The light U-Net at 256 px for vessels. */
	public static final SegmentationSettings LIGHT = new SegmentationSettings(new UNet(UNet.LIGHT, List.of("vessel"), 256), 60, 2, 8,
		3e-3, 1e-2, 0.998, Augmentation.ANGIOGRAM, 1, 1, 0, "auto", "auto");

	public SegmentationSettings {
		Check.atLeast("epochs", epochs, 1);
		if (warmup < 0 || warmup >= epochs) throw new IllegalArgumentException("warmup: must lie in 0.." + (epochs - 1) +
			", less than the epochs, but was " + warmup);
		Check.atLeast("batch", batch, 1);
		Check.positive("rate", rate);
		if (!(decay >= 0 && decay < 1)) throw new IllegalArgumentException("decay: must lie in 0..1, but was " + decay);
		if (!(average >= 0 && average < 1)) throw new IllegalArgumentException(
			"average: must be 0 or more and less than 1, but was " + average);
		Check.atLeast("validateevery", validateevery, 1);
		Check.atLeast("saveevery", saveevery, 1);
	}
}
