package sc.fiji.vasomim.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.dataset.AngiogramFolder;
import sc.fiji.vasomim.dataset.PixelCache;

/** What both trainings learn from. */
final class TrainingData {

	private TrainingData() {}

	/** The pixels of images and masks; the cache file lies beside the folder of images. */
	static PixelCache open(final File images, final File masks, final Progress progress) throws IOException {
		final Path folder = FileParameter.path("images", images);
		final Path cache = folder.resolveSibling(folder.getFileName() + ".vasomim-pixels");
		return PixelCache.open(cache, AngiogramFolder.pairs(folder, FileParameter.path("masks", masks)), progress);
	}
}
