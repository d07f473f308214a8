package sc.fiji.vasomim.training;

import java.io.IOException;
import java.nio.file.Path;

import sc.fiji.vasomim.model.EncoderNetwork;
import sc.fiji.vasomim.model.StartWeights;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Precision;

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

	/**
	 * Refuses what can be refused before images are read, which may take an hour.
	 *
	 * @param start model file whose weights a new run begins with; null: all are drawn
	 * @throws IllegalArgumentException if there is no such device, or {@code start} does not fit the network
	 */
	default void check(final Path start) throws IOException {
		Precision.parse(precision(), Devices.parse(device()));
		finetuning().requireStart(start);
		if (start != null) new StartWeights(start, network());
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
		if (!(decay >= 0 && decay < 1)) throw new IllegalArgumentException("decay: must be 0 or more and less than 1, but was " + decay);
		if (!(average >= 0 && average < 1)) throw new IllegalArgumentException(
			"average: must be 0 or more and less than 1, but was " + average);
		Check.atLeast("validateevery", validateevery, 1);
		Check.atLeast("saveevery", saveevery, 1);
	}
}
