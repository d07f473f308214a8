package sc.fiji.vasomim.command;

import java.util.function.Consumer;

import org.scijava.ItemVisibility;
import org.scijava.plugin.Parameter;

import ij.ImagePlus;
import ij.measure.Calibration;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.img.planar.PlanarImgs;
import net.imglib2.parallel.TaskExecutor;
import net.imglib2.type.logic.NativeBoolType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import sc.fiji.vasomim.files.Grey;
import sc.fiji.vasomim.files.IntensityRule;
import sc.fiji.vasomim.vesselness.Polarity;
import sc.fiji.vasomim.vesselness.Vesselness;
import sc.fiji.vasomim.vesselness.VesselnessFilter;
import sc.fiji.vasomim.vesselness.VesselnessOutput;
import sc.fiji.vasomim.vesselness.VesselnessSettings;

/** What Frangi Vessel Filter and its sibling on files share. */
abstract class AbstractFrangiVesselFilter extends VasoMIMCommand {

	private static final VesselnessSettings BEST = VesselnessSettings.DEFAULT;

	@Parameter(label = "Preset", choices = { "default", "Frangi 1998", "VasoMIM" }, persist = false,
		description = "default: as set below; Frangi 1998: alpha, beta and c as in the paper; VasoMIM: Sato as the published masks take it, for values 0..255")
	private String preset = "default";

	@Parameter(label = "Filter", choices = { "frangi", "sato", "tubeness" }, persist = false,
		description = "Frangi 1998: 0..1, and independent of contrast; Sato 1998: in grey values; tubeness: the same as ImageJ's Tubeness takes it")
	private String filter = "frangi";

	@Parameter(label = "Vessels", choices = { "dark", "bright", "both", "auto" }, persist = false,
		description = "Dark as in angiograms, bright as in subtracted ones; auto: whichever is stronger in the image")
	private String vessels = "dark";

	@Parameter(label = "<html><b>Scales</b>", visibility = ItemVisibility.MESSAGE, persist = false)
	private final String scaleshead = "";

	@Parameter(label = "Scales", choices = { "list", "linear", "logarithmic" }, persist = false,
		description = "As listed, or from a smallest to a largest at equal distances (linear) or equal ratios (logarithmic)")
	private String scales = "list";

	@Parameter(label = "List of scales", persist = false,
		description = "Standard deviations of the Gaussian, separated by commas; a vessel of width w answers best near w / 2.4")
	private String sigmas = Scales.LIST;

	@Parameter(label = "Smallest scale", style = DECIMALS, min = "0", persist = false, description = "For linear and logarithmic scales, more than 0")
	private double smallest = Scales.SMALLEST;

	@Parameter(label = "Largest scale", style = DECIMALS, min = "0", persist = false, description = "For linear and logarithmic scales")
	private double largest = Scales.LARGEST;

	@Parameter(label = "Steps", min = "1", max = "100", persist = false,
		description = "For linear and logarithmic scales: how many, the smallest and the largest included")
	private int steps = Scales.STEPS;

	@Parameter(label = "Scales in calibrated units", persist = false,
		description = "Off: scales are in px. On: in the unit of the image's pixel size, along each axis by its own")
	private boolean calibrated = false;

	@Parameter(label = "3D", persist = false, description = "Filter slices as a volume, one for each channel and frame, instead of plane by plane")
	private boolean volume = false;

	@Parameter(label = "<html><b>Frangi's constants</b>", visibility = ItemVisibility.MESSAGE, persist = false)
	private final String frangihead = "";

	@Parameter(label = "Alpha", style = DECIMALS, min = "0", stepSize = "0.1", persist = false,
		description = "Frangi's sensitivity to plates, 3D only, more than 0; the paper's 0.5")
	private double alpha = BEST.alpha();

	@Parameter(label = "Beta", style = DECIMALS, min = "0", stepSize = "0.1", persist = false,
		description = "Frangi's sensitivity to blobs, more than 0; the paper's 0.5")
	private double beta = BEST.beta();

	@Parameter(label = "c (0: automatic)", style = DECIMALS, min = "0", persist = false,
		description = "Frangi's Hessian norm, in grey values, that counts as structure; 0: automatic, one for all planes")
	private double c = BEST.c();

	@Parameter(label = "Automatic c", choices = { "percentile", "maximum" }, persist = false,
		description = "Half of the 99.5th percentile of the norms, or half of their maximum (the paper's), which one bright spot moves")
	private String autoc = "percentile";

	@Parameter(label = "With scale", persist = false,
		description = "Also give the scale of the strongest response, in the unit of the scales; 0 where nothing responds")
	private boolean withscale = false;

	@Parameter(label = "With direction", persist = false,
		description = "Also give the vessels' direction, -90 to 90 degrees, counter-clockwise from the x axis; NaN where nothing responds; 2D only")
	private boolean withdirection = false;

	/** All that the result depends on besides the image. */
	record Settings(VesselnessSettings vesselness, boolean calibrated, boolean withscale, boolean withdirection) {

		boolean isVolume() {
			return vesselness.dimensions() == 3;
		}

		Settings vesselnessOnly() {
			return new Settings(vesselness, calibrated, false, false);
		}
	}

	/** 32-bit, of the input's size and calibration; null what was not asked for. */
	record Images(ImagePlus vesselness, ImagePlus scale, ImagePlus direction) {}

	Settings settings() {
		if (withdirection && volume) throw new IllegalArgumentException(
			"withdirection: is for planes only, but volume is on. Switch one of them off.");
		return new Settings(vesselness(), calibrated, withscale, withdirection);
	}

