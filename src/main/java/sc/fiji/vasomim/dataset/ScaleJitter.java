package sc.fiji.vasomim.dataset;

import java.util.Optional;
import java.util.random.RandomGenerator;

import sc.fiji.vasomim.metrics.Box;

/**
 * Large-scale jitter (Ghiasi et al. 2021) as detectron2 draws it: an image is mirrored every second time, resized by a
 * random factor, and cut where it has become larger than the network's square.
 *
 * @param least smallest factor; 1 is where the longer side fills the square
 * @param most largest factor
 * @param mirror whether every second image is mirrored left to right
 */
public record ScaleJitter(double least, double most, boolean mirror) {

	/** Images as large as they fit. */
	public static final ScaleJitter NONE = new ScaleJitter(1, 1, false);

	/** As published. */
	public static final ScaleJitter PUBLISHED = new ScaleJitter(0.1, 2, true);

	public ScaleJitter {
		if (!(least > 0 && least <= most && most <= 10)) throw new IllegalArgumentException(
			"least, most: factors must lie in 0..10, the least first, but were " + least + ", " + most);
	}

	/**
	 * Where one image comes to lie.
	 *
	 * @param height of the resized image in px
	 * @param width of the resized image in px
	 * @param top its first row in the square
	 * @param left its first column in the square
	 * @param flip whether it is mirrored left to right, before all else
	 * @param size side of the square in px
	 */
	public record Plan(int height, int width, int top, int left, boolean flip, int size) {

		/**
		 * @param imageHeight of the image as it is
		 * @return the box in px of the square, cut at its borders; empty if it lies outside
		 */
		public Optional<Box> place(final Box box, final int imageHeight, final int imageWidth) {
			final double x = flip ? imageWidth - box.x() - box.width() : box.x();
			final double left = clip(x * width / imageWidth - this.left, width - this.left);
			final double right = clip((x + box.width()) * width / imageWidth - this.left, width - this.left);
			final double top = clip(box.y() * height / imageHeight - this.top, height - this.top);
			final double bottom = clip((box.y() + box.height()) * height / imageHeight - this.top, height - this.top);
			return right > left && bottom > top ? Optional.of(new Box(left, top, right - left, bottom - top)) : Optional
				.empty();
		}

		private double clip(final double coordinate, final int end) {
			return Math.max(0, Math.min(coordinate, Math.min(end, size)));
		}
	}

	/**
	 * @param random the image's own stream
	 * @param size side of the network's square in px
	 */
	public Plan draw(final RandomGenerator random, final int height, final int width, final int size) {
		final boolean flip = mirror && random.nextDouble() < 0.5;
		final double scale = (least + (most - least) * random.nextDouble()) * size / Math.max(height, width);
		final int h = (int) Math.max(1, Math.rint(height * scale));
		final int w = (int) Math.max(1, Math.rint(width * scale));
		// One number for both axes, as published.
		final double shift = random.nextDouble();
		return new Plan(h, w, (int) Math.rint(Math.max(0, h - size) * shift), (int) Math.rint(Math.max(0, w - size) *
			shift), flip, size);
	}
}
