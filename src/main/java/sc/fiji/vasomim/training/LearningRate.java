package sc.fiji.vasomim.training;

/** Learning-rate schedules. An epoch is a real number: 2.5 is half-way through the third. */
@FunctionalInterface
interface LearningRate {

	double at(double epoch);

	/** Linear from 0 over the warm-up, then half a cosine to 0 (He et al. 2022). */
	static LearningRate warmUpCosine(final double peak, final int warmUp, final int epochs) {
		return epoch -> epoch < warmUp ? peak * epoch / warmUp : peak * 0.5 * (1 + Math.cos(Math.PI * (epoch - warmUp) /
			(epochs - warmUp)));
	}

	/** peak (1 - e/E)^0.9, constant within an epoch. */
	static LearningRate polynomial(final double peak, final int epochs) {
		return epoch -> peak * Math.pow(1 - Math.floor(epoch) / epochs, 0.9);
	}

	/** Linear from 0 over the warm-up; a tenth from 8/9 of all epochs, a hundredth from 26/27 (Li et al. 2022). */
	static LearningRate warmUpSteps(final double peak, final int warmUp, final int epochs) {
		return epoch -> peak * (epoch < warmUp ? epoch / warmUp : epoch * 9 < epochs * 8 ? 1 : epoch * 27 < epochs * 26
			? 0.1 : 0.01);
	}
}
