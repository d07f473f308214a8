package sc.fiji.vasomim.command;

import org.scijava.plugin.Parameter;

import sc.fiji.vasomim.sample.AngiogramSettings;
import sc.fiji.vasomim.sample.Coronary;

/** What Synthetic Angiogram and its sibling on files share. */
abstract class AbstractSyntheticAngiogram extends VasoMIMCommand {

	@Parameter(label = "Width (px)", min = "64", max = "4096", persist = false, description = "Of the image")
	private int width = 512;

	@Parameter(label = "Height (px)", min = "64", max = "4096", persist = false, description = "Of the image")
	private int height = 512;

	@Parameter(label = "Seed", style = "format:#", persist = false, description = "The same seed gives the same pixels")
	private long seed = 1;

	@Parameter(label = "Artery", choices = { "any", "left", "right" }, persist = false,
		description = "Coronary artery; any: the seed decides")
	private String artery = "any";

	@Parameter(label = "Stenoses", min = "0", max = "5", persist = false, description = "Number of focal narrowings")
	private int stenoses = 1;

	@Parameter(label = "Diameter stenosis (%, 0: drawn)", style = DECIMALS, min = "0", max = "95", persist = false,
		description = "Of each narrowing, 5 or more; 0: drawn from 20 to 90")
	private double percent = 0;

	@Parameter(label = "Photons (0: no noise)", style = DECIMALS, min = "0", max = "1000000000", persist = false,
		description = "X-ray quanta a pixel in the open beam, 10 or more: fewer are noisier; 0: no noise")
	private double photons = 500;

	@Parameter(label = "Blur (px)", style = DECIMALS, min = "0", max = "5", stepSize = "0.1", persist = false,
		description = "Standard deviation of the unsharpness by focal spot and motion")
	private double blur = 0.7;

	/** @param offset added to the seed: 0 for the first image */
	AngiogramSettings settings(final int offset) {
		return new AngiogramSettings(width, height, seed + offset, Choice.of("artery", artery, Coronary.class), stenoses,
			photons, blur, percent);
	}
}
