package sc.fiji.vasomim.command;

import java.awt.EventQueue;
import java.awt.GraphicsEnvironment;
import java.awt.Rectangle;
import java.awt.Toolkit;
import java.awt.Window;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import ij.ImagePlus;
import ij.process.ImageProcessor;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.vasomim.dataset.PixelCache;
import sc.fiji.vasomim.figure.Curves;
import sc.fiji.vasomim.figure.Panel;
import sc.fiji.vasomim.figure.ReconstructionFigures;
import sc.fiji.vasomim.files.ImageFile;
import sc.fiji.vasomim.guidance.PatchMask;
import sc.fiji.vasomim.inference.NetworkInput;
import sc.fiji.vasomim.inference.PatchGrid;
import sc.fiji.vasomim.inference.PatchStatistics;
import sc.fiji.vasomim.inference.Reconstruction;
import sc.fiji.vasomim.inference.Reconstructor;
import sc.fiji.vasomim.model.MaskedAutoencoder;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.training.Pretrainer;
import sc.fiji.vasomim.training.PretrainingSettings;
import sc.fiji.vasomim.training.TrainingLog;
import sc.fiji.vasomim.training.TrainingMonitor;

/**
 * Pictures of a pre-training run: its losses in {@code losses.png}, and in {@code pictures} the same few images with the
 * same hidden patches as the network reconstructs them through time. Where there is a
 * display, the newest are shown, in windows that stay.
 */
final class RunPictures implements TrainingMonitor {

	/** Shown images, spread evenly over those that are learnt from. */
	private static final int IMAGES = 3;

	private final PretrainingSettings settings;

	private final PixelCache data;

	/** Null without a display. */
	private final PictureWindow plot;

	private final PictureWindow panel;

	RunPictures(final PretrainingSettings settings, final PixelCache data) {
		this.settings = settings;
		this.data = data;
		final boolean shows = !GraphicsEnvironment.isHeadless();
		plot = shows ? new PictureWindow(RunPictures::open) : null;
		panel = shows ? new PictureWindow(this::openBesidePlot) : null;
	}

	private static void open(final ImagePlus image) {
		if (image.getWindow() == null) image.show();
	}

	/** ImageJ's own place would be over the plot. */
	private void openBesidePlot(final ImagePlus image) {
		if (image.getWindow() != null) return;
		image.show();
		final Window losses = plot.window();
		if (losses == null) return;
		image.getWindow().setLocation(beside(losses.getBounds(), image.getWindow().getWidth(), Toolkit.getDefaultToolkit()
			.getScreenSize().width), losses.getY());
		losses.toFront();
	}

	/** Left edge of a window right of another, else left of it; on a screen too narrow for both, at the nearer border. */
	static int beside(final Rectangle other, final int width, final int screen) {
		final int right = other.x + other.width;
		if (right + width <= screen) return right;
		if (other.x >= width || other.x >= screen - right) return Math.max(0, other.x - width);
		return Math.max(0, screen - width);
	}

	@Override
	public void epochEnded(final Path run, final int epoch, final Weights weights) throws IOException {
		final boolean due = epoch % settings.saveevery() == 0 || epoch == settings.epochs();
		if (plot == null && !due) return;
		final TrainingLog log = TrainingLog.read(run);
		final ImageProcessor losses = Curves.draw("Pre-training", "epoch", "loss", log.column("epoch"), losses(log, settings
			.consistency() > 0));
		show(plot, "Losses of " + run.getFileName(), losses);
		if (!due) return;
		ImageFile.writePng(run.resolve("losses.png"), losses);
		final ImageProcessor picture = reconstructions(epoch, weights);
		ImageFile.writePng(run.resolve("pictures").resolve(String.format("epoch-%04d.png", epoch)), picture);
		show(panel, "Reconstructions of " + run.getFileName(), picture);
	}

	private static void show(final PictureWindow window, final String title, final ImageProcessor picture) {
		if (window != null) EventQueue.invokeLater(() -> window.show(title, picture));
	}

	/** By name. Where reconstruction is all that is asked for, one curve is the whole: two would hide each other. */
	static Map<String, double[]> losses(final TrainingLog log, final boolean consistency) {
		if (!consistency) return Map.of("total: reconstruction alone", log.column("train_loss"));
		final Map<String, double[]> curves = new LinkedHashMap<>();
		curves.put("total", log.column("train_loss"));
		curves.put("reconstruction", log.column("train_rec_loss"));
		curves.put("consistency", log.column("train_consistency_loss"));
		return curves;
	}

	private ImageProcessor reconstructions(final int epoch, final Weights weights) throws IOException {
		final Panel rows = new Panel();
		try (Reconstructor reconstructor = new Reconstructor(weights);
				NetworkInput input = new NetworkInput(settings.network().size(), weights.device()))
		{
			for (final Reconstruction one : reconstruct(reconstructor, input))
				ReconstructionFigures.addRow(rows, one);
		}
		final PatchStatistics statistics = settings.network().rawPixels() ? PatchStatistics.PREDICTED
			: PatchStatistics.ORIGINAL;
		return rows.caption("epoch " + epoch + " of " + settings.epochs() + "; images of the training set, patches hidden at " +
			"random\n" + statistics.caveat() + "\n" + ReconstructionFigures.CAPTION).draw();
	}

	private List<Reconstruction> reconstruct(final Reconstructor reconstructor, final NetworkInput input)
		throws IOException
	{
		final MaskedAutoencoder network = settings.network();
		final List<Reconstruction> reconstructions = new ArrayList<>();
		final int[] learnt = Pretrainer.chosen(settings, data.size());
		for (int i = 0; i < Math.min(IMAGES, learnt.length); i++) {
			final int index = learnt[(int) ((long) i * learnt.length / IMAGES)];
			final RandomAccessibleInterval<UnsignedByteType> image = input.image(ArrayImgs.unsignedBytes(data.image(index), data
				.width(index), data.height(index)));
			final PatchMask mask = PatchMask.uniform(new PatchGrid(network.size(), network.size(), network.patch()), settings
				.masking().schedule().hidden(network.patches()), settings.seed(), index);
			reconstructions.add(reconstructor.reconstruct(image, mask.masked(), PatchStatistics.ORIGINAL));
		}
		return reconstructions;
	}
}
