package sc.fiji.vasomim.training;

import java.util.List;

import sc.fiji.vasomim.dataset.ScaleJitter;
import sc.fiji.vasomim.model.FasterRcnn;

/**
 * How a detector is trained.
 *
 * @param network what is trained
 * @param epochs passes over the data
 * @param warmup epochs over which the learning rate rises from 0
 * @param batch images a step
 * @param rate AdamW's learning rate after the warm-up
 * @param schedule how it falls then
 * @param decay AdamW's weight decay of all but the encoder's norms and positions
 * @param average decay a step of the moving average that becomes the model; 0: the last weights
 * @param finetuning how trained weights are kept from being lost
 * @param jitter how much images are resized at random
 * @param validateevery epochs between looks at the validation images
 * @param saveevery epochs between step folders
 * @param seed of all draws
 * @param device auto, cpu, gpu0, ...
 * @param precision of matrix products: auto (bfloat16 on a GPU, else float32), float32 or bfloat16
 */
public record DetectionSettings(FasterRcnn network, int epochs, int warmup, int batch, double rate,
	RateSchedule schedule, double decay, double average, FineTuning finetuning, ScaleJitter jitter, int validateevery,
	int saveevery, long seed, String device, String precision) implements SupervisedSettings
{

	public DetectionSettings {
		if (network == null || schedule == null || finetuning == null || jitter == null)
			throw new IllegalArgumentException("network, schedule, finetuning, jitter: all must be given, but were " +
				network + ", " + schedule + ", " + finetuning + ", " + jitter);
		SupervisedSettings.check(epochs, warmup, batch, rate, decay, average, validateevery, saveevery);
	}

	@Override
	public DetectionSettings withSeed(final long other) {
		return new DetectionSettings(network, epochs, warmup, batch, rate, schedule, decay, average, finetuning, jitter,
			validateevery, saveevery, other, device, precision);
	}

	/**
	 * As ViTDet-B is trained (Li et al. 2022; detectron2). It warms up over 250 steps: here over 2 epochs, which are 234
	 * steps of 7,492 images.
	 *
	 * @param size side in px of the square that images are scaled and padded to: published 1024
	 */
	public static DetectionSettings published(final List<String> classes, final int size) {
		return new DetectionSettings(FasterRcnn.Variant.BASE.forSize(size, classes), 100, 2, 64, 1e-4, RateSchedule.STEP,
			0.1, 0, new FineTuning(0.7, 0.1, false, 0), ScaleJitter.PUBLISHED, 1, 1, 0, "auto", "auto");
	}
}
