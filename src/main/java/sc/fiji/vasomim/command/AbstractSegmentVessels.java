package sc.fiji.vasomim.command;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

import org.scijava.plugin.Parameter;
import org.scijava.widget.FileWidget;

import ij.ImagePlus;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.ByteArray;
import net.imglib2.type.logic.NativeBoolType;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.vasomim.anatomy.Specks;
import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.files.IntensityRule.Polarity;
import sc.fiji.vasomim.inference.SegmentedPlane;
import sc.fiji.vasomim.inference.SegmenterSettings;

/** What Segment Vessels and its sibling on files share. */
abstract class AbstractSegmentVessels extends VasoMIMCommand {

	@Parameter(label = "Model (empty: bundled)", style = FileWidget.OPEN_STYLE, required = false, persist = false,
		description = "Model file of a segmentation network; empty: the bundled model, vessels of ARCADE")
	private File model;

	@Parameter(label = "Vessels", choices = { "auto", "dark", "bright" }, persist = false,
		description = "Images with bright vessels are inverted first; auto: those that clearly have them, 8-bit ones too")
	private String vessels = "auto";

	@Parameter(label = "Threshold", style = DECIMALS, min = "0", max = "1", stepSize = "0.05", persist = false,
		description = "The least probability of vessel; of a model of several classes the most likely counts instead")
	private double threshold = SegmentedPlane.THRESHOLD;

	@Parameter(label = "Least size (px, 0: any)", min = "0", persist = false,
		description = "Connected vessels of fewer px are removed; 0: none")
	private int leastsize = 20;

	@Parameter(label = "Scale (0: automatic)", style = DECIMALS, min = "0", max = "1000", persist = false,
		description = "Px of the image for one px of what the network sees; 0: the longer side becomes as long as in training")
	private double scale = 0;

	@Parameter(label = "Tile (px, 0: automatic)", min = "0", persist = false,
		description = "Longest side of what the network sees at once, at its own scale; 0: twice the side of training")
	private int tile = 0;

	@Parameter(label = "Flips", choices = { "none", "horizontal", "both" }, persist = false,
		description = "Answers to mirrored views that are averaged: none, left to right (2 views), top to bottom too (4 views)")
	private String flips = "none";

	@Parameter(label = "Device", persist = false, description = "auto (a GPU if there is one), cpu, gpu0, gpu1, ...")
	private String device = "auto";

	@Parameter(label = "Precision", choices = { "auto", "float32", "bfloat16" }, persist = false,
		description = "Of the network's products; auto: bfloat16 on a GPU, else float32")
	private String precision = "auto";

	@Parameter(label = "With probability", persist = false,
		description = "Also give the probability of each class, 32-bit")
	private boolean withprobability = false;

	/** All that the results depend on besides images and model. */
	record Settings(SegmenterSettings network, double threshold, int leastSize, Polarity vessels, String precision,
		boolean withProbability)
	{}

	/**
	 * Of the input's size, a plane for each of its planes.
	 *
	 * @param mask 8-bit, 255 in vessels of any class
	 * @param labels 8-bit; null for a model of one class
	 * @param probability 32-bit, a channel for each class; null if not asked for
	 */
	record Segmented(ImagePlus mask, ImagePlus labels, ImagePlus probability, List<VesselRow> rows) {}

	/** Null for the bundled model. */
	File model() {
		return FileParameter.isGiven(model) ? model : null;
	}

	Settings settings() {
		return new Settings(new SegmenterSettings(scale, tile, Choice.of("flips", flips, SegmenterSettings.Flips.class)),
			threshold, leastsize, Choice.of("vessels", vessels, Polarity.class), precision, withprobability);
	}

	VesselModel.Choice modelChoice() {
		return new VesselModel.Choice(model(), device, precision, settings().network());
	}

	/** @throws IllegalArgumentException if a threshold is set where it counts for nothing */
	static void require(final Settings settings, final List<String> classes) {
		requireOneClass(settings.threshold, classes);
	}

	/** @throws IllegalArgumentException if a threshold is set for a model of several classes */
	static void requireOneClass(final double threshold, final List<String> classes) {
		ParameterLimits.requireUsed("threshold", classes.size() == 1 || threshold == SegmentedPlane.THRESHOLD,
			"the model tells apart " + classes.size() + " classes, of which the most likely counts");
	}

	/** @throws IllegalArgumentException if a pixel is no number */
	static Frames.Grey grey(final ImagePlus image, final Settings settings) {
		return Frames.grey(image, settings.vessels);
	}

	/**
	 * All planes, plane by plane.
	 *
	 * @param log is told where a plane has no vessel at all, and what a selection means for the result
	 */
	static Segmented segment(final VesselModel model, final ImagePlus input, final Frames.Grey grey,
		final Settings settings, final Progress progress, final Consumer<String> log)
	{
		final List<String> classes = model.segmenter().classes();
		final RandomAccessibleInterval<NativeBoolType> region = Selection.of(input, log);
		final VesselImages images = new VesselImages(input, classes);
		final List<VesselRow> rows = new ArrayList<>();
		for (int i = 0; i < grey.planes().size(); i++) {
			if (progress.isCanceled()) throw new CancellationException("after " + i + " of " + grey.planes().size() + " planes");
			final SegmentedPlane plane = plane(model, grey.planes().get(i), region, settings, progress);
			final ArrayImg<UnsignedByteType, ByteArray> labels = labels(plane, settings);
			final List<VesselRow> found = VesselRow.of(input, i, labels, classes);
			if (found.stream().allMatch(row -> row.area() == 0)) log.accept(input.getTitle() + ", plane " + (i + 1) +
				": no vessel was found. A lower threshold finds more; a cut-out is seen best at the scale of its angiogram (" +
					"scale = longer side of the whole / " + model.segmenter().trainedSide() + ").");
			rows.addAll(found);
			images.add(labels, settings.withProbability ? plane.probabilities() : List.of());
			progress.report(i + 1, grey.planes().size(), "vessels of " + input.getTitle());
		}
		return new Segmented(images.mask(), images.labels(), settings.withProbability ? images.probability() : null, rows);
	}

	/** The costly stage, on which threshold and least size have no bearing. */
	static SegmentedPlane plane(final VesselModel model, final RandomAccessibleInterval<UnsignedByteType> plane,
		final RandomAccessibleInterval<NativeBoolType> region, final Settings settings, final Progress progress)
	{
		final SegmentedPlane segmented = model.segmenter().segment(plane, settings.withProbability, progress::isCanceled);
		if (region != null) segmented.clearOutside(region);
		return segmented;
	}

	/** The stage after it: 0 and 255 for one class, else label numbers. */
	static ArrayImg<UnsignedByteType, ByteArray> labels(final SegmentedPlane plane, final Settings settings) {
		final ArrayImg<UnsignedByteType, ByteArray> labels = plane.labels(settings.threshold);
		if (settings.leastSize > 1) Specks.remove(labels, settings.leastSize);
		return labels;
	}
}
