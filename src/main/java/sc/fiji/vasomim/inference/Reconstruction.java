package sc.fiji.vasomim.inference;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.Views;

/**
 * What a network made of an image with hidden patches. All images are of the grid's size, 0..255.
 *
 * @param image as it is
 * @param hidden for each patch of the grid, in raster order
 * @param decoded every patch as decoded, the visible ones too
 * @param infill the hidden patches filled in by {@link BilinearInfill}, which sees the visible ones alone
 * @param statistics where the hidden patches' mean and contrast come from
 */
public record Reconstruction(RandomAccessibleInterval<UnsignedByteType> image, PatchGrid grid, boolean[] hidden,
	RandomAccessibleInterval<UnsignedByteType> decoded, RandomAccessibleInterval<UnsignedByteType> infill,
	PatchStatistics statistics)
{

	/** The image with its hidden patches filled in by the network. */
	public RandomAccessibleInterval<UnsignedByteType> filled() {
		final byte[] filled = new byte[grid.width() * grid.height()];
		final Cursor<UnsignedByteType> original = Views.flatIterable(image).cursor();
		final Cursor<UnsignedByteType> network = Views.flatIterable(decoded).cursor();
		for (int i = 0; i < filled.length; i++) {
			final byte visible = original.next().getByte();
			final byte predicted = network.next().getByte();
			filled[i] = hidden[grid.at(i % grid.width(), i / grid.width())] ? predicted : visible;
		}
		return ArrayImgs.unsignedBytes(filled, grid.width(), grid.height());
	}

	/** 255 in hidden patches, 0 elsewhere. */
	public RandomAccessibleInterval<UnsignedByteType> hiddenPixels() {
		return grid.pixels(hidden);
	}

	/** How many patches are hidden. */
	public int hiddenPatches() {
		int count = 0;
		for (final boolean one : hidden)
			if (one) count++;
		return count;
	}
}
