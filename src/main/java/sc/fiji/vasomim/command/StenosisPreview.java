package sc.fiji.vasomim.command;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.process.ColorProcessor;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.parallel.TaskExecutors;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.vasomim.files.IntensityRule.Polarity;

/** Shows the measured vessels of an image's current plane over it; makes its mask anew only when it must. */
final class StenosisPreview {

	private final OverlayPreview overlay = new OverlayPreview();

	private final LivePreview live;

	private final Remembered<Frames.Grey> grey = new Remembered<>(unneeded -> {});

	private final Remembered<RandomAccessibleInterval<UnsignedByteType>> masks = new Remembered<>(unneeded -> {});

	/** @param status shows a line to the user */
	StenosisPreview(final Consumer<String> status) {
		live = new LivePreview(overlay::remove, status);
	}

	/** @param command whose settings are taken now; those that can't work are said in the status line */
	void show(final ImagePlus image, final String mask, final AbstractQuantifyStenosis command) {
		live.show(() -> {
			Frames.requireOpen("input", image);
			final AbstractQuantifyStenosis.Settings settings = command.settings();
			final Polarity polarity = settings.vessels();
			final Roi roi = image.getRoi();
			final int plane = image.getCurrentSlice() - 1;
			return progress -> {
				final Frames.Grey frames = grey.get(List.of(image, polarity), () -> Frames.grey(image, polarity));
				final RandomAccessibleInterval<UnsignedByteType> vessels = masks.get(Arrays.asList(image, polarity, plane, roi,
					mask), () -> new VesselMasks(image, VesselMasks.find(mask), TaskExecutors.multiThreaded(), said -> {}).of(plane,
						frames.planes().get(plane), progress));
				final StenosisPlane measured = StenosisPlane.of(plane, OwnValues.plane(image, frames, plane), vessels, settings.line(
					image), settings.stenosis(), progress);
				final ColorProcessor picture = picture(new StenosisResults(image, PixelSize.PX, List.of(measured)));
				return () -> overlay.show(image, plane + 1, picture, true);
			};
		});
	}

	void end() {
		live.end();
	}

	void close() {
		live.close();
	}

	private static ColorProcessor picture(final StenosisResults results) {
		final ColorProcessor picture = new ColorProcessor(results.image().getWidth(), results.image().getHeight());
		for (final Roi roi : StenosisRois.of(results).toArray()) {
			picture.setColor(roi.getStrokeColor());
			picture.draw(roi);
		}
		return picture;
	}
}
