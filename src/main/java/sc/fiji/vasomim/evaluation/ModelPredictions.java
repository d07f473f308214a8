package sc.fiji.vasomim.evaluation;

import java.util.function.Consumer;

import ij.ImagePlus;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.vasomim.dataset.Sample;
import sc.fiji.vasomim.files.IntensityRule;
import sc.fiji.vasomim.inference.Segmenter;

/**
 * What a trained network says of the images.
 *
 * @param segmenter closed by whoever opened it
 * @param rule how images become grey
 * @param threshold of one class: least probability of a vessel's pixel, 0..1. Of several, the most probable counts
 * @param log receives what is odd about an image
 */
public record ModelPredictions(Segmenter segmenter, IntensityRule rule, double threshold, Consumer<String> log)
	implements Predictions
{

	public ModelPredictions {
		if (!(threshold >= 0 && threshold <= 1)) throw new IllegalArgumentException(
			"threshold: must lie in 0..1, but was " + threshold);
	}

	@Override
	public RandomAccessibleInterval<UnsignedByteType> of(final Sample sample, final ImagePlus image) {
		final IntensityRule.Result grey = rule.apply(image);
		grey.applied().warnings().forEach(warning -> log.accept(sample.name() + ": " + warning));
		if (grey.applied().inverted()) log.accept(sample.name() + ": was inverted, because its vessels are bright");
		return segmenter.labels(grey.image(), threshold);
	}
}
