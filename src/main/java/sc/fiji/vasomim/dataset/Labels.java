package sc.fiji.vasomim.dataset;

import java.io.IOException;

/** Where the truth about an image's pixels comes from: a mask file, polygons, ... */
public interface Labels {

	/** Of images that nothing is known about: background everywhere, for which the cache needs no room. */
	Labels NONE = new Labels() {

		@Override
		public byte[] read(final int width, final int height) {
			return new byte[width * height];
		}

		@Override
		public String version() {
			return "none";
		}
	};

	/**
	 * @param width of the image, in px
	 * @param height of the image, in px
	 * @return width x height in raster order: 0 and 255 for masks, class numbers for labels
	 * @throws IllegalArgumentException if the labels are made for another size
	 */
	byte[] read(int width, int height) throws IOException;

	/** A text that changes when the labels may have changed, without reading them: sizes and times, no paths. */
	String version() throws IOException;

	/** Equal for labels that are the same because they are read from one file, whatever links lead to it. */
	default Object source() throws IOException {
		return this;
	}
}
