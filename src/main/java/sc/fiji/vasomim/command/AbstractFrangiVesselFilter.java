package sc.fiji.vasomim.command;

import org.scijava.plugin.Parameter;

import ij.ImagePlus;
import ij.measure.Calibration;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.planar.PlanarImgs;
import net.imglib2.parallel.TaskExecutor;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;

import sc.fiji.vasomim.vesselness.Polarity;
import sc.fiji.vasomim.vesselness.Vesselness;
import sc.fiji.vasomim.vesselness.VesselnessFilter;
import sc.fiji.vasomim.vesselness.VesselnessOutput;
import sc.fiji.vasomim.vesselness.VesselnessSettings;

/** What Frangi Vessel Filter and its sibling on files share. */
abstract class AbstractFrangiVesselFilter extends VasoMIMCommand {

	@Parameter(label = "Filter", choices = { "frangi", "sato" }, persist = false,
		description = "Frangi 1998: 0..1, and independent of contrast; Sato 1998: in grey values")
	private String filter = "frangi";

	@Parameter(label = "Vessels", choices = { "dark", "bright", "both", "auto" }, persist = false,
		description = "Dark as in angiograms, bright as in subtracted ones; auto: whichever is stronger in the image")
	private String vessels = "dark";

	@Parameter(label = "Scales", persist = false,
		description = "Standard deviations of the Gaussian, separated by commas; a vessel of width w answers best near w / 2.4")
	private String sigmas = "1, 2, 3, 4";

	@Parameter(label = "Scales in calibrated units", persist = false,
		description = "Off: scales are in px. On: in the unit of the image's pixel size")
	private boolean calibrated = false;

	@Parameter(label = "3D", persist = false, description = "Filter slices as a volume, one for each channel and frame, instead of plane by plane")
	private boolean volume = false;

	@Parameter(label = "Alpha", min = "0", stepSize = "0.1", persist = false,
		description = "Frangi's sensitivity to plates, 3D only, more than 0; the paper's 0.5")
	private double alpha = VesselnessSettings.FRANGI_1998.alpha();

	@Parameter(label = "Beta", min = "0", stepSize = "0.1", persist = false,
		description = "Frangi's sensitivity to blobs, more than 0; the paper's 0.5")
	private double beta = VesselnessSettings.FRANGI_1998.beta();

	@Parameter(label = "c", min = "0", persist = false,
		description = "Frangi's Hessian norm, in grey values, that counts as structure; 0: half the largest of all planes")
	private double c = 0;

	/** All that the result depends on besides the image. */
	record Settings(VesselnessSettings vesselness, boolean calibrated) {}

	Settings settings() {
		return new Settings(new VesselnessSettings(Choice.of("filter", filter, VesselnessFilter.class), Choice.of(
			"vessels", vessels, Polarity.class), Sigmas.parse(sigmas), alpha, beta, c, VesselnessSettings.FRANGI_1998
				.cPercentile(), VesselnessSettings.FRANGI_1998.method(), volume ? 3 : 2), calibrated);
	}

	/** 32-bit, of the input's size and calibration. */
	ImagePlus vesselness(final ImagePlus input, final Settings settings, final TaskExecutor executor) {
		if (volume && input.getNSlices() < 2) throw new IllegalArgumentException(
			"volume: needs two slices or more, but the image has " + input.getNSlices() + ". Switch it off.");
		final RandomAccessibleInterval<? extends RealType<?>> volumes = Frames.volumes(input);
		final Img<FloatType> response = PlanarImgs.floats(volumes.dimensionsAsLongArray());
		Vesselness.compute(volumes, pixelSize(input.getCalibration()), new VesselnessOutput(response, null, null),
			settings.vesselness(), executor);
		return Frames.toStack(input, "vesselness of " + input.getTitle(), response);
	}

	private double[] pixelSize(final Calibration calibration) {
		if (!calibrated) return volume ? new double[] { 1, 1, 1 } : new double[] { 1, 1 };
		return volume ? new double[] { calibration.pixelWidth, calibration.pixelHeight, calibration.pixelDepth }
			: new double[] { calibration.pixelWidth, calibration.pixelHeight };
	}
}
