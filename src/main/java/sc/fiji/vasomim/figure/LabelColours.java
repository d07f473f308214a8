package sc.fiji.vasomim.figure;

import java.awt.Color;

import ij.process.LUT;

/**
 * Colours that are told apart as well as can be: each is the one farthest from all before it (Glasbey et al., Color Res
 * Appl 32:304, 2007), in CIELAB, of those bright enough to be seen on black. The first is black, for the background.
 */
public final class LabelColours {

	private static final int COLOURS = 256;

	/** Levels of red, green and blue that are chosen from. */
	private static final int LEVELS = 16;

	private static final double LEAST_LIGHTNESS = 35;

	private static final int[] RGB = choose();

	private LabelColours() {}

	/** Of label 0, 1, ... */
	public static LUT lut() {
		final byte[][] channels = new byte[3][COLOURS];
		for (int i = 0; i < COLOURS; i++)
			for (int c = 0; c < 3; c++)
				channels[c][i] = (byte) (RGB[i] >> 16 - 8 * c);
		return new LUT(channels[0], channels[1], channels[2]);
	}

	/** Of a label, 0..255. */
	public static Color of(final int label) {
		return new Color(RGB[label]);
	}

	private static int[] choose() {
		final int[] chosen = new int[COLOURS];
		final int candidates = LEVELS * LEVELS * LEVELS;
		final double[][] lab = new double[candidates][];
		final double[] distance = new double[candidates];
		for (int i = 0; i < candidates; i++) {
			lab[i] = lab(rgb(i));
			distance[i] = lab[i][0] < LEAST_LIGHTNESS ? 0 : squared(lab[i], lab(0));
		}
		for (int n = 1; n < COLOURS; n++) {
			int farthest = 0;
			for (int i = 1; i < candidates; i++)
				if (distance[i] > distance[farthest]) farthest = i;
			chosen[n] = rgb(farthest);
			for (int i = 0; i < candidates; i++)
				distance[i] = Math.min(distance[i], squared(lab[i], lab[farthest]));
		}
		return chosen;
	}

	private static int rgb(final int candidate) {
		final int step = 255 / (LEVELS - 1);
		return candidate / (LEVELS * LEVELS) * step << 16 | candidate / LEVELS % LEVELS * step << 8 | candidate % LEVELS *
			step;
	}

	private static double squared(final double[] a, final double[] b) {
		double sum = 0;
		for (int i = 0; i < 3; i++)
			sum += (a[i] - b[i]) * (a[i] - b[i]);
		return sum;
	}

	/** L*, a*, b* of an sRGB colour under D65. */
	private static double[] lab(final int rgb) {
		final double r = linear(rgb >> 16 & 255);
		final double g = linear(rgb >> 8 & 255);
		final double b = linear(rgb & 255);
		final double x = root((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
		final double y = root(0.2126 * r + 0.7152 * g + 0.0722 * b);
		final double z = root((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
		return new double[] { 116 * y - 16, 500 * (x - y), 200 * (y - z) };
	}

	private static double linear(final int level) {
		final double c = level / 255.;
		return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
	}

	private static double root(final double t) {
		return t > 216 / 24389. ? Math.cbrt(t) : t * 841 / 108 + 4 / 29.;
	}
}
