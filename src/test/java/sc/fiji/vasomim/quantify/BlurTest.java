package sc.fiji.vasomim.quantify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class BlurTest {

	/** Half of a circle's area, and that of a band from -1 to 1. */
	@Test
	void aUnitProfileHasItsArea() {
		assertEquals(Math.PI / 2, new TubeProfile(0.5).area(), 1e-9);
		assertEquals(2, new TubeProfile(0).area(), 1e-3);
	}

	/**
	 * By hand, for a round lumen: noise of 20 is 1.645 x 20 x 3.14159^(1/4) = 43.8 in the area; a lumen of 20 r^2 pi / 2
	 * has that for r = 1.181 px.
	 */
	@Test
	void theLimitIsWhereNoiseMakesAsMuch() {
		final Blur blur = new Blur(1, new TubeProfile(0.5), Double.NaN);
		assertEquals(2.362, blur.limit(20, 20), 1e-3);
		assertEquals(1.1, blur.limit(20, 0.1), 1e-9);
		assertEquals(3, blur.limit(Double.NaN, 20), 1e-9);
		// Twice as blurred: noise sqrt(2) times as great, in an amplitude that is that of half the px.
		assertEquals(2 * 2.362 / Math.pow(2, 0.25), new Blur(2, new TubeProfile(0.5), Double.NaN).limit(20, 20), 2e-3);
	}
}
