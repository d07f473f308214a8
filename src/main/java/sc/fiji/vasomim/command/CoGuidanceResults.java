package sc.fiji.vasomim.command;

import ij.ImagePlus;
import ij.process.ImageProcessor;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.figure.CoGuidanceFigures;
import sc.fiji.vasomim.guidance.PatchGuidance;

/**
 * What was asked for, of one image; null what was not.
 *
 * @param figure a figure a plane
 * @param stack the masks of the current plane over the epochs
 * @param plot a curve a plane
 * @param table all planes' patches
 */
record CoGuidanceResults(ImagePlus figure, ImagePlus stack, ImagePlus plot, PatchTable table) {

	/** @param stages with the settings taken that hold what is asked */
	static CoGuidanceResults of(final ImagePlus image, final Frames.Grey grey, final CoGuidanceStages stages,
		final CoGuidanceSetup.Asked asked, final Progress progress)
	{
		final CoGuidanceFigures figures = stages.figures();
		final String name = image.getTitle();
		final PatchTable table = asked.table() ? new PatchTable() : null;
		final ImageProcessor[] curves = new ImageProcessor[image.getStackSize()];
		final ImagePlus figure = Frames.stack(image, "co-guidance of " + name, progress, i -> {
			final PatchGuidance guide = stages.guide(grey.planes().get(i), progress);
			if (asked.curve()) curves[i] = figures.curve(guide);
			if (asked.table()) table.add(i + 1, image.getWidth(), image.getHeight(), guide, figures.mask(guide, i));
			return figures.draw(guide, i);
		});
		final ImagePlus plot = asked.curve() ? Frames.stack(image, "hidden patches with vessel in " + name, Progress.NONE,
			i -> curves[i]) : null;
		final int current = image.getCurrentSlice() - 1;
		final ImagePlus stack = asked.slices() > 0 ? new ImagePlus("hidden patches over the epochs of " + name, figures
			.epochs(stages.guide(grey.planes().get(current), progress), current, asked.slices())) : null;
		return new CoGuidanceResults(figure, stack, plot, table);
	}
}
