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

/** What both trainings learn from. */
final class TrainingData {

	private TrainingData() {}

	/**
	 * The pixels of images and masks; the cache file lies beside the folder of images, named after both.
	 *
	 * @param masks not given if {@code images} is a folder of sets, in XA-170K's layout
	 * @param unreadable so many files may be left out
	 */
	static PixelCache open(final File images, final File masks, final String vessels, final int unreadable,
		final Progress progress, final Consumer<String> log) throws IOException
	{
		final Path folder = FileParameter.path("images", images);
		final boolean sets = !FileParameter.isGiven(masks);
		final Path maskFolder = sets ? null : FileParameter.path("masks", masks);
		final List<Sample> samples = sets ? XaLayout.pairs(folder) : AngiogramFolder.pairs(folder, maskFolder);
		final Path cache = folder.resolveSibling(folder.getFileName() + (sets ? "" : "+" + maskFolder.getFileName()) +
			".vasomim-pixels");
		final IntensityRule rule = new IntensityRule(Choice.of("vessels", vessels, IntensityRule.Polarity.class));
		return PixelCache.open(cache, samples, rule, unreadable, progress, log);
	}
}
