package sc.fiji.vasomim.command;

import java.util.ArrayList;
import java.util.List;

import ij.ImagePlus;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.ByteArray;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.figure.LabelColours;

/** Planes of a segmentation, put together to images like their input; the pixels are shared. */
final class VesselImages {

	private static final byte VESSEL = (byte) 255;

	private final ImagePlus input;

	private final List<String> classes;

	private final List<ImageProcessor> labels = new ArrayList<>();

	private final List<ImageProcessor> probabilities = new ArrayList<>();

	/** @param classes names of labels 1, 2, ... */
	VesselImages(final ImagePlus input, final List<String> classes) {
		this.input = input;
		this.classes = classes;
	}

	/** @param planes of each class; none if they are not asked for */
	void add(final ArrayImg<UnsignedByteType, ByteArray> label, final List<ArrayImg<FloatType, FloatArray>> planes) {
		labels.add(Frames.share(label));
		for (final ArrayImg<FloatType, FloatArray> plane : planes)
			probabilities.add(new FloatProcessor((int) plane.dimension(0), (int) plane.dimension(1), plane.update(null)
				.getCurrentStorageArray()));
	}

	/** 255 where any class is. */
	ImagePlus mask() {
		return Frames.stack(input, "vessels of " + input.getTitle(), Progress.NONE, i -> classes.size() == 1 ? labels.get(i)
			: mask(labels.get(i)));
	}

	private static ByteProcessor mask(final ImageProcessor labels) {
		final byte[] mask = ((byte[]) labels.getPixels()).clone();
		for (int i = 0; i < mask.length; i++)
			if (mask[i] != 0) mask[i] = VESSEL;
		return new ByteProcessor(labels.getWidth(), labels.getHeight(), mask);
	}

	/** In colours that are told apart well, the names of the classes in the image's information; null for one class. */
	ImagePlus labels() {
		if (classes.size() == 1) return null;
		final ImagePlus image = Frames.stack(input, "segments of " + input.getTitle(), Progress.NONE, labels::get);
		image.setLut(LabelColours.lut());
		image.setDisplayRange(0, 255);
		final StringBuilder names = new StringBuilder();
		for (int i = 0; i < classes.size(); i++)
			names.append("Label ").append(i + 1).append(": ").append(classes.get(i)).append('\n');
		image.setProperty("Info", names.toString());
		return image;
	}

	/** A channel for each class. */
	ImagePlus probability() {
		final ImagePlus image = Frames.stack(input, classes, "probability of " + input.getTitle(), Progress.NONE,
			probabilities::get);
		image.setDisplayRange(0, 1);
		return image;
	}
}
