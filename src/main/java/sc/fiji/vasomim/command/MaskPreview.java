package sc.fiji.vasomim.command;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.process.ColorProcessor;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.parallel.TaskExecutors;
import net.imglib2.type.logic.NativeBoolType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;

import sc.fiji.vasomim.anatomy.VascularMaskSettings;
import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.files.IntensityRule.Polarity;

/** Shows the mask of an image's current plane over it; computes anew only the stages that a change concerns. */
final class MaskPreview {

	private static final int COLOUR = 0xee7733;

	private final OverlayPreview overlay = new OverlayPreview();

	private final LivePreview live;

	private final Remembered<Frames.Grey> grey = new Remembered<>(unneeded -> {});

	private final Remembered<Img<FloatType>> vesselness = new Remembered<>(unneeded -> {});

	/** @param status shows a line to the user */
	MaskPreview(final Consumer<String> status) {
		live = new LivePreview(overlay::remove, status);
	}

	/** @param command whose settings are taken now; those that can't work are said in the status line */
	void show(final ImagePlus image, final AbstractExtractVascularAnatomy command) {
		live.show(() -> {
			Frames.requireOpen("input", image);
			final VascularMaskSettings settings = command.settings().of(image);
			final Polarity polarity = command.polarity();
			final Roi roi = image.getRoi();
			final int plane = image.getCurrentSlice();
			return progress -> {
				final ColorProcessor picture = tint(mask(image, plane, roi, polarity, settings, progress), image.getWidth());
				return () -> overlay.show(image, plane, picture, true);
			};
		});
	}

	void end() {
		live.end();
	}

	void close() {
		live.close();
	}

	/** The costly stage's last result. */
	Img<FloatType> vesselness() {
		return vesselness.value();
	}

	private Img<UnsignedByteType> mask(final ImagePlus image, final int plane, final Roi roi, final Polarity polarity,
		final VascularMaskSettings settings, final Progress progress)
	{
		final RandomAccessibleInterval<UnsignedByteType> pixels = grey.get(List.of(image, polarity), () -> Frames.grey(image,
			polarity)).planes().get(plane - 1);
		final RandomAccessibleInterval<NativeBoolType> region = Selection.of(image, roi, said -> {});
		final Img<FloatType> response = vesselness.get(Arrays.asList(image, polarity, plane, roi, settings.vesselness()),
			() -> AbstractExtractVascularAnatomy.vesselness(pixels, region, settings, new StoppableExecutor(TaskExecutors
				.multiThreaded(), progress)));
		return AbstractExtractVascularAnatomy.threshold(response, region, settings);
	}

	private static ColorProcessor tint(final Img<UnsignedByteType> mask, final int width) {
		final ColorProcessor picture = new ColorProcessor(width, (int) mask.dimension(1));
		int i = 0;
		for (final UnsignedByteType pixel : mask)
			picture.set(i++, pixel.get() > 0 ? COLOUR : 0);
		return picture;
	}
}
