package sc.fiji.vasomim.dataset;

import java.util.Arrays;
import java.util.Optional;

import sc.fiji.vasomim.dataset.ScaleJitter.Plan;
import sc.fiji.vasomim.metrics.Box;
import sc.fiji.vasomim.metrics.TrueBox;

/**
 * The n boxes of an image that can be learned from, in the square that its {@link Plan} puts it into. Crowds and ignored
 * boxes are none.
 *
 * @param corners n x 4 in px: left, top, right, bottom
 * @param classes n class numbers from 0
 */
public record PlacedBoxes(float[] corners, long[] classes) {

	public static PlacedBoxes of(final BoxedImage image, final Plan plan) {
		final float[] corners = new float[4 * image.boxes().size()];
		final long[] classes = new long[image.boxes().size()];
		int n = 0;
		for (final TrueBox truth : image.boxes()) {
			final Optional<Box> placed = truth.crowd() || truth.ignored() ? Optional.empty() : plan.place(truth.box(), image
				.height(), image.width());
			if (placed.isEmpty()) continue;
			final Box box = placed.get();
			corners[4 * n] = (float) box.x();
			corners[4 * n + 1] = (float) box.y();
			corners[4 * n + 2] = (float) (box.x() + box.width());
			corners[4 * n + 3] = (float) (box.y() + box.height());
			classes[n++] = truth.label() - 1;
		}
		return new PlacedBoxes(Arrays.copyOf(corners, 4 * n), Arrays.copyOf(classes, n));
	}

	/** How many there are. */
	public int count() {
		return classes.length;
	}
}
