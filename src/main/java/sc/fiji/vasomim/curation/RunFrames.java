package sc.fiji.vasomim.curation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import ij.ImagePlus;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.Views;

import sc.fiji.vasomim.curation.Run.FrameFile;
import sc.fiji.vasomim.files.ImageFile;
import sc.fiji.vasomim.files.IntensityRule;
import sc.fiji.vasomim.files.NpzImage;

/**
 * The frames of a run as grey 0..255 with dark vessels. Holds one file at a time: all of a run in one file, a frame
 * else. For one thread.
 */
final class RunFrames {

	/**
	 * @param planes W x H each
	 * @param applied what was done to the values
	 */
	record Grey(List<RandomAccessibleInterval<UnsignedByteType>> planes, IntensityRule.Applied applied) {}

	private final Run run;

	private final IntensityRule rule;

	private int held = -1;

	private Grey grey;

	RunFrames(final Run run, final IntensityRule rule) {
		this.run = run;
		this.rule = rule;
	}

	/**
	 * @param file which of the run's files
	 * @throws IOException if it can't be read, or is one of several and holds several frames itself
	 */
	Grey of(final int file) throws IOException {
		if (held == file) return grey;
		held = -1;
		grey = read(run.files().get(file));
		held = file;
		return grey;
	}

	private Grey read(final FrameFile file) throws IOException {
		final ImagePlus image = FolderSource.isArchive(file.path()) ? NpzImage.read(file.path()) : ImageFile.read(file
			.path());
		if (run.files().size() > 1 && image.getStackSize() > 1) throw new IOException("it holds " + image.getStackSize() +
			" frames, but lies among files of one; give each run a folder of its own");
		final IntensityRule.Result result;
		try {
			result = rule.apply(image);
		}
		catch (final IllegalArgumentException e) {
			throw new IOException(e.getMessage(), e);
		}
		catch (final OutOfMemoryError e) {
			throw new IOException("its frames do not fit into the memory that Java may use; give it more, or use fewer threads",
				e);
		}
		final List<RandomAccessibleInterval<UnsignedByteType>> planes = new ArrayList<>();
		if (result.image().numDimensions() == 2) planes.add(result.image());
		else for (int i = 0; i < image.getStackSize(); i++)
			planes.add(Views.hyperSlice(result.image(), 2, i));
		return new Grey(planes, result.applied());
	}
}
