package sc.fiji.vasomim.sample;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import sc.fiji.vasomim.sample.Tube.Rays;

/** The truth about drawn arteries: which pixels they cover, and their centrelines. */
final class Outline {

	private Outline() {}

	/** Per pixel whose centre lies in an artery and in the field, 1 + index of that with the longest chord; else 0. */
	static short[] labels(final List<Tube> arteries, final int width, final int height, final Field field) {
		final short[] labels = new short[width * height];
		final double[] longest = new double[width];
		final double[] chord = new double[width];
		final double[] depth = new double[width];
		for (int y = 0; y < height; y++) {
			Arrays.fill(longest, 0);
			for (int k = 0; k < arteries.size(); k++) {
				final Rays rays = arteries.get(k).cross(y, 0, 1, chord, depth);
				for (int x = rays.from(); x < rays.to(); x++) {
					if (chord[x] > longest[x] && field.depth(x, y) >= 0) {
						longest[x] = chord[x];
						labels[y * width + x] = (short) (k + 1);
					}
					chord[x] = 0;
				}
			}
		}
		return labels;
	}

	static byte[] mask(final short[] labels) {
		final byte[] mask = new byte[labels.length];
		for (int i = 0; i < mask.length; i++) if (labels[i] != 0) mask[i] = (byte) 255;
		return mask;
	}

	static Segment segment(final int id, final Branch branch) {
		final Tube tube = branch.tube();
		final List<Segment.Point> points = new ArrayList<>();
		for (int i = 0; i < tube.size(); i++)
			points.add(new Segment.Point(tube.x()[i], tube.y()[i], tube.radius()[i]));
		return new Segment(id, branch.parent() + 1, branch.name(), points);
	}
}
