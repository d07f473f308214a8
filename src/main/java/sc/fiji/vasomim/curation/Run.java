package sc.fiji.vasomim.curation;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * One acquisition of one patient. Patient and name go into file names: they are numbers of a public set, or hashes.
 *
 * @param patient the same for all runs of a patient, and for nobody else's
 * @param name unique among them
 * @param files in the order of time: one that holds all frames, or one for each frame
 */
record Run(String patient, String name, List<FrameFile> files) {

	/**
	 * @param path where it is
	 * @param source what the table calls it: its path in a public set, else a hash
	 * @param number of its first frame
	 * @param key whether those who made the set listed it as a key frame
	 */
	record FrameFile(Path path, String source, int number, boolean key) {}

	/** Unique in the set. */
	String id() {
		return patient + "_" + name;
	}

	/** The name of a frame's image and mask, without an ending. */
	String stem(final int frame) {
		return String.format(Locale.ROOT, "%s_%05d", id(), frame);
	}
}
