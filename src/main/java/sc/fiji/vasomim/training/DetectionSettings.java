package sc.fiji.vasomim.training;

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
 * @param decay AdamW's weight decay
 * @param average decay a step of the moving average that becomes the model; 0: the last weights
 * @param jitter how much images are resized at random
 * @param validateevery epochs between looks at the validation images
 * @param saveevery epochs between step folders
 * @param seed of all draws
 * @param device auto, cpu, gpu0, ...
 * @param precision of matrix products: auto (bfloat16 on a GPU, else float32), float32 or bfloat16
 */
public record DetectionSettings(FasterRcnn network, int epochs, int warmup, int batch, double rate,
	RateSchedule schedule, double decay, double average, ScaleJitter jitter, int validateevery, int saveevery, long seed,
	String device, String precision)
{

	public DetectionSettings {
		if (network == null || schedule == null || jitter == null) throw new IllegalArgumentException(
			"network, schedule, jitter: all must be given, but were " + network + ", " + schedule + ", " + jitter);
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
