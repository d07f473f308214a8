package sc.fiji.vasomim.training;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.vasomim.dataset.LabelledImages;
import sc.fiji.vasomim.sample.RealSample;

/** A network that can't learn a few real frames by heart can't learn: images, labels, loss or optimiser are wrong. */
class OverfitTest {

	@TempDir
	Path folder;

	@Test
	void theLightNetworkLearnsEightFramesByHeart() throws IOException {
		for (final RealSample sample : RealSample.all()) {
			try (InputStream image = sample.openImage(); InputStream mask = sample.openMask()) {
				Files.copy(image, Files.createDirectories(folder.resolve("images")).resolve(sample.name() + ".jpg"));
				Files.copy(mask, Files.createDirectories(folder.resolve("masks")).resolve(sample.name() + ".png"));
			}
		}
		final LabelledImages frames = LabelledImages.open(folder.resolve("images"), folder.resolve("masks"), message -> {});
		assertTrue(Overfit.dice(frames, 100, 4, folder.resolve("run")) >= 0.9);
	}
}
