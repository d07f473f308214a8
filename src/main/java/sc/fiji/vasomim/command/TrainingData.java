package sc.fiji.vasomim.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.dataset.AngiogramFolder;
import sc.fiji.vasomim.dataset.PixelCache;
import sc.fiji.vasomim.dataset.Sample;
import sc.fiji.vasomim.dataset.XaLayout;
import sc.fiji.vasomim.files.IntensityRule;

/** What both trainings learn from, listed. */
final class TrainingData {

	/** The file of the decoded pixels, whether it is there yet or not. */
	private final Path cache;

	private final List<Sample> samples;

	private final IntensityRule rule;

	private final int unreadable;

	private TrainingData(final Path cache, final List<Sample> samples, final IntensityRule rule, final int unreadable) {
		this.cache = cache;
		this.samples = samples;
		this.rule = rule;
		this.unreadable = unreadable;
	}

	/**
	 * @param masks not given if {@code images} is a folder of sets, in XA-170K's layout, or needs no masks
	 * @param masked whether masks are needed; if not, images have some only where they are found
	 * @param unreadable so many files may be left out
	 * @param folder that the cache file, named after both folders, lies in; not given: that of the images
	 */
	static TrainingData of(final File images, final File masks, final boolean masked, final String vessels,
		final int unreadable, final File folder) throws IOException
	{
		final Path place = FileParameter.path("images", images);
		final Path maskFolder = FileParameter.isGiven(masks) ? FileParameter.path("masks", masks) : null;
		final String name = place.getFileName() + (maskFolder == null ? "" : "+" + maskFolder.getFileName()) +
			".vasomim-pixels";
		final Path cache = FileParameter.isGiven(folder) ? FileParameter.folder("cache", folder).resolve(name) : place
			.resolveSibling(name);
		return new TrainingData(cache, samples(place, maskFolder, masked), new IntensityRule(Choice.of("vessels", vessels,
			IntensityRule.Polarity.class)), unreadable);
	}

	private static List<Sample> samples(final Path images, final Path masks, final boolean masked) throws IOException {
		if (masks != null) return AngiogramFolder.pairs(images, masks);
		return masked || XaLayout.holdsSets(images) ? XaLayout.pairs(images) : AngiogramFolder.images(images);
	}

	/** How many images there are, readable or not. */
	int size() {
		return samples.size();
	}

	/** Their pixels, decoded now if they are not yet. */
	PixelCache open(final Progress progress, final Consumer<String> log) throws IOException {
		return PixelCache.open(cache, samples, rule, unreadable, progress, log);
	}
}
