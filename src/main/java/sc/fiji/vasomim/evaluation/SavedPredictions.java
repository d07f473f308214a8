package sc.fiji.vasomim.evaluation;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

import ij.ImagePlus;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.vasomim.dataset.LabelledImages;
import sc.fiji.vasomim.dataset.Labels;
import sc.fiji.vasomim.dataset.Sample;

/** Predictions that lie in files: masks or label images under the images' names. */
public final class SavedPredictions implements Predictions {

	private final Map<String, Labels> byName = new HashMap<>();

	/** @param predictions the images, with predictions in place of truth */
	public SavedPredictions(final LabelledImages predictions) {
		predictions.samples().forEach(sample -> byName.put(sample.name(), sample.labels()));
	}

	@Override
	public RandomAccessibleInterval<UnsignedByteType> of(final Sample sample, final ImagePlus image) throws IOException {
		final Labels labels = byName.get(sample.name());
		if (labels == null) throw new IllegalArgumentException(
			"there is none. Predict this image too, or take it out of the data set.");
		return ArrayImgs.unsignedBytes(labels.read(image.getWidth(), image.getHeight()), image.getWidth(), image
			.getHeight());
	}
}
