package sc.fiji.vasomim.command;

import java.nio.file.Path;

import sc.fiji.vasomim.figure.CoGuidanceFigures;
import sc.fiji.vasomim.files.IntensityRule;

/**
 * Parameters of Preview Co-Guidance Mask at one moment.
 *
 * @param segmentor model file; null if the guidance needs none
 */
record CoGuidanceSetup(Asked asked, Path segmentor, String device) {

	/**
	 * All that the results depend on besides the files.
	 *
	 * @param vessels whether they are dark
	 * @param slices epochs that the stack shows; 0 for no stack
	 * @param curve whether the curve is drawn
	 * @param table whether patches are listed
	 */
	record Asked(CoGuidanceFigures.Settings figure, IntensityRule.Polarity vessels, int slices, boolean curve,
		boolean table)
	{

		Asked {
			if (slices < 0 || slices > figure.epochs()) throw new IllegalArgumentException("slices: must lie in 0.." + figure
				.epochs() + ", the number of epochs, but was " + slices);
		}
	}
}
