package sc.fiji.vasomim.evaluation;

import java.util.function.Consumer;

import ij.ImagePlus;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.vasomim.dataset.Sample;
import sc.fiji.vasomim.files.IntensityRule;
import sc.fiji.vasomim.inference.Segmenter;

/** What a trained network says of the images. */
public final class ModelPredictions implements Predictions {

	private final Segmenter segmenter;

	private final IntensityRule rule;

	private final double threshold;

	private final NamedImages inverted = new NamedImages();

	private final NamedImages unlikely = new NamedImages();

	/**
	 * @param segmenter closed by whoever opened it
	 * @param rule how images become grey
	 * @param threshold of one class: least probability of a vessel's pixel, 0..1. Of several, the most probable counts
	 */
	public ModelPredictions(final Segmenter segmenter, final IntensityRule rule, final double threshold) {
		if (!(threshold >= 0 && threshold <= 1)) throw new IllegalArgumentException(
			"threshold: must lie in 0..1, but was " + threshold);
		this.segmenter = segmenter;
		this.rule = rule;
		this.threshold = threshold;
	}

	@Override
	public RandomAccessibleInterval<UnsignedByteType> of(final Sample sample, final ImagePlus image) {
		final IntensityRule.Result grey = rule.apply(image);
		if (grey.applied().inverted()) inverted.add(sample.name());
		if (!grey.applied().warnings().isEmpty()) unlikely.add(sample.name());
		return segmenter.labels(grey.image(), threshold);
	}

	@Override
	public void tell(final Consumer<String> log) {
		inverted.tell("were inverted, because their vessels are bright", log);
		unlikely.tell("do not look like angiograms", log);
	}
}
