package sc.fiji.vasomim.evaluation;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

import ij.ImagePlus;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.Views;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.dataset.LabelledImages;
import sc.fiji.vasomim.dataset.Sample;
import sc.fiji.vasomim.files.ImageFile;

/** Judges predictions of a data set's images. All of them count, or none: a bad file ends it with an error. */
public final class Evaluator {

	private final LabelledImages data;

	private final Predictions predictions;

	private final NamedImages empty = new NamedImages();

	private Evaluator(final LabelledImages data, final Predictions predictions) {
		this.data = data;
		this.predictions = predictions;
	}

	/**
	 * @param data images and their truth
	 * @param log where it is said which truth is empty, and what is odd about the images
	 * @return the scores of all images
	 * @throws IllegalArgumentException naming the image whose prediction is missing or, like its truth, of another size
	 *           or of other classes
	 * @throws IOException naming a file that can't be read
	 * @throws CancellationException if it was stopped
	 */
	public static Evaluation run(final LabelledImages data, final Predictions predictions, final Progress progress,
		final Consumer<String> log) throws IOException
	{
		return new Evaluator(data, predictions).run(progress, log);
	}

	private Evaluation run(final Progress progress, final Consumer<String> log) throws IOException {
		final Evaluation evaluation = new Evaluation(data.classes());
		final int count = data.samples().size();
		for (int i = 0; i < count; i++) {
			if (progress.isCanceled()) throw new CancellationException("after " + i + " of " + count + " images");
			add(data.samples().get(i), evaluation);
			progress.report(i + 1, count, "evaluating");
		}
		predictions.tell(log);
		empty.tell("have an empty truth (they score 1 where the prediction is empty too, else 0)", log);
		return evaluation;
	}

	private void add(final Sample sample, final Evaluation evaluation) throws IOException {
		final ImagePlus image = ImageFile.read(sample.image());
		if (image.getStackSize() > 1) throw new IllegalArgumentException("images: " + sample.name() + " has " + image
			.getStackSize() + " frames. Save each as a file of its own first.");
		final RandomAccessibleInterval<UnsignedByteType> truth = truth(sample, image);
		if (isEmpty(truth)) empty.add(sample.name());
		evaluation.add(sample.name(), prediction(sample, image), truth);
	}

	private static RandomAccessibleInterval<UnsignedByteType> truth(final Sample sample, final ImagePlus image)
		throws IOException
	{
		try {
			return ArrayImgs.unsignedBytes(sample.labels().read(image.getWidth(), image.getHeight()), image.getWidth(), image
				.getHeight());
		}
		catch (final IllegalArgumentException e) {
			throw refusal("truth", sample, e);
		}
	}

	private RandomAccessibleInterval<UnsignedByteType> prediction(final Sample sample, final ImagePlus image)
		throws IOException
	{
		try {
			return predictions.of(sample, image);
		}
		catch (final IllegalArgumentException e) {
			throw refusal("predictions", sample, e);
		}
	}

	/** Labels call themselves labels or masks, but there are two sorts here. */
	private static IllegalArgumentException refusal(final String which, final Sample sample,
		final IllegalArgumentException e)
	{
		return new IllegalArgumentException(which + ": " + sample.name() + ": " + e.getMessage().replaceFirst(
			"^(labels|masks): ", ""), e);
	}

	private static boolean isEmpty(final RandomAccessibleInterval<UnsignedByteType> labels) {
		for (final UnsignedByteType label : Views.iterable(labels))
			if (label.get() != 0) return false;
		return true;
	}
}
