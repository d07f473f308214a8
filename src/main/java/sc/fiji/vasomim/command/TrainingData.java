package sc.fiji.vasomim.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.dataset.AngiogramFolder;
import sc.fiji.vasomim.dataset.PixelCache;

/** The folders that both trainings are given. */
final class TrainingData {

	private TrainingData() {}

	/** The pixels of images and masks; the cache file lies beside the folder of images. */
	static PixelCache open(final File images, final File masks, final Progress progress) throws IOException {
		final Path folder = path("images", images);
		final Path cache = folder.resolveSibling(folder.getFileName() + ".vasomim-pixels");
		return PixelCache.open(cache, AngiogramFolder.pairs(folder, path("masks", masks)), progress);
	}

	static Path runFolder(final File output) {
		return path("output", output);
	}

	static Path path(final String parameter, final File file) {
		if (file == null || file.getPath().isBlank()) throw new IllegalArgumentException(parameter +
			": must be given, but is empty. Choose a path.");
		return file.toPath().toAbsolutePath().normalize();
	}
}
