package sc.fiji.vasomim.command;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

import org.scijava.plugin.Parameter;
import org.scijava.widget.FileWidget;

import ij.ImagePlus;
import ij.gui.Roi;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.files.IntensityRule.Polarity;
import sc.fiji.vasomim.inference.BoxTracks;
import sc.fiji.vasomim.inference.Detector;
import sc.fiji.vasomim.metrics.Detection;

/** What Detect Stenosis and its sibling on files share. */
abstract class AbstractDetectStenosis extends VasoMIMCommand {

	@Parameter(label = "Model", style = FileWidget.OPEN_STYLE, persist = false,
		description = "Model file of a detector, as Fine-tune Detection writes it")
	private File model;

	@Parameter(label = "Least score", style = DECIMALS, min = "0", max = "1", stepSize = "0.05", persist = false,
		description = "Boxes must have more; 0.05 shows nearly all that the network thinks of")
	private double leastscore = 0.5;

	@Parameter(label = "Least overlap", style = DECIMALS, min = "0.01", max = "1", stepSize = "0.05", persist = false,
		description = "Of boxes in a cine run that are linked to one lesion: intersection over union")
	private double overlap = BoxTracks.DEFAULT.overlap();

	@Parameter(label = "Longest gap (frames)", min = "0", persist = false,
		description = "Frames of a cine run in which a lesion may be missing")
	private int gap = BoxTracks.DEFAULT.gap();

	@Parameter(label = "Vessels", choices = { "auto", "dark", "bright" }, persist = false,
		description = "Images with bright vessels are inverted first; auto: those that clearly have them, 8-bit ones too")
	private String vessels = "auto";

	@Parameter(label = "Device", persist = false, description = "auto (a GPU if there is one), cpu, gpu0, gpu1, ...")
	private String device = "auto";

	@Parameter(label = "Precision", choices = { "auto", "float32", "bfloat16" }, persist = false,
		description = "Of convolutions and matrix products; auto: bfloat16 on a GPU, float32 on a CPU")
	private String precision = "auto";

	/** All that the results depend on besides images and model. */
	record Settings(double leastScore, BoxTracks tracks, Polarity vessels, String precision) {}

	/** What was found in an image, plane by plane. */
	record Detected(List<BoxRow> rows, List<Roi> rois) {}

	Settings settings() {
		return new Settings(leastscore, new BoxTracks(overlap, gap), Choice.of("vessels", vessels, Polarity.class), precision);
	}

	File model() {
		return model;
	}

	BoxModel open() throws IOException {
		return new BoxModel(model, device, precision);
	}

	/**
	 * All planes; those of a channel and slice are linked along time, or along the slices where there is no time.
	 *
	 * @param log is told if nothing was found at all, and that a selection changes nothing
	 */
	static Detected detect(final Detector detector, final ImagePlus input, final Frames.Grey grey,
		final Settings settings, final Progress progress, final Consumer<String> log)
	{
		if (input.getRoi() != null) log.accept(input.getTitle() +
			": its selection changes nothing; the whole image is searched");
		final List<List<Detection>> found = new ArrayList<>();
		for (int i = 0; i < grey.planes().size(); i++) {
			if (progress.isCanceled()) throw new CancellationException("after " + i + " of " + grey.planes().size() + " planes");
			found.add(detector.detect(grey.planes().get(i), settings.leastScore));
			progress.report(i + 1, grey.planes().size(), "stenoses of " + input.getTitle());
		}
		if (found.stream().allMatch(List::isEmpty)) log.accept(input.getTitle() + ": nothing of a score above " +
			settings.leastScore + " was found");
		return detected(input, found, numbers(input, found, settings.tracks), detector.classes());
	}

	private static Detected detected(final ImagePlus input, final List<List<Detection>> found, final List<int[]> numbers,
		final List<String> classes)
	{
		final Detected detected = new Detected(new ArrayList<>(), new ArrayList<>());
		for (int plane = 0; plane < found.size(); plane++)
			for (int i = 0; i < found.get(plane).size(); i++) {
				final Detection detection = found.get(plane).get(i);
				final int lesion = numbers.get(plane)[i];
				final String name = classes.get(detection.label() - 1);
				detected.rows.add(BoxRow.of(input, plane, lesion, name, detection));
				detected.rois.add(BoxRois.of(input, plane, lesion, name, detection));
			}
		return detected;
	}

	/** Of each plane's boxes, the number of their lesion; those of several runs in an image count on. */
	private static List<int[]> numbers(final ImagePlus input, final List<List<Detection>> found, final BoxTracks tracks) {
		final Map<Integer, List<Integer>> runs = new TreeMap<>();
		for (int plane = 0; plane < found.size(); plane++) {
			final int[] place = input.convertIndexToPosition(plane + 1);
			final int slice = input.getNFrames() > 1 ? place[1] : 1;
			runs.computeIfAbsent((slice - 1) * input.getNChannels() + place[0], run -> new ArrayList<>()).add(plane);
		}
		final List<int[]> numbers = new ArrayList<>(found.stream().map(boxes -> new int[boxes.size()]).toList());
		int before = 0;
		for (final List<Integer> run : runs.values()) {
			final List<int[]> linked = tracks.link(run.stream().map(found::get).toList());
			int most = before;
			for (int t = 0; t < run.size(); t++)
				for (int i = 0; i < linked.get(t).length; i++) {
					numbers.get(run.get(t))[i] = before + linked.get(t)[i];
					most = Math.max(most, before + linked.get(t)[i]);
				}
			before = most;
		}
		return numbers;
	}
}
