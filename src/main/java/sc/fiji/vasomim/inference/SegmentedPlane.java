package sc.fiji.vasomim.inference;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.ByteArray;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.BooleanType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/**
 * What a segmentation network says of a plane of W x H px. Holds its images, does not copy them.
 *
 * @param likeliest W x H, 0 for the background, else the number of the most likely class; null if there is one class
 * @param probabilities W x H for each class, 0..1; empty if there are several and they were not asked for
 */
public record SegmentedPlane(ArrayImg<UnsignedByteType, ByteArray> likeliest,
	List<ArrayImg<FloatType, FloatArray>> probabilities)
{

	/** The probability from which a px counts as vessel, unless said otherwise. */
	public static final float THRESHOLD = 0.5f;

	private static final byte VESSEL = (byte) 255;

	public SegmentedPlane {
		probabilities = List.copyOf(probabilities);
	}

	/** @param all whether to hold the probabilities of several classes; that of a single one always is */
	static SegmentedPlane empty(final int width, final int height, final int classes, final boolean all) {
		final List<ArrayImg<FloatType, FloatArray>> probabilities = new ArrayList<>();
		for (int i = 0; i < classes && (all || classes == 1); i++)
			probabilities.add(ArrayImgs.floats(width, height));
		return new SegmentedPlane(classes == 1 ? null : ArrayImgs.unsignedBytes(width, height), probabilities);
	}

	int width() {
		return (int) (likeliest != null ? likeliest : probabilities.get(0)).dimension(0);
	}

	int height() {
		return (int) (likeliest != null ? likeliest : probabilities.get(0)).dimension(1);
	}

	/** @param rows of labels, from row y on */
	void putLikeliest(final int y, final ByteBuffer rows) {
		rows.get(likeliest.update(null).getCurrentStorageArray(), y * (int) likeliest.dimension(0), rows.remaining());
	}

	/** @param rows of each class after the other, from row y on */
	void putProbabilities(final int y, final float[] rows) {
		final int width = (int) probabilities.get(0).dimension(0);
		final int length = rows.length / probabilities.size();
		for (int i = 0; i < probabilities.size(); i++)
			System.arraycopy(rows, i * length, pixels(probabilities.get(i)), y * width, length);
	}

	/**
	 * A new image.
	 *
	 * @param threshold the least probability of a mask; of several classes the most likely counts, whatever it is
	 * @return W x H: for one class a mask of 0 and 255, else 0 and the classes' numbers
	 */
	public ArrayImg<UnsignedByteType, ByteArray> labels(final double threshold) {
		if (likeliest != null) return ArrayImgs.unsignedBytes(likeliest.update(null).getCurrentStorageArray().clone(), likeliest
			.dimensionsAsLongArray());
		final float[] probability = pixels(probabilities.get(0));
		final byte[] mask = new byte[probability.length];
		for (int i = 0; i < mask.length; i++)
			if (probability[i] >= threshold) mask[i] = VESSEL;
		return ArrayImgs.unsignedBytes(mask, probabilities.get(0).dimensionsAsLongArray());
	}

	/** Sets labels and probabilities to 0 outside of a region. @param region W x H, true inside */
	public void clearOutside(final RandomAccessibleInterval<? extends BooleanType<?>> region) {
		int i = 0;
		for (final BooleanType<?> inside : Views.flatIterable(region)) {
			if (!inside.get()) {
				if (likeliest != null) likeliest.update(null).getCurrentStorageArray()[i] = 0;
				for (final ArrayImg<FloatType, FloatArray> probability : probabilities)
					pixels(probability)[i] = 0;
			}
			i++;
		}
	}

	private static float[] pixels(final ArrayImg<FloatType, FloatArray> image) {
		return image.update(null).getCurrentStorageArray();
	}
}
