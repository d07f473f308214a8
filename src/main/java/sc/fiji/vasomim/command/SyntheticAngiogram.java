package sc.fiji.vasomim.command;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;

import sc.fiji.vasomim.batch.Progress;

/** Draws a synthetic X-ray coronary angiogram, and the numbers of its vessel segments. */
@Plugin(type = Command.class, menuPath = "Plugins>VasoMIM>Samples>Synthetic Angiogram...",
	label = "Synthetic Angiogram", headless = true,
	description = "Draws a synthetic X-ray coronary angiogram with its vessel segments. For research use only, not for diagnosis.")
public class SyntheticAngiogram extends AbstractSyntheticAngiogram {

	@Parameter(label = "Angiogram", type = ItemIO.OUTPUT, description = "8-bit grey")
	private ImagePlus angiogram;

	@Parameter(label = "Segments", type = ItemIO.OUTPUT, description = "16-bit: the number of the segment, 0 outside")
	private ImagePlus segments;

	@Override
	protected AngiogramTruth execute(final Progress progress) {
		final var drawn = sc.fiji.vasomim.sample.SyntheticAngiogram.generate(settings(0));
		angiogram = Frames.toImage("angiogram", drawn.image());
		segments = Frames.toImage("segments", drawn.labels());
		return AngiogramTruth.of(drawn);
	}
}
