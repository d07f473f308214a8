package sc.fiji.vasomim.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LearningRateTest {

	/** Peak 8 after 4 of 12 epochs: a straight line, then 4 (1 + cos(pi (e - 4) / 8)), where cos 60 degrees = 1/2. */
	@ParameterizedTest
	@CsvSource({ "0, 0", "0.5, 1", "3, 6", "4, 8", "6.6666666666666667, 6", "8, 4", "9.3333333333333333, 2", "12, 0" })
	void warmUpIsLinearAndThenHalfACosine(final double epoch, final double expected) {
		assertEquals(expected, LearningRate.warmUpCosine(8, 4, 12).at(epoch), 1e-14);
	}

	@ParameterizedTest
	@CsvSource({ "0, 8", "6, 4", "12, 0" })
	void withoutWarmUpItBeginsAtThePeak(final double epoch, final double expected) {
		assertEquals(expected, LearningRate.warmUpCosine(8, 0, 12).at(epoch), 1e-14);
	}

	/** 2 x 0.5^0.9 = 2^0.1 = 1.0717734625362931, the tenth root of 2. */
	@ParameterizedTest
	@CsvSource({ "0, 2", "0.99, 2", "100, 1.0717734625362931", "100.5, 1.0717734625362931" })
	void polynomialFallsEpochByEpoch(final double epoch, final double expected) {
		assertEquals(expected, LearningRate.polynomial(2, 200).at(epoch), 1e-14);
	}

	/** Of 54 epochs, 8/9 are 48 and 26/27 are 52. */
	@Test
	void warmUpSteps() {
		final LearningRate rate = RateSchedule.STEP.rate(1e-4, 2, 54);
		assertEquals(0.5e-4, rate.at(1), 1e-12);
		assertEquals(1e-4, rate.at(2), 1e-12);
		assertEquals(1e-4, rate.at(47.9), 1e-12);
		assertEquals(1e-5, rate.at(48), 1e-12);
		assertEquals(1e-5, rate.at(51.9), 1e-12);
		assertEquals(1e-6, rate.at(52), 1e-12);
	}
}
