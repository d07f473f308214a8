package sc.fiji.vasomim.quantify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * How a system shows vessels, which is the same all over an image: the blur and the shape of the cross-sections.
 *
 * @param sigma of the Gaussian that focal spot, motion, detector, pixels and interpolation amount to, px
 * @param profile cross-section before that
 * @param amplitude median over the image's wide vessels, as {@link ProfileFit.Result} has it; NaN if there are none
 */
record Blur(double sigma, TubeProfile profile, double amplitude) {

	/** Tables cost some time, and depend on nothing. */
	private static final List<TubeProfile> SHAPES = Arrays.stream(new double[] { 0.5, 0.25, 0 }).mapToObj(
		TubeProfile::new).toList();

	private static final double LEAST = 0.4;

	private static final double MOST = 4;

	/** What is assumed where no vessel is wide enough to tell: a sharp cylinder. */
	static final Blur ASSUMED = new Blur(1, SHAPES.get(0), Double.NaN);

	/** Stations that are looked at; more would cost time alone. */
	private static final int SAMPLES = 120;

	/** Another shape than a cylinder's must leave so much less: noise and background bend profiles too. */
	private static final double CLEARLY = 0.97;

	/** Of a normal law, that noise alone surpasses once in twenty times. */
	private static final double ONE_IN_TWENTY = 1.645;

	/** So many sigma wide, a lumen is told from an occlusion by nothing but its shadow's depth, however low the noise. */
	private static final double FLOOR = 1.1;

	/** The same where the amplitude is unknown: depth says nothing then. */
	private static final double UNKNOWN = 3;

	private record Sample(LumenFit vessel, int station) {}

	/** The blur that leaves the least residuals. @param sigma if it is known, px; else 0 */
	static Blur of(final List<LumenFit> vessels, final double sigma) {
		final List<Sample> all = new ArrayList<>();
		for (final LumenFit vessel : vessels)
			for (final int station : vessel.wide())
				all.add(new Sample(vessel, station));
		if (all.isEmpty()) return sigma > 0 ? new Blur(sigma, ASSUMED.profile, Double.NaN) : ASSUMED;
		final int count = Math.min(SAMPLES, all.size());
		final List<Sample> samples = IntStream.range(0, count).mapToObj(i -> all.get((int) ((i + 0.5) * all.size() / count)))
			.toList();
		final Blur best = best(samples, sigma);
		final double[] amplitudes = samples.stream().mapToDouble(sample -> sample.vessel.free(sample.station, best)
			.amplitude()).sorted().toArray();
		return new Blur(best.sigma, best.profile, amplitudes[count / 2]);
	}

	private static Blur best(final List<Sample> samples, final double sigma) {
		Blur best = null;
		double least = Double.POSITIVE_INFINITY;
		for (final TubeProfile shape : SHAPES) {
			final DoubleUnaryOperator cost = s -> samples.stream().mapToDouble(sample -> sample.vessel.cost(sample.station,
				new Blur(s, shape, Double.NaN))).sum();
			final double s = sigma > 0 ? sigma : minimum(cost);
			// The first is the cylinder, which the others must clearly surpass.
			final double value = cost.applyAsDouble(s) * (best == null ? CLEARLY : 1);
			if (value >= least) continue;
			least = value;
			best = new Blur(s, shape, Double.NaN);
		}
		return best;
	}

	/** Golden section, to 2 %. */
	private static double minimum(final DoubleUnaryOperator cost) {
		final double golden = (Math.sqrt(5) - 1) / 2;
		double low = LEAST;
		double high = MOST;
		double a = high - golden * (high - low);
		double b = low + golden * (high - low);
		double atA = cost.applyAsDouble(a);
		double atB = cost.applyAsDouble(b);
		while (high - low > 0.02) {
			if (atA < atB) {
				high = b;
				b = a;
				atB = atA;
				a = high - golden * (high - low);
				atA = cost.applyAsDouble(a);
			}
			else {
				low = a;
				a = b;
				atA = atB;
				b = low + golden * (high - low);
				atB = cost.applyAsDouble(b);
			}
		}
		return (low + high) / 2;
	}

	/**
	 * The critical level of Currie (Anal. Chem. 40:586, 1968) as a diameter: what noise makes of no lumen is less in
	 * nineteen of twenty cases. A shadow's area is known by a matched filter as wide as the blur.
	 *
	 * @param amplitude as {@link ProfileFit.Result} has it; NaN if it is not known
	 * @param noise standard deviation of a grey value, grey levels
	 * @return px
	 */
	double limit(final double amplitude, final double noise) {
		if (!(amplitude > 0)) return UNKNOWN * sigma;
		final double area = ONE_IN_TWENTY * noise * Math.sqrt(Math.sqrt(Math.PI) * StraightVessel.STEP * 2 * sigma);
		return sigma * Math.max(FLOOR, 2 * Math.pow(area / (amplitude * sigma * profile.area()), 1 / (2 * profile.shape() +
			1)));
	}
}
