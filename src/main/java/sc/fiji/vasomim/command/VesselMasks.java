package sc.fiji.vasomim.command;

import java.io.File;
import java.io.IOException;
import java.util.function.Consumer;

import ij.ImagePlus;
import ij.WindowManager;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.parallel.TaskExecutor;
import net.imglib2.type.logic.NativeBoolType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.Views;

import sc.fiji.vasomim.anatomy.VascularMaskSettings;
import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.files.ImageFile;

/** Vessel masks of an image's planes: given, or made as Extract Vascular Anatomy makes them by default. */
final class VesselMasks {

	/** Null if they are made. */
	private final ImagePlus given;

	/** Null if there is none. */
	private final RandomAccessibleInterval<NativeBoolType> region;

	private final TaskExecutor threads;

	/**
	 * @param image whose area selection, if it has one, limits the masks
	 * @param given a mask for all planes, or one for each; null to make them
	 * @throws IllegalArgumentException if it is not of the image's size
	 */
	VesselMasks(final ImagePlus image, final ImagePlus given, final TaskExecutor threads, final Consumer<String> log) {
		this.given = given;
		this.threads = threads;
		region = image.getRoi() != null && image.getRoi().isArea() ? Selection.of(image, log) : null;
		if (given == null) return;
		if (given.getWidth() != image.getWidth() || given.getHeight() != image.getHeight())
			throw new IllegalArgumentException("mask: must be of the image's size, " + image.getWidth() + " x " + image
				.getHeight() + " px, but " + given.getTitle() + " is of " + given.getWidth() + " x " + given.getHeight() +
				". Give the mask of this image.");
		if (given.getStackSize() > 1 && given.getStackSize() != image.getStackSize()) throw new IllegalArgumentException(
			"mask: must have one plane, or one for each of the image's " + image.getStackSize() + ", but " + given.getTitle() +
				" has " + given.getStackSize() + ". Give one of these, or leave it empty.");
	}

	/** An open image by its title, or else a file; null if the text is blank. */
	static ImagePlus find(final String mask) throws IOException {
		if (mask == null || mask.isBlank()) return null;
		final ImagePlus open = WindowManager.getImage(mask);
		if (open != null) return open;
		final File file = new File(mask);
		if (!file.exists()) throw new IllegalArgumentException("mask: there is neither an open image nor a file called " +
			mask + ". Give one of them, or leave it empty.");
		return ImageFile.read(file.toPath());
	}

	/**
	 * 0 outside of vessels.
	 *
	 * @param plane its number, from 0
	 */
	RandomAccessibleInterval<UnsignedByteType> of(final int plane, final RandomAccessibleInterval<UnsignedByteType> pixels,
		final Progress progress)
	{
		if (given == null) return made(pixels, progress);
		return within(Frames.plane(given.getStack().getProcessor(given.getStackSize() == 1 ? 1 : plane + 1)));
	}

	private RandomAccessibleInterval<UnsignedByteType> made(final RandomAccessibleInterval<UnsignedByteType> pixels,
		final Progress progress)
	{
		final VascularMaskSettings settings = VascularMaskSettings.DEFAULT.fittedTo((int) pixels.dimension(0), (int) pixels
			.dimension(1));
		return AbstractExtractVascularAnatomy.threshold(AbstractExtractVascularAnatomy.vesselness(pixels, region, settings,
			new StoppableExecutor(threads, progress)), region, settings);
	}

	private Img<UnsignedByteType> within(final RandomAccessibleInterval<? extends RealType<?>> mask) {
		final Img<UnsignedByteType> copy = ArrayImgs.unsignedBytes(mask.dimensionsAsLongArray());
		final Cursor<? extends RealType<?>> from = Views.flatIterable(mask).cursor();
		final Cursor<NativeBoolType> inside = region == null ? null : Views.flatIterable(region).cursor();
		for (final UnsignedByteType pixel : copy) {
			final boolean vessel = from.next().getRealDouble() != 0;
			if ((inside == null || inside.next().get()) && vessel) pixel.set(255);
		}
		return copy;
	}
}
