package sc.fiji.vasomim.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.IntFunction;

import ij.ImagePlus;
import ij.ImageStack;
import ij.WindowManager;
import ij.measure.Calibration;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.ByteArray;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.files.IntensityRule;

/** ImageJ's images as ImgLib2 planes, W x H, and back, calibration kept. */
final class Frames {

	private Frames() {}

	/** @throws IllegalArgumentException if there is no image: headless, Fiji passes an empty one */
	static void requireOpen(final String parameter, final ImagePlus image) {
		if (image == null || image.getProcessor() == null) throw new IllegalArgumentException(parameter +
			": an image is needed, but there is none. Open an angiogram first, or use the Folder command on files.");
	}

	/** @throws IllegalArgumentException if there is no image, or a pixel is no number */
	static void require(final String parameter, final ImagePlus image) {
		requireOpen(parameter, image);
		for (int plane = 1; image.getBitDepth() == 32 && plane <= image.getStackSize(); plane++) {
			final float[] values = (float[]) image.getStack().getPixels(plane);
			for (int i = 0; i < values.length; i++)
				if (!Float.isFinite(values[i])) throw new IllegalArgumentException(parameter + ": pixel (" + i % image
					.getWidth() + ", " + i / image.getWidth() + ") of plane " + plane + " is " + values[i] +
					". Replace such pixels first; ImageJ's Remove NaNs does.");
		}
	}

	/** The pixels of a plane, shared; RGB becomes grey, as the published pipeline does it. */
	static RandomAccessibleInterval<? extends RealType<?>> plane(final ImageProcessor processor) {
		final int width = processor.getWidth();
		final int height = processor.getHeight();
		if (processor instanceof ByteProcessor) return ArrayImgs.unsignedBytes((byte[]) processor.getPixels(), width,
			height);
		if (processor instanceof ShortProcessor) return ArrayImgs.unsignedShorts((short[]) processor.getPixels(), width,
			height);
		if (processor instanceof FloatProcessor) return ArrayImgs.floats((float[]) processor.getPixels(), width, height);
		if (processor instanceof ColorProcessor) return plane(sc.fiji.vasomim.files.Grey.of((ColorProcessor) processor));
		throw new IllegalArgumentException("input: must be an 8-bit, 16-bit, 32-bit or RGB image, but is of type " +
			processor.getClass().getSimpleName());
	}

	/**
	 * Planes as grey 0..255 with dark vessels.
	 *
	 * @param planes W x H each
	 * @param applied what was done to the values, for log and manifest
	 */
	record Grey(List<RandomAccessibleInterval<UnsignedByteType>> planes, IntensityRule.Applied applied) {

		/** Says what makes this an unlikely angiogram, and what was done about it. */
		Grey warn(final Consumer<String> log) {
			applied.warnings().forEach(log);
			if (applied.palette()) log.accept("The colours of the image's palette were taken as grey.");
			if (applied.inverted()) log.accept("The image was inverted, so that its vessels are dark.");
			return this;
		}
	}

	/** @throws IllegalArgumentException if a pixel is NaN or infinite */
	static Grey grey(final ImagePlus image, final IntensityRule.Polarity polarity) {
		final IntensityRule.Result result = new IntensityRule(polarity).apply(image);
		return new Grey(result.planes(), result.applied());
	}

	/** W x H x Z x N, a volume for each channel of each frame, without axes of one; the pixels are shared. */
	static RandomAccessibleInterval<? extends RealType<?>> volumes(final ImagePlus image) {
		final List<RandomAccessibleInterval<? extends RealType<?>>> volumes = new ArrayList<>();
		final boolean palette = sc.fiji.vasomim.files.Grey.isPalette(image);
		for (int frame = 1; frame <= image.getNFrames(); frame++)
			for (int channel = 1; channel <= image.getNChannels(); channel++) {
				final List<RandomAccessibleInterval<? extends RealType<?>>> slices = new ArrayList<>();
				for (int slice = 1; slice <= image.getNSlices(); slice++)
					slices.add(plane(palette, image, image.getStackIndex(channel, slice, frame)));
				volumes.add(stack(slices));
			}
		return stack(volumes);
	}

	private static RandomAccessibleInterval<? extends RealType<?>> plane(final boolean palette, final ImagePlus image,
		final int number)
	{
		final ImageProcessor plane = image.getStack().getProcessor(number);
		return plane(palette ? sc.fiji.vasomim.files.Grey.ofPalette(image, plane) : plane);
	}

