package sc.fiji.vasomim.training;

import java.util.Locale;

/** How the learning rate falls after its warm-up. */
public enum RateSchedule {

	/** Half a cosine to 0. */
	COSINE {

		@Override
		LearningRate rate(final double peak, final int warmUp, final int epochs) {
			return LearningRate.warmUpCosine(peak, warmUp, epochs);
		}
	},
	/** To a tenth at 8/9 of the run and to a hundredth at 26/27, as ViTDet's. */
	STEP {

		@Override
		LearningRate rate(final double peak, final int warmUp, final int epochs) {
			return LearningRate.warmUpSteps(peak, warmUp, epochs);
		}
	};

	abstract LearningRate rate(double peak, int warmUp, int epochs);

	/** As users write it. */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}
}
