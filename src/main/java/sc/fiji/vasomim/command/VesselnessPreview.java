package sc.fiji.vasomim.command;

import java.util.function.Consumer;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ImageProcessor;

import net.imglib2.parallel.TaskExecutors;

/** Shows the vesselness of an image's current plane over it, from black at 0 to white at its largest. */
final class VesselnessPreview {

	private final OverlayPreview overlay = new OverlayPreview();

	private final LivePreview live;

	/** @param status shows a line to the user */
	VesselnessPreview(final Consumer<String> status) {
		live = new LivePreview(overlay::remove, status);
	}

	/** @param command whose settings are taken now; those that can't work are said in the status line */
	void show(final ImagePlus image, final AbstractFrangiVesselFilter command) {
		live.show(() -> {
			Frames.requireOpen("input", image);
			final AbstractFrangiVesselFilter.Settings settings = command.settings();
			final ImagePlus current = current(image, settings.isVolume());
			final int slice = settings.isVolume() ? position(image)[1] : 1;
			return progress -> {
				final ImagePlus vesselness = AbstractFrangiVesselFilter.filter(current, settings, new StoppableExecutor(
					TaskExecutors.multiThreaded(), progress), said -> {}).vesselness();
				final ImageProcessor picture = vesselness.getStack().getProcessor(slice);
				picture.setMinAndMax(0, picture.getStats().max);
				// 8-bit grey would go through AWT's grey colour space, which darkens it.
				final ImageProcessor colours = picture.convertToRGB();
				return () -> overlay.show(image, colours, false);
			};
		});
	}

	void end() {
		live.end();
	}

	/** The current plane, or all slices of its channel and frame, sharing their pixels with the image. */
	private static ImagePlus current(final ImagePlus image, final boolean volume) {
		final ImageStack stack = new ImageStack(image.getWidth(), image.getHeight());
		final int[] here = position(image);
		for (int slice = volume ? 1 : here[1]; slice <= (volume ? image.getNSlices() : here[1]); slice++)
			stack.addSlice(image.getStack().getProcessor(image.getStackIndex(here[0], slice, here[2])));
		final ImagePlus current = new ImagePlus("", stack);
		current.setDimensions(1, stack.size(), 1);
		current.setCalibration(image.getCalibration());
		current.setRoi(image.getRoi());
		return current;
	}

	/** Channel, slice and frame of the current plane; getC() and its kind know it of displayed hyperstacks only. */
	private static int[] position(final ImagePlus image) {
		return image.convertIndexToPosition(image.getCurrentSlice());
	}
}
