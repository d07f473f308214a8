package sc.fiji.vasomim.quantify;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.RealRandomAccess;
import net.imglib2.interpolation.randomaccess.NLinearInterpolatorFactory;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;

/** An image resampled along the normals of a centreline, so that the vessel runs straight: a row a station. */
final class StraightVessel {

	/** px between columns. */
	static final double STEP = 0.5;

	/** Standard deviation of a Gaussian mean over neighbouring stations, against noise. */
	static final double ALONG = 2;

	private final double[][] grey;

	private final int half;

	/** @param reach of the rows to either side of the centreline, px */
	StraightVessel(final RandomAccessibleInterval<? extends RealType<?>> image, final Centreline line,
		final double reach)
	{
		half = (int) Math.ceil(reach / STEP);
		final double[][] rows = new double[line.size()][2 * half + 1];
		final RealRandomAccess<? extends RealType<?>> access = interpolated(image);
		for (int i = 0; i < rows.length; i++)
			for (int k = -half; k <= half; k++) {
				final Point place = line.at(i, k * STEP);
				access.setPosition(place.x(), 0);
				access.setPosition(place.y(), 1);
				rows[i][k + half] = access.get().getRealDouble();
			}
		grey = mean(rows);
	}

	@SuppressWarnings({ "unchecked", "rawtypes" })
	private static RealRandomAccess<? extends RealType<?>> interpolated(
		final RandomAccessibleInterval<? extends RealType<?>> image)
	{
		return Views.interpolate((net.imglib2.RandomAccessible) Views.extendBorder((RandomAccessibleInterval) image),
			new NLinearInterpolatorFactory()).realRandomAccess();
	}

	private static double[][] mean(final double[][] rows) {
		final int reach = (int) Math.ceil(3 * ALONG);
		final double[][] mean = new double[rows.length][rows[0].length];
		for (int i = 0; i < rows.length; i++) {
			double weights = 0;
			// An even number of rows to either side, so that what changes steadily stays where it is.
			final int around = Math.min(reach, Math.min(i, rows.length - 1 - i));
			for (int j = i - around; j <= i + around; j++) {
				final double weight = Math.exp(-(j - i) * (j - i) / (2 * ALONG * ALONG));
				weights += weight;
				for (int k = 0; k < mean[i].length; k++)
					mean[i][k] += weight * rows[j][k];
			}
			for (int k = 0; k < mean[i].length; k++)
				mean[i][k] /= weights;
		}
		return mean;
	}

	int size() {
		return grey.length;
	}

	/** Columns to either side of the centreline. */
	int half() {
		return half;
	}

	/** Grey level at a station, so many columns from the centreline. */
	double grey(final int station, final int column) {
		return grey[station][Math.max(0, Math.min(2 * half, column + half))];
	}

	/** Change of the grey level per px, outwards along the normal, between two columns. */
	double gradient(final int station, final int column) {
		return (grey(station, column + 1) - grey(station, column - 1)) / (2 * STEP);
	}
}
