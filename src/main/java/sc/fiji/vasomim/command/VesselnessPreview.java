package sc.fiji.vasomim.command;

import java.util.Arrays;
import java.util.function.Consumer;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Roi;
import ij.process.ImageProcessor;

import net.imglib2.parallel.TaskExecutors;

import sc.fiji.vasomim.batch.Progress;

/** Shows the vesselness of an image's current plane over it, from black at 0 to white at its largest. */
final class VesselnessPreview {

	private final OverlayPreview overlay = new OverlayPreview();

	private final LivePreview live;

	private final Remembered<ImageProcessor> pictures = new Remembered<>(unneeded -> {});

	/** @param status shows a line to the user */
	VesselnessPreview(final Consumer<String> status) {
		live = new LivePreview(overlay::remove, status);
	}

	/** @param command whose settings are taken now; those that can't work are said in the status line */
	void show(final ImagePlus image, final AbstractFrangiVesselFilter command) {
		live.show(() -> {
			Frames.requireOpen("input", image);
			final AbstractFrangiVesselFilter.Settings settings = command.settings().vesselnessOnly();
			final int plane = image.getCurrentSlice();
			final Roi roi = image.getRoi();
			return progress -> {
				final ImageProcessor picture = pictures.get(Arrays.asList(image, plane, roi, settings), () -> picture(image, plane,
					settings, progress));
				return () -> overlay.show(image, plane, picture, false);
			};
		});
	}

	private static ImageProcessor picture(final ImagePlus image, final int plane,
		final AbstractFrangiVesselFilter.Settings settings, final Progress progress)
	{
		final int[] here = image.convertIndexToPosition(plane);
		final ImagePlus vesselness = AbstractFrangiVesselFilter.filter(current(image, here, settings.isVolume()), settings,
			new StoppableExecutor(TaskExecutors.multiThreaded(), progress), said -> {}).vesselness();
		final ImageProcessor picture = vesselness.getStack().getProcessor(settings.isVolume() ? here[1] : 1);
		picture.setMinAndMax(0, picture.getStats().max);
		// 8-bit grey would go through AWT's grey colour space, which darkens it.
		return picture.convertToRGB();
	}

	void end() {
		live.end();
	}

	void close() {
		live.close();
	}

	/**
	 * A plane, or all slices of its channel and frame, sharing their pixels with the image.
	 *
	 * @param here channel, slice and frame
	 */
	private static ImagePlus current(final ImagePlus image, final int[] here, final boolean volume) {
		final ImageStack stack = new ImageStack(image.getWidth(), image.getHeight());
		for (int slice = volume ? 1 : here[1]; slice <= (volume ? image.getNSlices() : here[1]); slice++)
			stack.addSlice(image.getStack().getProcessor(image.getStackIndex(here[0], slice, here[2])));
		if (!image.isComposite()) stack.setColorModel(image.getProcessor().getColorModel());
		final ImagePlus current = new ImagePlus("", stack);
		current.setDimensions(1, stack.size(), 1);
		current.setCalibration(image.getCalibration());
		current.setProperty("Info", image.getInfoProperty());
		current.setRoi(image.getRoi());
		return current;
	}
}
