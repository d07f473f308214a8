package sc.fiji.vasomim.dataset;

import java.util.ArrayList;
import java.util.List;

import sc.fiji.vasomim.metrics.Box;
import sc.fiji.vasomim.metrics.TrueBox;
import sc.fiji.vasomim.torch.CounterRandom;
import sc.fiji.vasomim.torch.CounterRandom.Purpose;

/** Noisy grey images with dark and bright rectangles, two classes, for tests of detectors. */
public final class TinyLesions {

	public static final List<String> CLASSES = List.of("dark", "bright");

	private TinyLesions() {}

	/** Image i is 8 i px wider than high, and has two rectangles, of both classes, 12 to 23 px a side. */
	public static BoxedImages make(final int count, final int size) {
		final List<BoxedImage> images = new ArrayList<>();
		for (int i = 0; i < count; i++)
			images.add(image(i, size + 8 * i, size));
		return new BoxedImages(images, CLASSES);
	}

	private static BoxedImage image(final int i, final int width, final int height) {
		final CounterRandom random = new CounterRandom(1, Purpose.SPLIT, 0, i);
		final byte[] pixels = new byte[width * height];
		for (int p = 0; p < pixels.length; p++)
			pixels[p] = (byte) (110 + random.nextInt(30));
		final List<TrueBox> boxes = new ArrayList<>();
		for (int label = 1; label <= 2; label++) {
			final int w = 12 + random.nextInt(12), h = 12 + random.nextInt(12);
			// One in each half, so that none covers another.
			final int x = (label - 1) * width / 2 + random.nextInt(width / 2 - w), y = random.nextInt(height - h);
			for (int row = y; row < y + h; row++)
				for (int column = x; column < x + w; column++)
					pixels[row * width + column] += (byte) (label == 1 ? -70 : 70);
			boxes.add(new TrueBox(new Box(x, y, w, h), label));
		}
		return new BoxedImage(i + ".png", pixels, width, height, boxes);
	}
}
