package sc.fiji.vasomim.sample;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import sc.fiji.vasomim.sample.Tube.Rays;

/**
 * A row of parallel rays, some to each pixel. Along each ray, the parts inside a body are kept as disjoint intervals of
 * depth, so that what two tubes share counts once.
 */
final class RayLine {

	private final int perPixel;

	private final double[] attenuation;

	/** The k-th interval of ray i is low(k)[i]..high(k)[i]. */
	private final List<double[]> low = new ArrayList<>();

	private final List<double[]> high = new ArrayList<>();

	private final int[] intervals;

	private final double[] squaredHalfChord;

	private final double[] chordDepth;

	RayLine(final int width, final int perPixel) {
		this.perPixel = perPixel;
		attenuation = new double[width * perPixel];
		intervals = new int[width * perPixel];
		squaredHalfChord = new double[width * perPixel];
		chordDepth = new double[width * perPixel];
	}

	/** Attenuation of each ray by what it passed; the array stays this object's. */
	double[] attenuation() {
		return attenuation;
	}

	void clear() {
		Arrays.fill(attenuation, 0);
	}

	/** Sends the rays at height y (px) through the union of tubes of attenuation mu per px. */
	void pass(final List<Tube> tubes, final double mu, final double y) {
		for (final Tube tube : tubes) {
			final Rays rays = tube.cross(y, 0.5 / perPixel - 0.5, 1.0 / perPixel, squaredHalfChord, chordDepth);
			for (int i = rays.from(); i < rays.to(); i++) {
				if (squaredHalfChord[i] == 0) continue;
				final double half = Math.sqrt(squaredHalfChord[i]);
				unite(i, chordDepth[i] - half, chordDepth[i] + half);
				squaredHalfChord[i] = 0;
			}
		}
		for (int i = 0; i < intervals.length; i++) {
			for (int k = 0; k < intervals[i]; k++) attenuation[i] += mu * (high.get(k)[i] - low.get(k)[i]);
			intervals[i] = 0;
		}
	}

	private void unite(final int i, final double from, final double to) {
		double a = from;
		double b = to;
		int k = 0;
		while (k < intervals[i]) {
			if (low.get(k)[i] > b || high.get(k)[i] < a) {
				k++;
				continue;
			}
			a = Math.min(a, low.get(k)[i]);
			b = Math.max(b, high.get(k)[i]);
			final int last = --intervals[i];
			low.get(k)[i] = low.get(last)[i];
			high.get(k)[i] = high.get(last)[i];
			// The grown interval may now reach one that was passed by.
			k = 0;
		}
		if (k == low.size()) {
			low.add(new double[intervals.length]);
			high.add(new double[intervals.length]);
		}
		low.get(k)[i] = a;
		high.get(k)[i] = b;
		intervals[i]++;
	}
}
