package sc.fiji.vasomim.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.dataset.AngiogramFolder;
import sc.fiji.vasomim.dataset.PixelCache;
import sc.fiji.vasomim.files.IntensityRule;

/** What both trainings learn from. */
final class TrainingData {

	private TrainingData() {}

	/** The pixels of images and masks; the cache file lies beside the folder of images, named after both. */
	static PixelCache open(final File images, final File masks, final String vessels, final Progress progress,
		final Consumer<String> log) throws IOException
	{
		final Path folder = FileParameter.path("images", images);
		final Path maskFolder = FileParameter.path("masks", masks);
		final Path cache = folder.resolveSibling(folder.getFileName() + "+" + maskFolder.getFileName() + ".vasomim-pixels");
		final IntensityRule rule = new IntensityRule(Choice.of("vessels", vessels, IntensityRule.Polarity.class));
		return PixelCache.open(cache, AngiogramFolder.pairs(folder, maskFolder), rule, progress, log);
	}
}
