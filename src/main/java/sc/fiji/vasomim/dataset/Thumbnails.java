package sc.fiji.vasomim.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import ij.ImagePlus;

import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.Views;

import sc.fiji.vasomim.files.ImageFile;
import sc.fiji.vasomim.files.IntensityRule;

/** The thumbnails of a data set, with the names of their images. */
final class Thumbnails {

	private final List<String> names = new ArrayList<>();

	private final List<Thumbnail> thumbnails = new ArrayList<>();

	private Thumbnails() {}

	static Thumbnails of(final PixelCache cache) throws IOException {
		final Thumbnails thumbnails = new Thumbnails();
		for (int i = 0; i < cache.size(); i++)
			thumbnails.add(cache.name(i), cache.image(i), cache.width(i), cache.height(i));
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
		thumbnails.add(new Thumbnail(grey, width, height));
	}

	int size() {
		return names.size();
	}

	String name(final int index) {
		return names.get(index);
	}

	/** Pearson's, -1..1. */
	double correlation(final int index, final Thumbnails others, final int other) {
		return thumbnails.get(index).correlation(others.thumbnails.get(other));
	}
}
