package sc.fiji.vasomim.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BiFunction;
import java.util.function.Consumer;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.view.Views;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.files.Grey;
import sc.fiji.vasomim.files.IntensityRule;

/** ImageJ's images as ImgLib2 planes, W x H, and back, calibration kept. */
final class Frames {

	private Frames() {}

	/** @throws IllegalArgumentException if there is no image: headless, Fiji passes an empty one */
	static void require(final String parameter, final ImagePlus image) {
		if (image == null || image.getProcessor() == null) throw new IllegalArgumentException(parameter +
			": an image is needed, but there is none. Open an angiogram first, or use the Folder command on files.");
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
		if (processor instanceof ColorProcessor) return plane(Grey.of((ColorProcessor) processor));
		throw new IllegalArgumentException("input: must be an 8-bit, 16-bit, 32-bit or RGB image, but is of type " +
			processor.getClass().getSimpleName());
	}

	/**
	 * Every plane as grey 0..255 with dark vessels.
	 *
	 * @param warn receives what makes this an unlikely angiogram
	 * @throws IllegalArgumentException if a pixel is NaN or infinite
	 */
	static List<RandomAccessibleInterval<UnsignedByteType>> grey(final ImagePlus image, final Consumer<String> warn) {
		final IntensityRule.Result result = new IntensityRule(IntensityRule.Polarity.AUTO).apply(image);
		result.applied().warnings().forEach(warn);
		if (result.applied().inverted()) warn.accept(image.getTitle() + ": taken as inverted, with bright vessels");
		final List<RandomAccessibleInterval<UnsignedByteType>> planes = new ArrayList<>();
		if (result.image().numDimensions() == 2) planes.add(result.image());
		else for (int i = 0; i < image.getStackSize(); i++)
			planes.add(Views.hyperSlice(result.image(), 2, i));
		return planes;
	}

	/** All planes as one image: W x H, or W x H x N; the pixels are shared. */
	static RandomAccessibleInterval<? extends RealType<?>> volume(final ImagePlus image) {
		final List<RandomAccessibleInterval<? extends RealType<?>>> planes = new ArrayList<>();
		for (int i = 1; i <= image.getStackSize(); i++)
			planes.add(plane(image.getStack().getProcessor(i)));
		return planes.size() == 1 ? planes.get(0) : stack(planes);
	}

	@SuppressWarnings({ "unchecked", "rawtypes" })
	private static RandomAccessibleInterval<? extends RealType<?>> stack(
		final List<RandomAccessibleInterval<? extends RealType<?>>> planes)
	{
		// All planes of an ImageStack have one type, which Java can't see.
		return (RandomAccessibleInterval<? extends RealType<?>>) Views.stack((List) planes);
	}

	/**
	 * Applies a function to each plane of a stack.
	 *
	 * @param function from a plane and its number, 1-based, to a plane
	 * @return an image of the same dimensions and calibration, called {@code title}
	 */
	static ImagePlus map(final ImagePlus input, final String title, final Progress progress,
		final BiFunction<ImageProcessor, Integer, ImageProcessor> function)
	{
		final ImageStack stack = new ImageStack();
		final int planes = input.getStackSize();
		for (int i = 1; i <= planes; i++) {
			if (progress.isCanceled()) throw new CancellationException("after " + (i - 1) + " of " + planes + " planes");
			final ImageProcessor plane = function.apply(input.getStack().getProcessor(i), i);
			stack.addSlice(input.getStack().getSliceLabel(i), plane);
			progress.report(i, planes, title);
		}
		final ImagePlus output = new ImagePlus(title, stack);
		final boolean samePlanes = output.getWidth() == input.getWidth() && output.getHeight() == input.getHeight();
		if (samePlanes) output.setCalibration(input.getCalibration());
		output.setDimensions(input.getNChannels(), input.getNSlices(), input.getNFrames());
		output.setOpenAsHyperStack(input.isHyperStack());
		return output;
	}

	/** Planes W x H (x N) as a stack with the dimensions and calibration of the image they come from. */
	static ImagePlus toStack(final ImagePlus like, final String title,
		final RandomAccessibleInterval<? extends RealType<?>> planes)
	{
		return map(like, title, Progress.NONE, (plane, i) -> toProcessor(planes.numDimensions() == 2 ? planes
			: Views.hyperSlice(planes, 2, i - 1)));
	}

	static ImagePlus toImage(final String title, final RandomAccessibleInterval<? extends RealType<?>> plane) {
		return new ImagePlus(title, toProcessor(plane));
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
