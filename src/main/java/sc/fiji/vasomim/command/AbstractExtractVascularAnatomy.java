package sc.fiji.vasomim.command;

import java.util.function.Consumer;

import org.scijava.plugin.Parameter;

import ij.ImagePlus;
import ij.process.ImageProcessor;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.parallel.TaskExecutors;
import net.imglib2.type.logic.NativeBoolType;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.vasomim.anatomy.ComponentRule;
import sc.fiji.vasomim.anatomy.VascularMask;
import sc.fiji.vasomim.anatomy.VascularMaskSettings;
import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.files.IntensityRule.Polarity;

/** What Extract Vascular Anatomy and its sibling on files share. */
abstract class AbstractExtractVascularAnatomy extends VasoMIMCommand {

	private static final VascularMaskSettings BEST = VascularMaskSettings.DEFAULT;

	@Parameter(label = "Preset", choices = { "default", "VasoMIM" }, persist = false,
		description = "default: chosen on two data sets, and as set below; VasoMIM: the published masks to the pixel")
	private String preset = "default";

	@Parameter(label = "Vessels", choices = { "auto", "dark", "bright" }, persist = false,
		description = "Images with bright vessels are inverted first; auto: those that clearly have them, none by VasoMIM")
	private String vessels = "auto";

	@Parameter(label = "Percentile", min = "0", max = "100", persist = false,
		description = "Of the vesselness over the whole image, or the selected area; what lies at or above it is kept")
	private double percentile = BEST.percentile();

	@Parameter(label = "Strong percentile", min = "0", max = "100", persist = false,
		description = "Components without a pixel at or above this percentile are dropped (hysteresis); up to Percentile: none")
	private double strong = BEST.strongPercentile();

	@Parameter(label = "Frame (px)", min = "0", persist = false,
		description = "Border band without vessels: the mirrored border makes false ridges")
	private int frame = BEST.frame();

	@Parameter(label = "Neighbours", choices = { "4", "8" }, persist = false,
		description = "Pixels that touch by their sides (4) or by their corners too (8) are connected")
	private String neighbours = "8";

	@Parameter(label = "Keep", choices = { "published seed", "largest", "at least", "all" }, persist = false,
		description = "Components to keep: that of the strongest pixel (as published), the largest, those of a least size, all")
	private String keep = "at least";

	@Parameter(label = "Least size (px)", min = "1", persist = false, description = "For Keep: at least")
	private int leastsize = BEST.minimumSize();

	@Parameter(label = "Fit to larger images", persist = false,
		description = "Above 512 x 512 px, scales, frame and least size grow with the image, as its vessels do")
	private boolean fit = true;

	/** All that the masks depend on besides the images. */
	record Settings(VascularMaskSettings mask, boolean fit) {}

	Settings settings() {
		final VascularMaskSettings set = new VascularMaskSettings(BEST.vesselness(), BEST.truncate(), frame, percentile, Math
			.max(percentile, strong), Integer.parseInt(neighbours), Choice.of("keep", keep, ComponentRule.class), leastsize);
		if (preset.equals("default")) return new Settings(set, fit);
		if (!set.equals(BEST) || !fit) throw new IllegalArgumentException(
			"preset: VasoMIM fixes percentile, strong, frame, neighbours, keep, leastsize and fit, but some were set. Leave " +
				"them out, or use the preset default.");
		return new Settings(VascularMaskSettings.VASOMIM, false);
	}

	/**
	 * 8-bit masks, plane by plane.
	 *
	 * @param log is told where a plane has no vessel at all, and what a selection means for the result
	 */
	static ImagePlus masks(final ImagePlus input, final Frames.Grey grey, final Settings settings,
		final Progress progress, final Consumer<String> log)
	{
		final RandomAccessibleInterval<NativeBoolType> region = Selection.of(input, log);
		final VascularMaskSettings fitted = settings.fit() ? settings.mask().fittedTo(input.getWidth(), input.getHeight())
			: settings.mask();
		return Frames.stack(input, "vessels of " + input.getTitle(), progress, i -> {
			final ImageProcessor mask = Frames.toProcessor(mask(grey.planes().get(i), region, fitted));
			if (mask.getStats().max == 0) log.accept(input.getTitle() + ", plane " + (i + 1) + ": no vessel was found");
			return mask;
		});
	}

	private static Img<UnsignedByteType> mask(final RandomAccessibleInterval<UnsignedByteType> plane,
		final RandomAccessibleInterval<NativeBoolType> region, final VascularMaskSettings settings)
	{
		// The published pipeline knows no selections: its mask is cut to this one, so that what is left is as published.
		final boolean published = settings.equals(VascularMaskSettings.VASOMIM);
		final Img<UnsignedByteType> mask = ArrayImgs.unsignedBytes(plane.dimensionsAsLongArray());
		VascularMask.compute(plane, mask, published ? null : region, settings, TaskExecutors.singleThreaded());
		if (published && region != null) Selection.clearOutside(mask, region);
		return mask;
	}

	/** @throws IllegalArgumentException if a pixel is no number */
	Frames.Grey grey(final ImagePlus image) {
		final Polarity polarity = Choice.of("vessels", vessels, Polarity.class);
		// The published pipeline knows dark vessels only.
		final boolean published = preset.equals("VasoMIM") && polarity == Polarity.AUTO;
		return Frames.grey(image, published ? Polarity.DARK : polarity);
	}
}
