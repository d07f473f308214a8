package sc.fiji.vasomim.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import ij.ImagePlus;

import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.Views;

import sc.fiji.vasomim.files.ImageFile;
import sc.fiji.vasomim.files.IntensityRule;

/**
 * Images shrunk to 48 x 48 px of mean grey, then to a mean of 0 and a length of 1: their scalar products are their
 * correlations. An image of one grey becomes all 0, and resembles none.
 */
final class Thumbnails {

	private static final int SIDE = 48;

	private final List<String> names = new ArrayList<>();

	private final List<float[]> vectors = new ArrayList<>();

	private Thumbnails() {}

	static Thumbnails of(final PixelCache cache) throws IOException {
		final Thumbnails thumbnails = new Thumbnails();
		for (int i = 0; i < cache.size(); i++)
			thumbnails.add(cache.name(i), cache.image(i), cache.width(i), cache.height(i));
		return thumbnails;
	}

	static Thumbnails of(final BoxedImages images) {
		final Thumbnails thumbnails = new Thumbnails();
		for (final BoxedImage image : images.images())
			thumbnails.add(image.name(), image.pixels(), image.width(), image.height());
		return thumbnails;
	}

	/** Of the first frames. */
	static Thumbnails of(final List<Sample> samples, final IntensityRule rule) throws IOException {
		final Thumbnails thumbnails = new Thumbnails();
		for (final Sample sample : samples) {
			final ImagePlus image = ImageFile.read(sample.image());
			final byte[] grey = new byte[image.getWidth() * image.getHeight()];
			int i = 0;
			for (final UnsignedByteType pixel : Views.flatIterable(rule.apply(image).image()))
				if (i < grey.length) grey[i++] = pixel.getByte();
			thumbnails.add(sample.name(), grey, image.getWidth(), image.getHeight());
		}
		return thumbnails;
	}

	private void add(final String name, final byte[] grey, final int width, final int height) {
		names.add(name);
		vectors.add(standardised(shrink(grey, width, height)));
	}

	int size() {
		return names.size();
	}

	String name(final int index) {
		return names.get(index);
	}

	/** Pearson's, -1..1. */
	double correlation(final int index, final Thumbnails others, final int other) {
		final float[] a = vectors.get(index), b = others.vectors.get(other);
		double sum = 0;
		for (int i = 0; i < a.length; i++)
			sum += a[i] * b[i];
		return sum;
	}

	/** Sums over the pixels of each cell, those on a border shared out by area; rows are added before columns. */
	private static double[] shrink(final byte[] grey, final int width, final int height) {
		final double[] cells = new double[SIDE * SIDE];
		final double[] row = new double[width];
		for (int cell = 0; cell < SIDE; cell++) {
			Arrays.fill(row, 0);
			for (int y = cell * height / SIDE; y < height && y * SIDE < (cell + 1) * height; y++) {
				final double share = overlap(y, cell, height);
				for (int x = 0; x < width; x++)
					row[x] += share * (grey[y * width + x] & 0xff);
			}
			for (int column = 0; column < SIDE; column++)
				for (int x = column * width / SIDE; x < width && x * SIDE < (column + 1) * width; x++)
					cells[cell * SIDE + column] += overlap(x, column, width) * row[x];
		}
		return cells;
	}

	/** How much of a pixel lies in a cell: 0..1. */
	private static double overlap(final int pixel, final int cell, final int pixels) {
		final double from = (double) cell * pixels / SIDE, to = (cell + 1.0) * pixels / SIDE;
		return Math.max(0, Math.min(pixel + 1, to) - Math.max(pixel, from));
	}

	private static float[] standardised(final double[] values) {
		double mean = 0;
		for (final double value : values)
			mean += value / values.length;
		double squares = 0;
		for (final double value : values)
			squares += (value - mean) * (value - mean);
		// Rounding leaves a trace of variance in an image that has none.
		final double factor = squares <= 1e-12 * values.length * mean * mean ? 0 : 1 / Math.sqrt(squares);
		final float[] vector = new float[values.length];
		for (int i = 0; i < vector.length; i++)
			vector[i] = (float) ((values[i] - mean) * factor);
		return vector;
	}
}
