package sc.fiji.vasomim.curation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** How a folder of one form lists its runs. */
@FunctionalInterface
interface Source {

	/**
	 * @param root the folder
	 * @param files its images and npz files, relative, in natural order
	 * @param names for what must not be called by its own name
	 * @return in the order of the files; empty if the folder is not of this form
	 */
	List<Run> runs(Path root, List<Path> files, Pseudonyms names) throws IOException;
}
