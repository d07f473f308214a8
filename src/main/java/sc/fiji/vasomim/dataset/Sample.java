package sc.fiji.vasomim.dataset;

import java.nio.file.Path;

/**
 * An image and the truth about it.
 *
 * @param name the image's path inside its data set
 * @param image its file
 * @param labels the truth
 */
public record Sample(String name, Path image, Labels labels) {}
