package sc.fiji.vasomim.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

import ij.process.ColorProcessor;
import ij.process.ImageProcessor;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;

import sc.fiji.vasomim.anatomy.VascularMask;
import sc.fiji.vasomim.anatomy.VascularMaskSettings;
import sc.fiji.vasomim.demo.DemoFrames.Frame;
import sc.fiji.vasomim.figure.CoGuidanceFigures;
import sc.fiji.vasomim.figure.Curves;
import sc.fiji.vasomim.figure.Panel;
import sc.fiji.vasomim.figure.ReconstructionFigures;
import sc.fiji.vasomim.figure.Tiles;
import sc.fiji.vasomim.files.AtomicFile;
import sc.fiji.vasomim.files.ImageFile;
import sc.fiji.vasomim.guidance.PatchGuidance;
import sc.fiji.vasomim.inference.PatchStatistics;
import sc.fiji.vasomim.inference.Reconstruction;
import sc.fiji.vasomim.training.TrainingLog;
import sc.fiji.vasomim.vesselness.Vesselness;
import sc.fiji.vasomim.vesselness.VesselnessSettings;

/** The demo's pictures and the page that shows them. */
final class DemoPage {

	static final String FILE = "index.html";

	private final Path folder;

	private final StringBuilder body = new StringBuilder();

	DemoPage(final Path folder) {
		this.folder = folder;
	}

	/** Angiogram, vesselness, mask, overlay: a row a frame. */
	void anatomy(final List<Frame> frames) throws IOException {
		final Panel panel = new Panel();
		for (final Frame frame : frames) {
			final RandomAccessibleInterval<FloatType> vesselness = Vesselness.compute(frame.image(),
				VesselnessSettings.DEFAULT);
			final ColorProcessor image = Tiles.grey(frame.image(), 255);
			panel.row().add(frame.name(), half(image)).add("vesselness (Frangi)", half(Tiles.grey(vesselness, 1))).add(
				"default mask", half(Tiles.tintMask(image, frame.mask()))).add("published mask", half(Tiles.tintMask(image,
					VascularMask.compute(frame.image(), VascularMaskSettings.VASOMIM))));
		}
		picture("anatomy.png", panel.draw(), "Vascular anatomy", "Frangi vesselness at 1 to 4 px. The default mask, from " +
			"which the networks below learn, keeps all components of at least 800 px above the 92nd percentile. The " +
			"published one keeps the component of the strongest pixel alone; where that pixel lies on an edge, so does the mask.");
	}

	private static ColorProcessor half(final ColorProcessor image) {
		image.setInterpolationMethod(ImageProcessor.BILINEAR);
		return (ColorProcessor) image.resize(image.getWidth() / 2, image.getHeight() / 2, true);
	}

	/**
	 * The co-guidance figure of each frame, with masks of three epochs.
	 *
	 * @param shown side of the figure's network input in px
	 * @param trained that of the pre-training
	 */
	void guidance(final List<Frame> frames, final Function<Frame, PatchGuidance> guidance,
		final CoGuidanceFigures figures, final int shown, final int trained) throws IOException
	{
		for (int i = 0; i < frames.size(); i++)
			picture("co-guidance-" + frames.get(i).name() + ".png", figures.draw(guidance.apply(frames.get(i)), i),
				"Co-guidance, " + frames.get(i).name(), "The filter's mask and the segmentor's probability, half each, " +
					"give every patch its probability of being hidden. The guided share of the hidden patches rises from 0 to a " +
						"half. Shown at " + shown + " px; the short pre-training below runs at " + trained + " px.");
	}

	void curves(final Path segmentor, final Path pretraining) throws IOException {
		final TrainingLog first = TrainingLog.read(segmentor);
		picture("segmentor-loss.png", Curves.draw("Segmentor", "epoch", "loss", first.column("epoch"), Map.of(
			"half cross-entropy, half Dice", first.column("train_loss"))), "Segmentor training", "");
		final TrainingLog second = TrainingLog.read(pretraining);
		final Map<String, double[]> losses = new LinkedHashMap<>();
		losses.put("reconstruction", second.column("train_rec_loss"));
		losses.put("consistency", second.column("train_consistency_loss"));
		losses.put("masked patches with vessel (share)", second.column("masked_vessel_share"));
		picture("pretraining-loss.png", Curves.draw("Pre-training", "epoch", "loss", second.column("epoch"), losses),
			"Pre-training", "Losses of the training crops, and how many of the hidden patches hold vessel.");
	}

	/** The held-out frames' reconstructions: a row a frame. */
	void reconstruction(final List<Reconstruction> reconstructions) throws IOException {
		final Panel panel = new Panel();
		for (final Reconstruction one : reconstructions)
			ReconstructionFigures.addRow(panel, one);
		picture("reconstruction.png", panel.caption(PatchStatistics.ORIGINAL.caveat() + "\n" +
			ReconstructionFigures.CAPTION).draw(), "Reconstruction of frames " +
			"that were not trained on", "Some minutes on seven frames are enough to continue shading into hidden patches, " +
				"not vessels: the paper's network sees 171,478 images 800 times. Bilinear in-fill, which is given no patch's " +
				"mean, may well be nearer to the pixels.");
	}

	private void picture(final String file, final ImageProcessor image, final String title, final String text)
		throws IOException
	{
		ImageFile.writePng(folder.resolve(file), image);
		body.append("<h2>").append(title).append("</h2>\n<p>").append(text).append("</p>\n<img src=\"").append(file)
			.append("\" alt=\"").append(title).append("\">\n");
	}

	void write(final DemoResult result) throws IOException {
		final String figures = String.format(Locale.ROOT, """
			<table>
			<tr><th>on the two held-out frames, fixed masks</th><th></th></tr>
			<tr><td>reconstruction loss before training</td><td>%.3f</td></tr>
			<tr><td>reconstruction loss after %d steps</td><td>%.3f</td></tr>
			<tr><td>loss of the best constant patch</td><td>%.3f</td></tr>
			<tr><td>PSNR of hidden pixels, reconstruction (patch mean and contrast taken from the original)</td><td>%.2f dB</td></tr>
			<tr><td>PSNR of hidden pixels, bilinear in-fill (knows the visible patches only)</td><td>%.2f dB</td></tr>
			</table>
			""", result.heldoutlossstart(), result.pretrainsteps(), result.heldoutlossend(), result.constantpatchloss(),
			result.psnrreconstruction(), result.psnrbilinear());
		AtomicFile.write(folder.resolve(FILE), """
			<!DOCTYPE html>
			<html lang="en"><head><meta charset="utf-8"><title>VasoMIM for Fiji: demo</title>
			<style>body{font-family:sans-serif;max-width:70em;margin:2em auto;padding:0 1em}img{max-width:100%}
			td,th{padding:.2em 1em;text-align:left;border-bottom:1px solid #ccc}</style></head><body>
			<h1>VasoMIM for Fiji: demo</h1>
			<p>For research use only, not for diagnosis. Real frames: ARCADE (Popov et al., Sci Data 11:20, 2024), CC0.</p>
			""" + figures + body + "</body></html>\n");
	}
}
