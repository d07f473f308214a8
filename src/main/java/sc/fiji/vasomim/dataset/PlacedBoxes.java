package sc.fiji.vasomim.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import sc.fiji.vasomim.dataset.ScaleJitter.Plan;
import sc.fiji.vasomim.metrics.Box;
import sc.fiji.vasomim.metrics.TrueBox;

/**
 * The boxes of an image in the square that its {@link Plan} puts it into. What is not left of them in float32, in which
 * networks learn, is left out.
 *
 * @param corners n x 4 in px, of boxes to find: left, top, right, bottom
 * @param classes n class numbers from 0
 * @param ignored m x 4, likewise, of crowds and ignored boxes: inside of them is neither what is sought nor background
 */
public record PlacedBoxes(float[] corners, long[] classes, float[] ignored) {

	public static PlacedBoxes of(final BoxedImage image, final Plan plan) {
		final List<float[]> wanted = new ArrayList<>(), ignored = new ArrayList<>();
		final List<Integer> labels = new ArrayList<>();
		for (final TrueBox truth : image.boxes()) {
			final Optional<float[]> placed = plan.place(truth.box(), image.height(), image.width()).map(PlacedBoxes::corners)
				.filter(c -> c[2] > c[0] && c[3] > c[1]);
			if (placed.isEmpty()) continue;
			if (truth.isIgnored()) ignored.add(placed.get());
			else {
				wanted.add(placed.get());
				labels.add(truth.label());
			}
		}
		return new PlacedBoxes(joined(wanted), labels.stream().mapToLong(label -> label - 1).toArray(), joined(ignored));
	}

	private static float[] corners(final Box box) {
		return new float[] { (float) box.x(), (float) box.y(), (float) (box.x() + box.width()), (float) (box.y() + box
			.height()) };
	}

	private static float[] joined(final List<float[]> boxes) {
		final float[] joined = new float[4 * boxes.size()];
		for (int i = 0; i < boxes.size(); i++)
			System.arraycopy(boxes.get(i), 0, joined, 4 * i, 4);
		return joined;
	}

	/** How many are to be found, n. */
	public int count() {
		return classes.length;
	}
}
