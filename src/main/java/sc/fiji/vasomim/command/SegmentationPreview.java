package sc.fiji.vasomim.command;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.process.ByteProcessor;
import ij.process.ImageProcessor;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.figure.LabelColours;
import sc.fiji.vasomim.inference.SegmentedPlane;

/** Shows the vessels of an image's current plane over it; computes anew only the stages that a change concerns. */
final class SegmentationPreview {

	private final OverlayPreview overlay = new OverlayPreview();

	private final LivePreview live;

	private final Consumer<String> status;

	private final Remembered<Frames.Grey> greys = new Remembered<>(unneeded -> {});

	private final Remembered<VesselModel> models = new Remembered<>(VesselModel::close);

	private final Remembered<SegmentedPlane> planes = new Remembered<>(unneeded -> {});

	private boolean ended;

	/** @param status shows a line to the user */
	SegmentationPreview(final Consumer<String> status) {
		this.status = status;
		live = new LivePreview(overlay::remove, status);
	}

	/** @param command whose settings are taken now; those that can't work are said in the status line */
	void show(final ImagePlus image, final AbstractSegmentVessels command) {
		live.show(() -> {
			Frames.requireOpen("input", image);
			final AbstractSegmentVessels.Settings settings = command.settings();
			final VesselModel.Choice choice = command.modelChoice();
			final int plane = image.getCurrentSlice();
			final Roi roi = image.getRoi();
			return progress -> {
				final ImageProcessor picture = picture(image, plane, roi, choice, settings, progress);
				return () -> overlay.show(image, plane, picture, true);
			};
		});
	}

	void end() {
		live.end();
	}

	/** Ends it for good, and closes the network once it is idle. */
	void close() {
		live.close();
		CompletableFuture.runAsync(this::forget);
	}

	private synchronized ImageProcessor picture(final ImagePlus image, final int number, final Roi roi,
		final VesselModel.Choice choice, final AbstractSegmentVessels.Settings settings, final Progress progress)
		throws IOException
	{
		if (ended || progress.isCanceled()) throw new CancellationException();
		final VesselModel model = models.get(choice, () -> new VesselModel(choice, status));
		AbstractSegmentVessels.require(settings, model.segmenter().classes());
		final RandomAccessibleInterval<UnsignedByteType> grey = greys.get(List.of(image, settings.vessels()),
			() -> AbstractSegmentVessels.grey(image, settings)).planes().get(number - 1);
		final SegmentedPlane plane = planes.get(Arrays.asList(model, grey, roi), () -> AbstractSegmentVessels.plane(model,
			grey, Selection.of(image, roi, said -> {}), settings, progress));
		final ByteProcessor labels = Frames.share(AbstractSegmentVessels.labels(plane, settings));
		// The first colour is the only class's, whose label is 255.
		if (model.segmenter().classes().size() == 1) labels.and(1);
		labels.setLut(LabelColours.lut());
		return labels.convertToRGB();
	}

	private synchronized void forget() {
		ended = true;
		models.forget();
	}
}
