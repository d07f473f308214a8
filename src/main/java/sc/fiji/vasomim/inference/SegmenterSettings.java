package sc.fiji.vasomim.inference;

/**
 * How a segmentation network looks at an image.
 *
 * @param scale px of the image for one px of what the network sees; 0: such that the image's longer side becomes as long
 *          as those of the images that it was trained on, but never less than 1: a small image is rather cut out of an
 *          angiogram than reduced
 * @param tile the longest side in px of what the network sees at once; 0: twice the side that it was trained on. Without
 *          meaning for a network that takes one size only
 * @param flips of which views the answer is the mean
 */
public record SegmenterSettings(double scale, int tile, Flips flips) {

	/** The views of an image. */
	public enum Flips {

		/** As it is. */
		NONE(1),
		/** And mirrored left to right. */
		HORIZONTAL(2),
		/** And each of these mirrored top to bottom. */
		BOTH(4);

		private final int views;

		Flips(final int views) {
			this.views = views;
		}

		int views() {
			return views;
		}
	}

	private static final int MOST_TILE = 1 << 14;

	public static final SegmenterSettings DEFAULT = new SegmenterSettings(0, 0, Flips.NONE);

	public SegmenterSettings {
		if (!(scale >= 0) || scale > 1000) throw new IllegalArgumentException(
			"scale: must be 0 (automatic) or up to 1000 px of the image for one of the network, but was " + scale);
		if (tile < 0 || tile > MOST_TILE) throw new IllegalArgumentException(
			"tile: must be 0 (automatic) or a side of up to " + MOST_TILE + " px, but was " + tile);
		if (flips == null) throw new IllegalArgumentException("flips: must be NONE, HORIZONTAL or BOTH, but was null");
	}
}
