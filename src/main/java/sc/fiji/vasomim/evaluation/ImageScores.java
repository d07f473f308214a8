package sc.fiji.vasomim.evaluation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import sc.fiji.vasomim.metrics.MaskScores;

/**
 * The scores of one image.
 *
 * @param image its name inside the data set
 * @param scores by {@link Evaluation#rows}, in their order; without the classes that are neither in the prediction nor
 *          in the truth
 */
public record ImageScores(String image, Map<String, MaskScores> scores) {

	public ImageScores {
		scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
	}
}
