package sc.fiji.vasomim.anatomy;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.ByteArray;
import net.imglib2.type.numeric.integer.UnsignedByteType;

/** What is too small to be a vessel. */
public final class Specks {

	private static final int CONNECTIVITY = 8;

	private Specks() {}

	/**
	 * Takes small components, whatever their labels, out of a mask or a label image: a segment that is part of a larger
	 * vessel is none. Pixels are connected by sides and corners.
	 *
	 * @param labels W x H, changed in place: 0 where there is no vessel
	 * @param least px that a component must have to stay
	 */
	public static void remove(final ArrayImg<UnsignedByteType, ByteArray> labels, final int least) {
		final byte[] pixels = labels.update(null).getCurrentStorageArray();
		final boolean[] foreground = new boolean[pixels.length];
		for (int i = 0; i < pixels.length; i++)
			foreground[i] = pixels[i] != 0;
		final Components components = new Components(foreground, (int) labels.dimension(0), CONNECTIVITY);
		for (int i = 0; i < pixels.length; i++) {
			final int[] component = components.grow(i);
			for (int p = 0; component.length < least && p < component.length; p++)
				pixels[component[p]] = 0;
		}
	}
}