	@SuppressWarnings({ "unchecked", "rawtypes" })
	private static RandomAccessibleInterval<? extends RealType<?>> stack(
		final List<RandomAccessibleInterval<? extends RealType<?>>> images)
	{
		if (images.size() == 1) return images.get(0);
		// All planes of an ImageStack have one type, which Java can't see.
		return (RandomAccessibleInterval<? extends RealType<?>>) Views.stack((List) images);
	}

	/**
	 * Makes a stack, plane by plane.
	 *
	 * @param title of the stack, made unique among open images: macros select images by it
	 * @param like gives number and labels of planes, dimensions and, where the planes are of its size, calibration
	 * @param function from a plane's number, 0-based, to the plane
	 */
	static ImagePlus stack(final ImagePlus like, final String title, final Progress progress,
		final IntFunction<ImageProcessor> function)
	{
		return stack(like, List.of(""), title, progress, function);
	}

	/**
	 * The same with several channels for each of the image's planes.
	 *
	 * @param channels their names; of a single one unused
	 */
	static ImagePlus stack(final ImagePlus like, final List<String> channels, final String title, final Progress progress,
		final IntFunction<ImageProcessor> function)
	{
		final ImageStack stack = new ImageStack();
		final int several = channels.size();
		final int planes = like.getStackSize() * several;
		for (int i = 0; i < planes; i++) {
			if (progress.isCanceled()) throw new CancellationException("after " + i + " of " + planes + " planes");
			final String name = name(like.getStack().getSliceLabel(i / several + 1));
			stack.addSlice(several == 1 ? name : channels.get(i % several) + (name == null ? "" : ": " + name), function.apply(i));
			progress.report(i + 1, planes, title);
		}
		final ImagePlus output = new ImagePlus(WindowManager.makeUniqueName(title), stack);
		final boolean sameSize = output.getWidth() == like.getWidth() && output.getHeight() == like.getHeight();
		if (sameSize) output.setCalibration(space(like.getCalibration()));
		output.setDimensions(several * like.getNChannels(), like.getNSlices(), like.getNFrames());
		output.setOpenAsHyperStack(several > 1 || like.isHyperStack());
		return output;
	}

	/** A slice's name without the DICOM header that ImageJ keeps below it, which may name a patient. */
	private static String name(final String label) {
		return label == null ? null : label.split("\n", 2)[0];
	}

	/** A copy without the function that gives pixel values their meaning: an output's values mean something else. */
	private static Calibration space(final Calibration calibration) {
		final Calibration space = calibration.copy();
		space.disableDensityCalibration();
		return space;
	}

	/** Of the size of {@link #volumes}, as a stack with dimensions and calibration of the image; the pixels are shared. */
	static ImagePlus toStack(final ImagePlus like, final String title, final PlanarImg<FloatType, FloatArray> volumes) {
		return stack(like, title, Progress.NONE, i -> {
			final int[] place = like.convertIndexToPosition(i + 1);
			final int volume = (place[2] - 1) * like.getNChannels() + place[0] - 1;
			return new FloatProcessor(like.getWidth(), like.getHeight(), volumes.getPlane(volume * like.getNSlices() + place[1] -
				1).getCurrentStorageArray());
		});
	}

	static ImagePlus toImage(final String title, final RandomAccessibleInterval<? extends RealType<?>> plane) {
		return new ImagePlus(WindowManager.makeUniqueName(title), toProcessor(plane));
	}

	/** A mask's own pixels as ImageJ's, without a copy. */
	static ByteProcessor share(final ArrayImg<UnsignedByteType, ByteArray> mask) {
		return new ByteProcessor((int) mask.dimension(0), (int) mask.dimension(1), mask.update(null)
			.getCurrentStorageArray());
	}

	/** 8-bit and 16-bit stay what they are, all else becomes 32-bit. */
	static ImageProcessor toProcessor(final RandomAccessibleInterval<? extends RealType<?>> plane) {
		final int width = (int) plane.dimension(0);
		final int height = (int) plane.dimension(1);
		final Object type = Views.iterable(plane).firstElement();
		final ImageProcessor processor = type instanceof UnsignedByteType ? new ByteProcessor(width, height)
			: type instanceof UnsignedShortType ? new ShortProcessor(width, height) : new FloatProcessor(width, height);
		final Cursor<? extends RealType<?>> cursor = Views.flatIterable(plane).cursor();
		for (int i = 0; cursor.hasNext(); i++)
			processor.setf(i, cursor.next().getRealFloat());
		return processor;
	}
}
