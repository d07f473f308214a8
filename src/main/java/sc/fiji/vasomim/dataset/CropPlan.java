package sc.fiji.vasomim.dataset;

import java.util.random.RandomGenerator;

/**
 * Where one training crop lies, in px of its image; the pixels themselves are cut and resized on the device.
 *
 * @param top first row
 * @param left first column
 * @param height rows
 * @param width columns
 * @param flip whether the crop is mirrored left to right
 */
public record CropPlan(int top, int left, int height, int width, boolean flip) {

	private static final double MIN_ASPECT = 3.0 / 4;

	private static final double MAX_ASPECT = 4.0 / 3;

	private static final int ATTEMPTS = 10;

	/** The whole image as it is. */
	public static CropPlan whole(final int height, final int width) {
		return new CropPlan(0, 0, height, width, false);
	}

	/**
	 * A random crop as torchvision's RandomResizedCrop draws it, mirrored every second time: area uniform in
	 * {@code minScale}..1 of the image's, aspect ratio log-uniform in 3/4..4/3; after ten misfits the central crop of the
	 * nearest allowed aspect.
	 *
	 * @param random the sample's own stream
	 * @param minScale smallest share of the area, in (0, 1]
	 */
	public static CropPlan draw(final RandomGenerator random, final int height, final int width, final double minScale) {
		final boolean flip = random.nextDouble() < 0.5;
		for (int i = 0; i < ATTEMPTS; i++) {
			final double area = (double) height * width * (minScale + (1 - minScale) * random.nextDouble());
			final double logRange = StrictMath.log(MAX_ASPECT) - StrictMath.log(MIN_ASPECT);
			final double aspect = StrictMath.exp(StrictMath.log(MIN_ASPECT) + logRange * random.nextDouble());
			final int w = (int) Math.rint(Math.sqrt(area * aspect));
			final int h = (int) Math.rint(Math.sqrt(area / aspect));
			if (w > 0 && w <= width && h > 0 && h <= height) return new CropPlan(random.nextInt(height - h + 1), random
				.nextInt(width - w + 1), h, w, flip);
		}
		final double aspect = (double) width / height;
		final int w = aspect > MAX_ASPECT ? (int) Math.rint(height * MAX_ASPECT) : width;
		final int h = aspect < MIN_ASPECT ? (int) Math.rint(width / MIN_ASPECT) : height;
		return new CropPlan((height - h) / 2, (width - w) / 2, h, w, flip);
	}
}
