package sc.fiji.vasomim.curation;

import java.util.List;

import net.imglib2.Cursor;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;

import sc.fiji.vasomim.vesselness.Vesselness;
import sc.fiji.vasomim.vesselness.VesselnessFilter;
import sc.fiji.vasomim.vesselness.VesselnessSettings;

/**
 * How much vessel a frame shows: the mean of the squared Sato response to dark ridges, in grey levels squared, at 3 and 5
 * px of a 512 px frame, on the frame reduced to about 256 px, less a tenth at each side, where the collimator is.
 * <p>
 * Before the contrast agent comes, ribs, spine and catheter are still there, so the energy is compared within a run
 * alone. On 30 ARCADE frames whose arteries were painted over and let in again by degrees it rises from each degree to
 * the next (docs/prepare-data-set.md).
 */
final class VesselEnergy {

	private static final int SIDE = 256;

	private static final VesselnessSettings FILTER = VesselnessSettings.FRANGI_1998.withFilter(VesselnessFilter.SATO)
		.withSigmas(List.of(1.5, 2.5));

	private VesselEnergy() {}

	/**
	 * @param frame W x H, 0..255, dark vessels
	 * @return 0 or more; 0 of a constant frame
	 */
	static double of(final RandomAccessibleInterval<UnsignedByteType> frame) {
		final Img<FloatType> response = Vesselness.compute(reduced(frame), FILTER);
		final int width = (int) response.dimension(0), height = (int) response.dimension(1);
		double sum = 0;
		final Cursor<FloatType> cursor = response.cursor();
		for (int y = 0; y < height; y++)
			for (int x = 0; x < width; x++) {
				final double value = cursor.next().get();
				if (isInner(x, width) && isInner(y, height)) sum += value * value;
			}
		return sum / ((width - 2 * (width / 10)) * (height - 2 * (height / 10)));
	}

	private static boolean isInner(final int i, final int size) {
		return i >= size / 10 && i < size - size / 10;
	}

	/** Means of squares of pixels. */
	private static Img<FloatType> reduced(final RandomAccessibleInterval<UnsignedByteType> frame) {
		final long shorter = Math.min(frame.dimension(0), frame.dimension(1));
		final int factor = (int) Math.max(1, Math.round((double) shorter / SIDE));
		final int width = (int) frame.dimension(0) / factor, height = (int) frame.dimension(1) / factor;
		final float[] means = new float[width * height];
		final RandomAccess<UnsignedByteType> pixel = frame.randomAccess();
		for (int y = 0; y < height * factor; y++) {
			pixel.setPosition(frame.min(1) + y, 1);
			pixel.setPosition(frame.min(0), 0);
			for (int x = 0; x < width * factor; x++) {
				means[y / factor * width + x / factor] += pixel.get().get() / (float) (factor * factor);
				pixel.fwd(0);
			}
		}
		return ArrayImgs.floats(means, width, height);
	}
}
