package sc.fiji.vasomim.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntFunction;

import ij.ImagePlus;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.figure.CoGuidanceFigures;
import sc.fiji.vasomim.files.ImageFile;
import sc.fiji.vasomim.files.IntensityRule;
import sc.fiji.vasomim.guidance.GuidanceSource;
import sc.fiji.vasomim.guidance.MaskSchedule;
import sc.fiji.vasomim.guidance.MaskingSettings;
import sc.fiji.vasomim.guidance.PatchSampling;

/** How long the preview of Preview Co-Guidance Mask takes for a slider's move. Arguments: an angiogram, a segmentor. */
final class CoGuidanceTiming {

	private static final int MOVES = 50;

	private final ImagePlus image;

	private final Path segmentor;

	private CoGuidanceTiming(final ImagePlus image, final Path segmentor) {
		this.image = image;
		this.segmentor = segmentor;
	}

	public static void main(final String[] arguments) throws IOException {
		final CoGuidanceTiming timing = new CoGuidanceTiming(ImageFile.read(Path.of(arguments[0])), Path.of(arguments[1]));
		timing.time("epoch", i -> timing.setup(1 + 16 * i, 0.5, 0, 0.5, 0.5));
		timing.time("mask ratio", i -> timing.setup(400, 0.1 + 0.015 * i, 0, 0.5, 0.5));
		timing.time("start", i -> timing.setup(400, 0.5, 0.02 * i, 0.5, 0.5));
		timing.time("end", i -> timing.setup(400, 0.5, 0, 0.02 * i, 0.5));
		timing.time("eta", i -> timing.setup(400, 0.5, 0, 0.5, 0.02 * i));
	}

	private CoGuidanceSetup setup(final int epoch, final double ratio, final double start, final double end,
		final double eta)
	{
		final MaskingSettings masking = new MaskingSettings(new MaskSchedule(ratio, start, end), GuidanceSource.BOTH, eta,
			PatchSampling.PROPORTIONAL);
		return new CoGuidanceSetup(new CoGuidanceSetup.Asked(new CoGuidanceFigures.Settings(epoch, 800, masking, 224, 16, 0),
			IntensityRule.Polarity.AUTO, 0, false, false), segmentor, "cpu");
	}

	private void time(final String slider, final IntFunction<CoGuidanceSetup> moves) throws IOException {
		try (CoGuidanceStages stages = new CoGuidanceStages()) {
			final double first = milliseconds(stages, moves.apply(0));
			final double[] later = new double[MOVES];
			for (int i = 0; i < MOVES; i++)
				later[i] = milliseconds(stages, moves.apply(i + 1 < MOVES ? i + 1 : 0));
			Arrays.sort(later);
			System.out.printf(Locale.ROOT, "%s: first %.0f ms, then fastest %.1f, median %.1f, slowest %.1f ms of %d%n",
				slider, first, later[0], later[MOVES / 2], later[MOVES - 1], MOVES);
		}
	}

	private double milliseconds(final CoGuidanceStages stages, final CoGuidanceSetup setup) throws IOException {
		final long start = System.nanoTime();
		stages.set(setup);
		stages.figures().draw(stages.guide(stages.grey(image, setup).planes().get(0), Progress.NONE), 0);
		return (System.nanoTime() - start) / 1e6;
	}
}
