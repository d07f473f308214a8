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
record BoxedFile(String name, Path image, int width, int height, List<DrawnBox> boxes) {}
