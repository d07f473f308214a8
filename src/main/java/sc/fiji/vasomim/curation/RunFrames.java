package sc.fiji.vasomim.curation;

import java.io.IOException;

import ij.ImagePlus;

import sc.fiji.vasomim.curation.Run.FrameFile;
import sc.fiji.vasomim.files.ImageFile;
import sc.fiji.vasomim.files.IntensityRule;
import sc.fiji.vasomim.files.NpzImage;

/**
 * The frames of a run as grey 0..255 with dark vessels. Holds one file at a time: all of a run in one file, a frame
 * else. For one thread.
 */
final class RunFrames {

	private final Run run;

	private final IntensityRule rule;

	private int held = -1;

	private IntensityRule.Result grey;

	RunFrames(final Run run, final IntensityRule rule) {
		this.run = run;
		this.rule = rule;
	}

	/**
	 * @param file which of the run's files
	 * @throws IOException if it can't be read, or is one of several and holds several frames itself
	 */
	IntensityRule.Result of(final int file) throws IOException {
		if (held == file) return grey;
		held = -1;
		grey = read(run.files().get(file));
		held = file;
		return grey;
	}

	private IntensityRule.Result read(final FrameFile file) throws IOException {
		final ImagePlus image = FolderSource.isArchive(file.path()) ? NpzImage.read(file.path()) : ImageFile.read(file
			.path());
		if (run.files().size() > 1 && image.getStackSize() > 1) throw new IOException("it holds " + image.getStackSize() +
			" frames, but lies among files of one; give each run a folder of its own");
		try {
			return rule.apply(image);
		}
		catch (final IllegalArgumentException e) {
			throw new IOException(e.getMessage(), e);
		}
		catch (final OutOfMemoryError e) {
			throw new IOException("its frames do not fit into the memory that Java may use; give it more, or use fewer threads",
				e);
		}
	}
}
