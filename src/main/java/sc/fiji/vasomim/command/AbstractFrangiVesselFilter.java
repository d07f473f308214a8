package sc.fiji.vasomim.command;

import org.scijava.plugin.Parameter;

import ij.ImagePlus;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.vesselness.HessianMethod;
import sc.fiji.vasomim.vesselness.Polarity;
import sc.fiji.vasomim.vesselness.Vesselness;
import sc.fiji.vasomim.vesselness.VesselnessFilter;
import sc.fiji.vasomim.vesselness.VesselnessSettings;

/** What Frangi Vessel Filter and its sibling on files share. */
abstract class AbstractFrangiVesselFilter extends VasoMIMCommand {

	@Parameter(label = "Filter", choices = { "frangi", "sato" }, persist = false,
		description = "Frangi 1998: 0..1, and independent of contrast; Sato 1998: in grey values")
	private String filter = "frangi";

	@Parameter(label = "Vessels", choices = { "dark", "bright" }, persist = false,
		description = "Dark as in angiograms, bright as in subtracted ones and in fluorescence")
	private String polarity = "dark";

	@Parameter(label = "Scales (px)", persist = false,
		description = "Standard deviations of the Gaussian, separated by commas; a vessel of width w answers best near w / 2.4")
	private String sigmas = "1, 2, 3, 4";

	@Parameter(label = "Beta", min = "0", stepSize = "0.1", persist = false,
		description = "Frangi's sensitivity to blobs, more than 0; the paper's 0.5")
	private double beta = 0.5;

	@Parameter(label = "c", min = "0", persist = false,
		description = "Frangi's Hessian norm, in grey values, that counts as structure; 0: half the largest one")
	private double c = 0;

	VesselnessSettings settings() {
		return new VesselnessSettings(Choice.of("filter", filter, VesselnessFilter.class), Choice.of("polarity", polarity,
			Polarity.class), Sigmas.parse(sigmas), beta, c, HessianMethod.DIRECT);
	}

	/** Plane by plane, 32-bit. */
	static ImagePlus vesselness(final ImagePlus input, final VesselnessSettings settings, final Progress progress) {
		return Frames.map(input, "vesselness of " + input.getTitle(), progress, (plane, i) -> Frames.toProcessor(Vesselness
			.compute(Frames.plane(plane), settings)));
	}
}
