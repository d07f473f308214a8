package sc.fiji.vasomim.sample;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import sc.fiji.vasomim.sample.Tube.Rays;

/**
 * The shadow of tubes by the law of Beer and Lambert: I / I0 = exp(-sum of mu * thickness), with parallel rays. A pixel
 * is the mean transmission over its area, from 8 x 8 rays.
 */
final class Projector {

	private static final int RAYS = 8;

	/**
	 * Tubes of one material. Where they meet they are one body, where one passes in front of another both count.
	 *
	 * @param mu attenuation per px; negative takes away from a body around it
	 */
	record Body(List<Tube> tubes, double mu) {}

	private final int width;

	private final int height;

	// The parts of each ray inside a body, as disjoint intervals of depth: the k-th of ray i is low(k)[i]..high(k)[i].
	private final List<double[]> low = new ArrayList<>();

	private final List<double[]> high = new ArrayList<>();

	private final int[] intervals;

	private final double[] squaredHalfChord;

	private final double[] chordDepth;

	Projector(final int width, final int height) {
		this.width = width;
		this.height = height;
		intervals = new int[width * RAYS];
		squaredHalfChord = new double[width * RAYS];
		chordDepth = new double[width * RAYS];
	}

	/** @return transmission in (0, 1], row by row, width * height */
	double[] project(final List<Body> bodies) {
		final double[] transmission = new double[width * height];
		final double[] attenuation = new double[width * RAYS];
		for (int line = 0; line < height * RAYS; line++) {
			Arrays.fill(attenuation, 0);
			for (final Body body : bodies) addLine(body, (line + 0.5) / RAYS - 0.5, attenuation);
			for (int i = 0; i < attenuation.length; i++) {
				final double ray = attenuation[i] == 0 ? 1 : StrictMath.exp(-attenuation[i]);
				transmission[line / RAYS * width + i / RAYS] += ray / (RAYS * RAYS);
			}
		}
		return transmission;
	}

	private void addLine(final Body body, final double y, final double[] attenuation) {
		Arrays.fill(intervals, 0);
		for (final Tube tube : body.tubes()) {
			final Rays rays = tube.cross(y, 0.5 / RAYS - 0.5, 1.0 / RAYS, squaredHalfChord, chordDepth);
			for (int i = rays.from(); i < rays.to(); i++) {
				if (squaredHalfChord[i] == 0) continue;
				final double half = Math.sqrt(squaredHalfChord[i]);
				unite(i, chordDepth[i] - half, chordDepth[i] + half);
			}
		}
		for (int i = 0; i < intervals.length; i++)
			for (int k = 0; k < intervals[i]; k++)
				attenuation[i] += body.mu() * (high.get(k)[i] - low.get(k)[i]);
	}

	private void unite(final int i, final double from, final double to) {
		double a = from;
		double b = to;
		for (int k = intervals[i] - 1; k >= 0; k--) {
			if (low.get(k)[i] > b || high.get(k)[i] < a) continue;
			a = Math.min(a, low.get(k)[i]);
			b = Math.max(b, high.get(k)[i]);
			final int last = --intervals[i];
			low.get(k)[i] = low.get(last)[i];
			high.get(k)[i] = high.get(last)[i];
			// The grown interval may now reach one that was passed by.
			k = intervals[i];
		}
		final int k = intervals[i]++;
		if (k == low.size()) {
			low.add(new double[intervals.length]);
			high.add(new double[intervals.length]);
		}
		low.get(k)[i] = a;
		high.get(k)[i] = b;
	}
}
