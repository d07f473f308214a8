package sc.fiji.vasomim.dataset;

import java.util.List;

/**
 * A data set with drawn truth.
 *
 * @param samples images and their labels, in natural order of their names
 * @param classes what the labels tell apart: one name, then they are masks of 0 and 255; else the names of labels 1, 2,
 *          ... in order, 0 being the background
 */
public record LabelledImages(List<Sample> samples, List<String> classes) {

	public LabelledImages {
		samples = List.copyOf(samples);
		classes = List.copyOf(classes);
	}
}
