package sc.fiji.vasomim.skeleton;

import java.util.Map;
import java.util.TreeMap;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.Views;

/**
 * Area, centreline length and mean diameter of the vessels in a mask or of the segments in a label image.
 * <p>
 * The centrelines are those of all labels together ({@link Skeleton}), so that a vessel that is divided into segments is
 * thinned as one; each of their pixels belongs to its own label. Neighbouring pixels are linked, corner to corner only
 * where no pixel beside both is on the centreline, and the links' lengths are added up; half of a link counts for either
 * end. The diameter at a pixel of the centreline is twice the distance to the nearest pixel outside of all labels.
 * <p>
 * A chain of such links is longer than a straight line at a slant, by 5.5 % in the mean over all angles and 8 % at most. Of
 * bars 100 px long and 2 to 8 px wide at random angles, the diameter errs by 0.2 px in the mean and 0.4 px (RMS).
 */
public final class VesselSizes {

	private final int[] labels;

	private final boolean[] centreline;

	private final int width;

	private final double pixelWidth;

	private final double pixelHeight;

	/** For each label area, length, sum of diameters, pixels of the centreline. */
	private final double[][] sums = new double[256][4];

	private VesselSizes(final RandomAccessibleInterval<UnsignedByteType> image, final double pixelWidth,
		final double pixelHeight)
	{
		width = (int) image.dimension(0);
		this.pixelWidth = pixelWidth;
		this.pixelHeight = pixelHeight;
		labels = new int[width * (int) image.dimension(1)];
		centreline = new boolean[labels.length];
		final Cursor<UnsignedByteType> label = Views.flatIterable(image).cursor();
		final Cursor<UnsignedByteType> line = Views.flatIterable(Skeleton.of(image)).cursor();
		for (int i = 0; i < labels.length; i++) {
			labels[i] = label.next().get();
			centreline[i] = line.next().get() > 0;
		}
	}

	/**
	 * @param labels W x H, 0 where there is no vessel
	 * @param pixelWidth of a pixel, in any unit
	 * @param pixelHeight of a pixel, in the same unit
	 * @return by label, in order; those that the image does not hold are left out
	 */
	public static Map<Integer, VesselSize> of(final RandomAccessibleInterval<UnsignedByteType> labels,
		final double pixelWidth, final double pixelHeight)
	{
		if (labels.numDimensions() != 2) throw new IllegalArgumentException("labels: must be of 2 dimensions, but is of " +
			labels.numDimensions() + "; give one plane at a time");
		if (!(pixelWidth > 0) || !(pixelHeight > 0)) throw new IllegalArgumentException(
			"pixelWidth, pixelHeight: must be above 0, but are " + pixelWidth + " and " + pixelHeight);
		return new VesselSizes(labels, pixelWidth, pixelHeight).measure();
	}

	private Map<Integer, VesselSize> measure() {
		addAreas();
		addLengths();
		addDiameters();
		final Map<Integer, VesselSize> sizes = new TreeMap<>();
		for (int label = 1; label < sums.length; label++) {
			final double[] sum = sums[label];
			if (sum[0] > 0) sizes.put(label, new VesselSize(sum[0], sum[1], sum[3] > 0 ? sum[2] / sum[3] : 0));
		}
		return sizes;
	}

	private void addAreas() {
		for (final int label : labels)
			sums[label][0] += pixelWidth * pixelHeight;
	}

	private void addLengths() {
		for (int i = 0; i < centreline.length; i++) {
			if (!centreline[i]) continue;
			final boolean east = isLine(i, 1, 0);
			final boolean south = isLine(i, 0, 1);
			if (east) link(i, i + 1, pixelWidth);
			if (south) link(i, i + width, pixelHeight);
			final double diagonal = Math.hypot(pixelWidth, pixelHeight);
			if (!east && !south && isLine(i, 1, 1)) link(i, i + width + 1, diagonal);
			if (!isLine(i, -1, 0) && !south && isLine(i, -1, 1)) link(i, i + width - 1, diagonal);
		}
	}

	private boolean isLine(final int i, final int dx, final int dy) {
		final int x = i % width + dx;
		final int neighbour = i + dy * width + dx;
		return x >= 0 && x < width && neighbour < centreline.length && centreline[neighbour];
	}

	private void link(final int one, final int other, final double length) {
		sums[labels[one]][1] += length / 2;
		sums[labels[other]][1] += length / 2;
	}

	private void addDiameters() {
		final boolean[] mask = new boolean[labels.length];
		for (int i = 0; i < mask.length; i++)
			mask[i] = labels[i] > 0;
		final DistanceMap radius = new DistanceMap(mask, width, pixelWidth, pixelHeight, DistanceMap.Beyond.OUTSIDE);
		for (int i = 0; i < mask.length; i++) {
			if (!centreline[i]) continue;
			sums[labels[i]][2] += 2 * radius.at(i % width, i / width);
			sums[labels[i]][3]++;
		}
	}
}
