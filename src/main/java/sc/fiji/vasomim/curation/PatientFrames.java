package sc.fiji.vasomim.curation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import net.imglib2.img.array.ArrayImgs;

import ij.ImagePlus;

import sc.fiji.vasomim.dataset.Thumbnail;
import sc.fiji.vasomim.files.ImageFile;

/** The frames of one patient after the other that are in the set so far, to find near duplicates among his runs. */
final class PatientFrames {

	private final double threshold;

	private String patient;

	private final List<Thumbnail> thumbnails = new ArrayList<>();

	/** Images of an earlier time, read when they are needed. */
	private final List<Path> unread = new ArrayList<>();

	PatientFrames(final double threshold) {
		this.threshold = threshold;
	}

	/** Begins a run of a patient; all runs of one must come one after the other. */
	void begin(final String next) {
		if (next.equals(patient)) return;
		patient = next;
		thumbnails.clear();
		unread.clear();
	}

	/** A frame of the patient that an earlier time put into the set. */
	void add(final Path image) {
		unread.add(image);
	}

	void add(final Thumbnail thumbnail) {
		thumbnails.add(thumbnail);
	}

	boolean holdsLike(final Thumbnail thumbnail) throws IOException {
		for (final Path image : unread) {
			final ImagePlus grey = ImageFile.read(image);
			thumbnails.add(new Thumbnail(ArrayImgs.unsignedBytes((byte[]) grey.getProcessor().getPixels(), grey.getWidth(),
				grey.getHeight())));
		}
		unread.clear();
		return thumbnails.stream().anyMatch(other -> thumbnail.isLike(other, threshold));
	}
}
