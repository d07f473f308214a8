package sc.fiji.vasomim.command;

import java.nio.file.Path;

import sc.fiji.vasomim.figure.CoGuidanceFigures;
import sc.fiji.vasomim.files.IntensityRule;

/**
 * Parameters of Preview Co-Guidance Mask at one moment.
 *
 * @param segmentor model file; null if the guidance needs none
 * @param vessels whether they are dark
 */
record CoGuidanceSetup(CoGuidanceFigures.Settings figures, Path segmentor, String device,
	IntensityRule.Polarity vessels)
{}
