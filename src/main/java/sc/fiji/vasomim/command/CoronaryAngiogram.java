package sc.fiji.vasomim.command;

import java.io.IOException;
import java.io.InputStream;

import javax.imageio.ImageIO;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;
import ij.process.ByteProcessor;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.sample.RealSample;

/** Opens a real angiogram that comes with the plugin, so that the other commands can be tried at once. */
@Plugin(type = Command.class, menuPath = "File>Open Samples>Coronary Angiogram", label = "Coronary Angiogram",
	headless = true, description = "An X-ray angiogram of a left coronary artery, from the data set ARCADE (CC0)")
public class CoronaryAngiogram extends VasoMIMCommand {

	@Parameter(label = "Angiogram", type = ItemIO.OUTPUT, description = "512 x 512 px, 8-bit grey")
	private ImagePlus angiogram;

	@Override
	protected Object execute(final Progress progress) throws IOException {
		final RealSample sample = RealSample.all().get(0);
		try (InputStream file = sample.openImage()) {
			angiogram = new ImagePlus("coronary-angiogram", new ByteProcessor(ImageIO.read(file)));
		}
		angiogram.setProperty("Info", "ARCADE, part syntax, validation, " + sample.name() + " (Popov et al., Sci Data 11:20, " +
			"2024; CC0). For research use only, not for diagnosis.");
		return null;
	}
}
