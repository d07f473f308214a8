package sc.fiji.vasomim.training;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.dataset.Augmentation;
import sc.fiji.vasomim.dataset.LabelledImages;
import sc.fiji.vasomim.dataset.PixelCache;
import sc.fiji.vasomim.files.IntensityRule;
import sc.fiji.vasomim.model.UNet;
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
		assertTrue(overfit(frames, 100, 4, folder.resolve("run")) >= 0.9);
	}

	/** @return Dice at the frames' own size */
	private static double overfit(final LabelledImages frames, final int epochs, final int batch, final Path output)
		throws IOException
	{
		final SegmentationSettings settings = new SegmentationSettings(new UNet(UNet.LIGHT, frames.classes(), 256), epochs, 1,
			batch, 1e-2, 0, 0, FineTuning.NONE, SegmentationLoss.DICE, Augmentation.NONE, epochs, epochs, 1, "cpu", "bfloat16");
		try (PixelCache cache = PixelCache.open(output.resolveSibling("pixels"), frames.samples(), new IntensityRule(
			IntensityRule.Polarity.DARK), Progress.NONE, message -> {}))
		{
			final TrainingResult result = SegmentationTrainer.train(settings, null, cache, cache, output, Progress.NONE,
				message -> {});
			System.out.println(result);
			return result.scores().get("val_dice");
		}
	}
}
