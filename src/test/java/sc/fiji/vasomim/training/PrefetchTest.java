package sc.fiji.vasomim.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.vasomim.dataset.PixelCache;
import sc.fiji.vasomim.dataset.TinyAngiograms;
import sc.fiji.vasomim.training.BatchLoader.Slice;

class PrefetchTest {

	@TempDir
	Path folder;

	/** The reader works for one device; others read the same file, and pictures are drawn from it after a failure. */
	@Test
	void closingWhileItReadsLeavesTheFileOpen() throws IOException {
		TinyAngiograms.write(folder, 64, 256);
		try (PixelCache cache = TinyAngiograms.open(folder)) {
			final byte[] before = cache.image(0);
			final BatchLoader loader = new BatchLoader(cache, 64, 0.2, 1);
			for (int i = 0; i < 50; i++) {
				final Prefetch prefetch = new Prefetch(loader);
				prefetch.take(new Slice(0, 0, 0, 1), new Slice(0, 0, 0, 64));
				prefetch.close();
				assertArrayEquals(before, cache.image(0));
			}
		}
	}
}
