package sc.fiji.vasomim.dataset;

import java.util.List;

/**
 * What was read of a data set with drawn boxes, before its images.
 *
 * @param files in natural order of the images' names
 * @param names of the classes that are drawn, in their order
 */
record BoxListing(List<BoxedFile> files, List<String> names) {}
