package sc.fiji.vasomim.dataset;

import java.nio.file.Path;
import java.util.List;

/**
 * An image file and what is drawn on it.
 *
 * @param name the image's path inside its data set
 * @param width that the annotations state, in px; 0 if they do not
 * @param height likewise
 */
record BoxedFile(String name, Path image, int width, int height, List<DrawnBox> boxes) {

	/** The same, boxes without a class being of the one given. */
	BoxedFile withUnnamed(final String name) {
		return new BoxedFile(this.name, image, width, height, boxes.stream().map(box -> box.name().isEmpty() ? box.named(name)
			: box).toList());
	}
}
