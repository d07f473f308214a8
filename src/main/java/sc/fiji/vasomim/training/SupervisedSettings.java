package sc.fiji.vasomim.training;

import sc.fiji.vasomim.model.EncoderNetwork;

/** What all trainings on drawn truth can be told; what it means stands at the records that hold it. */
public sealed interface SupervisedSettings permits SegmentationSettings, DetectionSettings {

	EncoderNetwork network();

	int epochs();

	int warmup();

	double rate();

	double decay();

	double average();

	FineTuning finetuning();

	int validateevery();

	int saveevery();

	long seed();

	String device();

	String precision();

	/** The same with another seed. */
	SupervisedSettings withSeed(long other);

	/** How the learning rate falls after the warm-up. */
	default RateSchedule schedule() {
		return RateSchedule.COSINE;
	}

	/** @throws IllegalArgumentException naming the first that is out of its range */
	static void check(final int epochs, final int warmup, final int batch, final double rate, final double decay,
		final double average, final int validateevery, final int saveevery)
	{
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