	private VesselnessSettings vesselness() {
		final VesselnessSettings set = new VesselnessSettings(Choice.of("filter", filter, VesselnessFilter.class), Choice.of(
			"vessels", vessels, Polarity.class), Scales.of(scales, sigmas, smallest, largest, steps), alpha, beta, c, autoc
				.equals("maximum") ? 100 : BEST.cPercentile(), BEST.method(), volume ? 3 : 2);
		if (preset.equals("default")) {
			requireUsed(set);
			return set;
		}
		final VesselnessSettings free = BEST.withPolarity(set.polarity());
		if (preset.equals("VasoMIM")) {
			requireUnset(!calibrated && set.equals(free), "filter, scales, calibrated, volume, alpha, beta, c and autoc");
			return VesselnessSettings.VASOMIM.withPolarity(set.polarity());
		}
		requireUnset(set.equals(free.withSigmas(set.sigmas()).withDimensions(set.dimensions())),
			"filter, alpha, beta, c and autoc");
		return VesselnessSettings.FRANGI_1998.withPolarity(set.polarity()).withSigmas(set.sigmas()).withDimensions(set
			.dimensions());
	}

	private void requireUsed(final VesselnessSettings set) {
		final boolean frangi = set.filter() == VesselnessFilter.FRANGI;
		ParameterLimits.requireUsed("alpha", frangi && volume || alpha == BEST.alpha(), "is for Frangi's filter in 3D only");
		ParameterLimits.requireUsed("beta", frangi || beta == BEST.beta(), "is for Frangi's filter only");
		ParameterLimits.requireUsed("c", frangi || c == BEST.c(), "is for Frangi's filter only");
		ParameterLimits.requireUsed("autoc", frangi && c == 0 || autoc.equals("percentile"), "is for Frangi's filter with c 0 only");
	}

	private void requireUnset(final boolean unset, final String fixed) {
		if (!unset) throw new IllegalArgumentException("preset: " + preset + " fixes " + fixed +
			", but some were set. Leave them out, or use the preset default.");
	}

	/** @param log is told what an area selection, or another one, means for the result */
	static Images filter(final ImagePlus input, final Settings settings, final TaskExecutor executor,
		final Consumer<String> log)
	{
		if (settings.isVolume() && input.getNSlices() < 2) throw new IllegalArgumentException(
			"volume: needs two slices or more, but the image has " + input.getNSlices() + ". Switch it off.");
		if (settings.calibrated && !input.getCalibration().scaled()) throw new IllegalArgumentException(
			"calibrated: was set, but " + input.getTitle() + " has no calibration. Set it by Image>Properties, or leave it out.");
		if (settings.vesselness.equals(VesselnessSettings.VASOMIM) && input.getBitDepth() != 8 && input.getBitDepth() != 24)
			log.accept(input.getTitle() + ": the published filter is for 8-bit grey values, but these are of " + input
				.getBitDepth() + " bits");
		if (Grey.isPalette(input)) log.accept(input.getTitle() + ": the colours of its palette were taken as grey");
		final RandomAccessibleInterval<? extends RealType<?>> volumes = Frames.volumes(input);
		final long[] size = volumes.dimensionsAsLongArray();
		final PlanarImg<FloatType, FloatArray> response = PlanarImgs.floats(size);
		final PlanarImg<FloatType, FloatArray> scale = settings.withscale ? PlanarImgs.floats(size) : null;
		final PlanarImg<FloatType, FloatArray> direction = settings.withdirection ? PlanarImgs.floats(size) : null;
		Vesselness.compute(volumes, pixelSize(input.getCalibration(), settings), new VesselnessOutput(response, scale, direction),
			region(input, settings, log), asShown(input, settings.vesselness(), log), executor);
		if (settings.withdirection) Degrees.of(direction, response);
		return new Images(image(input, "vesselness", response), image(input, "scale", scale), image(input, "direction",
			direction));
	}

	/** Dark and bright are what users see, and the largest values may be shown black. */
	private static VesselnessSettings asShown(final ImagePlus input, final VesselnessSettings settings,
		final Consumer<String> log)
	{
		if (!IntensityRule.isShownInverted(input)) return settings;
		log.accept(input.getTitle() +
			": its largest values are shown black (MONOCHROME1 or an inverting LUT), and so taken");
		return switch (settings.polarity()) {
			case DARK -> settings.withPolarity(Polarity.BRIGHT);
			case BRIGHT -> settings.withPolarity(Polarity.DARK);
			case BOTH, AUTO -> settings;
		};
	}

	/** Of a plane, or the same for all slices of a volume. */
	private static RandomAccessibleInterval<NativeBoolType> region(final ImagePlus input, final Settings settings,
		final Consumer<String> log)
	{
		final RandomAccessibleInterval<NativeBoolType> plane = Selection.of(input, log);
		return plane == null || !settings.isVolume() ? plane : Views.addDimension(plane, 0, input.getNSlices() - 1);
	}

	private static ImagePlus image(final ImagePlus input, final String what, final PlanarImg<FloatType, FloatArray> values) {
		return values == null ? null : Frames.toStack(input, what + " of " + input.getTitle(), values);
	}

	private static double[] pixelSize(final Calibration calibration, final Settings settings) {
		final boolean volume = settings.isVolume();
		if (!settings.calibrated) return volume ? new double[] { 1, 1, 1 } : new double[] { 1, 1 };
		return volume ? new double[] { calibration.pixelWidth, calibration.pixelHeight, calibration.pixelDepth }
			: new double[] { calibration.pixelWidth, calibration.pixelHeight };
	}
}
