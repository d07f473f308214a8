package sc.fiji.vasomim.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.dataset.BoxAnnotations;
import sc.fiji.vasomim.dataset.BoxedImages;
import sc.fiji.vasomim.dataset.ScaleJitter;
import sc.fiji.vasomim.files.IntensityRule;

/** Trains the tiny detector on 60 frames of ARCADE and judges it on the same ones: what scripts/overfit-detection runs. */
final class DetectionStudy {

	private static final int FRAMES = 60;

	/** Px: half of ARCADE's, to see each frame four times as often. */
	private static final int SIZE = 256;

	private static final int EPOCHS = 150;

	private static final double WANTED = 0.9;

	private DetectionStudy() {}

	/** Folder of ARCADE, run folder, epochs, precision, start: exits with 1 if the frames were not learnt. */
	public static void main(final String[] arguments) throws IOException {
		final Path train = Path.of(arguments[0], "stenosis", "train");
		final BoxedImages all = BoxAnnotations.read(train.resolve("images"), train.resolve("annotations/train.json"), List
			.of("stenosis"), new IntensityRule(IntensityRule.Polarity.DARK), Progress.NONE, System.err::println);
		final BoxedImages frames = new BoxedImages(all.images().subList(0, FRAMES), all.classes());
		final Path start = arguments.length > 4 ? Path.of(arguments[4]) : null;
		final TrainingResult result = DetectionTrainer.train(settings(frames, arguments), start, frames, frames, Path.of(
			arguments[1]), new Lines(), System.err::println);
		System.out.println(result);
		if (result.scores().get("val_map50") < WANTED) System.exit(1);
	}

	private static DetectionSettings settings(final BoxedImages frames, final String[] arguments) {
		final int epochs = arguments.length > 2 ? Integer.parseInt(arguments[2]) : EPOCHS;
		final DetectionSettings tiny = DetectionPreset.TINY.settings(frames.classes(), SIZE);
		// One image a step: what is learnt by heart needs many steps, not quiet ones.
		return new DetectionSettings(tiny.network(), epochs, tiny.warmup(), 1, tiny.rate(), tiny.schedule(), tiny
			.decay(), tiny.average(), tiny.finetuning(), ScaleJitter.NONE, Math.min(epochs, 10), 5, 0, "auto",
			arguments.length > 3 ? arguments[3] : "bfloat16");
	}

	/** Every tenth step, a line. */
	private static final class Lines implements Progress {

		private final long start = System.nanoTime();

		@Override
		public void report(final long done, final long total, final String message) {
			if (done % 10 == 0) System.err.printf(Locale.ROOT, "%d/%d, %.0f s: %s%n", done, total, (System.nanoTime() - start) /
				1e9, message);
		}

		@Override
		public boolean isCanceled() {
			return false;
		}
	}
}
