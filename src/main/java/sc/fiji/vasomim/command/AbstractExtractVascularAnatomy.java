package sc.fiji.vasomim.command;

import java.util.function.Consumer;

import org.scijava.plugin.Parameter;

import ij.ImagePlus;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.ByteArray;
import net.imglib2.parallel.TaskExecutor;
import net.imglib2.parallel.TaskExecutors;
import net.imglib2.type.logic.NativeBoolType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;

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

	@Parameter(label = "Percentile", style = DECIMALS, min = "0", max = "100", persist = false,
		description = "Of the vesselness over the whole image, or the selected area; what lies at or above it is kept")
	private double percentile = BEST.percentile();

	@Parameter(label = "Strong percentile", style = DECIMALS, min = "0", max = "100", persist = false,
		description = "Components without a pixel at or above this percentile are dropped (hysteresis); up to Percentile: none")
	private double strong = BEST.strongPercentile();

	@Parameter(label = "Border (px)", min = "0", persist = false,
		description = "Band along the sides without vessels: the mirrored border makes false ridges")
	private int border = BEST.frame();

	@Parameter(label = "Neighbours", choices = { "4", "8" }, persist = false,
		description = "Pixels that touch by their sides (4) or by their corners too (8) are connected")
	private String neighbours = "8";

	@Parameter(label = "Keep", choices = { "published seed", "largest", "at least", "all" }, persist = false,
		description = "Components to keep: that of the strongest pixel (as published), the largest, those of a least size, all")
	private String keep = "at least";

	@Parameter(label = "Least size (px)", min = "1", persist = false, description = "For Keep: at least")
	private int leastsize = BEST.minimumSize();

	@Parameter(label = "Fit to larger images", persist = false,
		description = "Above 512 x 512 px, scales, border and least size grow with the image, as its vessels do")
	private boolean fit = true;

	/** All that the masks depend on besides the images. */
	record Settings(VascularMaskSettings mask, boolean fit, Polarity vessels) {

		/** For images of this one's size. */
		VascularMaskSettings of(final ImagePlus image) {
			return fit ? mask.fittedTo(image.getWidth(), image.getHeight()) : mask;
		}
	}

	Settings settings() {
		final VascularMaskSettings set = new VascularMaskSettings(BEST.vesselness(), BEST.truncate(), border, percentile, Math
			.max(percentile, strong), Integer.parseInt(neighbours), Choice.of("keep", keep, ComponentRule.class), leastsize);
		ParameterLimits.requireUsed("leastsize", set.rule() == ComponentRule.AT_LEAST || leastsize == BEST.minimumSize(),
			"keep is " + keep + ", not at least");
		if (preset.equals("default")) return new Settings(set, fit, polarity());
		if (!set.equals(BEST) || !fit) throw new IllegalArgumentException(
			"preset: VasoMIM fixes percentile, strong, border, neighbours, keep, leastsize and fit, but some were set. Leave " +
				"them out, or use the preset default.");
		return new Settings(VascularMaskSettings.VASOMIM, false, polarity());
	}

	/**
	 * 8-bit masks, plane by plane.
	 *
	 * @param threads for the work on each plane
	 * @param log is told where a plane has no vessel at all, and what a selection means for the result
	 */
	static ImagePlus masks(final ImagePlus input, final Frames.Grey grey, final Settings settings,
		final TaskExecutor threads, final Progress progress, final Consumer<String> log)
	{
		final TaskExecutor executor = new StoppableExecutor(threads, progress);
		final RandomAccessibleInterval<NativeBoolType> region = Selection.of(input, log);
		final VascularMaskSettings fitted = settings.of(input);
		return Frames.stack(input, "vessels of " + input.getTitle(), progress, i -> {
			final ArrayImg<UnsignedByteType, ByteArray> mask = mask(grey.planes().get(i), region, fitted, executor);
			if (isEmpty(mask)) log.accept(input.getTitle() + ", plane " + (i + 1) + ": no vessel was found");
			return Frames.share(mask);
		});
	}

	private static boolean isEmpty(final ArrayImg<UnsignedByteType, ByteArray> mask) {
		return mask.stream().allMatch(pixel -> pixel.get() == 0);
	}

	private static ArrayImg<UnsignedByteType, ByteArray> mask(final RandomAccessibleInterval<UnsignedByteType> plane,
		final RandomAccessibleInterval<NativeBoolType> region, final VascularMaskSettings settings,
		final TaskExecutor executor)
	{
		return threshold(vesselness(plane, region, settings, executor), region, settings);
	}

	/** The costly stage, which depends on the region and on the settings' vesselness alone. */
	static Img<FloatType> vesselness(final RandomAccessibleInterval<UnsignedByteType> plane,
		final RandomAccessibleInterval<NativeBoolType> region, final VascularMaskSettings settings,
		final TaskExecutor executor)
	{
		final Img<FloatType> vesselness = ArrayImgs.floats(plane.dimensionsAsLongArray());
		VascularMask.vesselness(plane, vesselness, region, settings, executor);
		return vesselness;
	}

	/** The stage after it. */
	static ArrayImg<UnsignedByteType, ByteArray> threshold(final Img<FloatType> vesselness,
		final RandomAccessibleInterval<NativeBoolType> region, final VascularMaskSettings settings)
	{
		final ArrayImg<UnsignedByteType, ByteArray> mask = ArrayImgs.unsignedBytes(vesselness.dimensionsAsLongArray());
		VascularMask.threshold(vesselness, mask, region, settings, TaskExecutors.singleThreaded());
		return mask;
	}

	/** @throws IllegalArgumentException if a pixel is no number */
	Frames.Grey grey(final ImagePlus image) {
		return Frames.grey(image, polarity());
	}

	/** The published pipeline knows dark vessels only. */
	Polarity polarity() {
		final Polarity polarity = Choice.of("vessels", vessels, Polarity.class);
		return preset.equals("VasoMIM") && polarity == Polarity.AUTO ? Polarity.DARK : polarity;
	}
}
