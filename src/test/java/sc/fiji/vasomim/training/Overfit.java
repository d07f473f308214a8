package sc.fiji.vasomim.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.dataset.Augmentation;
import sc.fiji.vasomim.dataset.LabelledImages;
import sc.fiji.vasomim.dataset.PixelCache;
import sc.fiji.vasomim.files.IntensityRule;
import sc.fiji.vasomim.model.UNet;

/** How well the light network learns frames by heart: the half of {@code scripts/overfit}, and of {@link OverfitTest}. */
final class Overfit {

	private Overfit() {}

	/** Arguments: ARCADE's folder; how many frames; epochs; the output folder. Ends with 1 below a Dice of 95 %. */
	public static void main(final String[] arguments) throws IOException {
		final Path train = Path.of(arguments[0], "syntax", "train");
		final LabelledImages all = LabelledImages.open(train.resolve("images"), train.resolve("annotations/train.json"),
			message -> {}).joined("vessel");
		final LabelledImages some = new LabelledImages(all.samples().subList(0, Integer.parseInt(arguments[1])), all.classes());
		final double dice = dice(some, Integer.parseInt(arguments[2]), 8, Path.of(arguments[3]));
		System.out.printf(Locale.ROOT, "%d frames, Dice %.4f%n", some.samples().size(), dice);
		System.exit(dice >= 0.95 ? 0 : 1);
	}

	/** @return the last epoch's Dice, at the frames' own size */
	static double dice(final LabelledImages frames, final int epochs, final int batch, final Path output)
		throws IOException
	{
		final SegmentationSettings settings = new SegmentationSettings(new UNet(UNet.LIGHT, frames.classes(), 256), epochs, 1,
			batch, 1e-2, 0, 0, FineTuning.NONE, SegmentationLoss.DICE, Augmentation.NONE, epochs, epochs, 1, "cpu", "bfloat16");
		try (PixelCache cache = PixelCache.open(output.resolveSibling("pixels"), frames.samples(), new IntensityRule(
			IntensityRule.Polarity.DARK), Progress.NONE, message -> {}))
		{
			return SegmentationTrainer.train(settings, null, cache, cache, output, Progress.NONE, message -> {}).scores().get(
				"val_dice");
		}
	}
}
