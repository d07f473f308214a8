package sc.fiji.vasomim.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;

import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.files.ImageFile;
import sc.fiji.vasomim.files.Json;

/** Writes synthetic angiograms with their ground truth: a data set for trials and tests. */
@Plugin(type = Command.class, menuPath = "Plugins>VasoMIM>Batch>Synthetic Angiogram Folder...",
	label = "Synthetic Angiogram Folder", headless = true,
	description = "Writes synthetic X-ray coronary angiograms with their ground truth. For research use only, not for diagnosis.")
public class SyntheticAngiogramFolder extends AbstractSyntheticAngiogram {

	@Parameter(label = "Count", min = "1", max = "100000", persist = false,
		description = "Number of angiograms; the seed counts up")
	private int count = 1;

	@Parameter(label = "Output", style = FileWidget.DIRECTORY_STYLE,
		description = "Folder that receives images, masks, segments (numbers as 16-bit TIFF) and truth (JSON)")
	private File output;

	/** How many were written. */
	record Written(int written) {}

	@Override
	protected Written execute(final Progress progress) throws IOException {
		if (count < 1) throw new IllegalArgumentException("count: must be 1 or more, but was " + count);
		final Path folder = FileParameter.folder("output", output);
		for (int i = 0; i < count; i++) {
			if (progress.isCanceled()) throw new CancellationException(i + " of " + count + " angiograms are written");
			final var drawn = sc.fiji.vasomim.sample.SyntheticAngiogram.generate(settings(i));
			final String name = "synthetic-" + drawn.settings().seed();
			ImageFile.writePng(folder.resolve("images").resolve(name + ".png"), Frames.toProcessor(drawn.image()));
			ImageFile.writePng(folder.resolve("masks").resolve(name + ".png"), Frames.toProcessor(drawn.mask()));
			ImageFile.writeTiff(folder.resolve("segments").resolve(name + ".tif"), Frames.toImage(name, drawn.labels()));
			Json.write(folder.resolve("truth").resolve(name + ".json"), AngiogramTruth.of(drawn));
			progress.report(i + 1, count, name);
		}
		return new Written(count);
	}
}
