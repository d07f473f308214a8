package sc.fiji.vasomim.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

import sc.fiji.vasomim.batch.PartialResult;
import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.files.ImageFile;
import sc.fiji.vasomim.files.Json;
import sc.fiji.vasomim.sample.AngiogramSettings;

/** Writes synthetic angiograms with their ground truth: a data set for trials and tests. */
@Plugin(type = Command.class, menuPath = "Plugins>VasoMIM>Batch>Synthetic Angiogram Folder...",
	label = "Synthetic Angiogram Folder", headless = true,
	description = "Writes synthetic X-ray coronary angiograms with their ground truth. For research use only, not for diagnosis.")
public class SyntheticAngiogramFolder extends AbstractSyntheticAngiogram {

	@Parameter(label = "<html><b>Files</b>", visibility = ItemVisibility.MESSAGE, persist = false)
	private final String fileshead = "";

	@Parameter(label = "Count", min = "1", max = "100000", persist = false,
		description = "Number of angiograms; the seed counts up")
	private int count = 1;

	@Parameter(label = "Output", style = FileWidget.DIRECTORY_STYLE, persist = false,
		description = "Folder that receives images, masks, segments (numbers as 16-bit TIFF) and truth (JSON)")
	private File output;

	/**
	 * @param done angiograms that were written
	 * @param skipped those that were there already
	 * @param failed seeds whose tree has no room for so many stenoses
	 * @param failures what they said
	 */
	record Written(int done, int skipped, int failed, List<String> failures) implements PartialResult {}

	@Override
	protected Written execute(final Progress progress) throws IOException {
		final Path folder = FileParameter.folder("output", output);
		final List<String> failures = new ArrayList<>();
		int skipped = 0;
		for (int i = 0; i < count; i++) {
			if (progress.isCanceled()) throw new CancellationException(i + " of " + count + " angiograms are written");
			final AngiogramSettings settings = settings(i);
			if (isThere(folder, settings)) skipped++;
			else try {
				write(folder, sc.fiji.vasomim.sample.SyntheticAngiogram.generate(settings));
			}
			catch (final IllegalArgumentException e) {
				// One tree has no room for the stenoses; if none has, the user must hear it as a refusal.
				if (count == 1) throw e;
				failures.add("seed " + settings.seed() + ": " + e.getMessage());
			}
			progress.report(i + 1, count, name(settings));
		}
		return new Written(count - skipped - failures.size(), skipped, failures.size(), failures);
	}

	private static String name(final AngiogramSettings settings) {
		return "synthetic-" + settings.seed();
	}

	private static Path truth(final Path folder, final AngiogramSettings settings) {
		return folder.resolve("truth").resolve(name(settings) + ".json");
	}

	/**
	 * The truth is written last.
	 *
	 * @throws IllegalArgumentException if it is another image's
	 */
	private static boolean isThere(final Path folder, final AngiogramSettings settings) throws IOException {
		final Path truth = truth(folder, settings);
		if (!Files.exists(truth)) return false;
		if (Json.read(truth, AngiogramTruth.class).settings().equals(settings)) return true;
		throw new IllegalArgumentException("output: " + folder + " holds " + name(settings) +
			" drawn with other settings. Choose another folder.");
	}

	private static void write(final Path folder, final sc.fiji.vasomim.sample.SyntheticAngiogram drawn)
		throws IOException
	{
		final String name = name(drawn.settings());
		ImageFile.writePng(folder.resolve("images").resolve(name + ".png"), Frames.toProcessor(drawn.image()));
		ImageFile.writePng(folder.resolve("masks").resolve(name + ".png"), Frames.toProcessor(drawn.mask()));
		ImageFile.writeTiff(folder.resolve("segments").resolve(name + ".tif"), Frames.toImage(name, drawn.labels()));
		Json.write(truth(folder, drawn.settings()), AngiogramTruth.of(drawn));
	}
}
