package sc.fiji.vasomim.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.dataset.Augmentation;
import sc.fiji.vasomim.dataset.PixelCache;
import sc.fiji.vasomim.dataset.TinyAngiograms;
import sc.fiji.vasomim.model.UNet;

class SegmentationTrainerTest {

	@TempDir
	Path folder;

	@Test
	void learnsTinyVessels() throws IOException {
		TinyAngiograms.write(folder, 4, 32);
		try (PixelCache data = TinyAngiograms.open(folder)) {
			final SegmentationSettings settings = new SegmentationSettings(new UNet(List.of(8, 16), List.of("vessel"), 32), 60, 2, 4, 1e-2,
				0, 0.9, Augmentation.NONE, 20, 60, 3, "cpu", "float32");
			final TrainingResult result = SegmentationTrainer.train(settings, null, data, data, folder.resolve("run"), Progress.NONE,
				message -> {});
			assertEquals(60, result.steps());
			assertTrue(result.scores().get("val_dice") > 0.9, result.toString());
		}
	}
}
