package sc.fiji.vasomim.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import ai.djl.Device;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.Views;

import sc.fiji.vasomim.Reference;
import sc.fiji.vasomim.metrics.Box;
import sc.fiji.vasomim.metrics.Detection;
import sc.fiji.vasomim.model.FasterRcnnTest;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Precision;

/** Against detectron2's detections: reference/detection. */
class DetectorTest {

	private static final int SIZE = FasterRcnnTest.SMALL.size();

	private final Reference reference = new Reference("detection");

	private final Weights weights = Weights.read(FasterRcnnTest.SMALL, reference.file(), Device.cpu());

	private final Detector detector = new Detector(weights, Precision.FLOAT32);

	DetectorTest() throws IOException {}

	@AfterEach
	void close() throws IOException {
		detector.close();
		weights.close();
		reference.close();
	}

	/** The first image; each value of the reference is 8 x 8 px. */
	private RandomAccessibleInterval<UnsignedByteType> image() throws IOException {
		final double[] coarse = reference.values("in.coarse");
		final byte[] pixels = new byte[SIZE * SIZE];
		for (int i = 0; i < pixels.length; i++)
			pixels[i] = (byte) coarse[i / SIZE / 8 * 32 + i % SIZE / 8];
		return ArrayImgs.unsignedBytes(pixels, SIZE, SIZE);
	}

	@Test
	void findsWhatDetectron2Finds() throws IOException {
		final List<Detection> found = detector.detect(image(), Detector.LEAST_SCORE);
		final double[] boxes = reference.values("out.found.0");
		final double[] scores = reference.values("out.scores.0");
		final double[] classes = reference.values("out.classes.0");
		assertEquals(scores.length, found.size());
		for (int i = 0; i < scores.length; i++) {
			final Detection d = found.get(i);
			assertEquals(scores[i], d.score(), 1e-5);
			assertEquals(classes[i] + 1, d.label());
			final double[] corners = { d.box().x(), d.box().y(), d.box().x() + d.box().width(), d.box().y() + d.box()
				.height() };
			for (int j = 0; j < 4; j++)
				assertEquals(boxes[4 * i + j], corners[j], 1e-5 * SIZE);
		}
	}

	/**
	 * Of 152 x 96 and 296 x 416 px, resized to 256 px by Pillow, which rounds its weights: one px in fifty differs by a grey
	 * level.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "wide", "tall" })
	void findsTheSameInImagesOfOtherSizesAndShapes(final String name) throws IOException {
		final int width = name.equals("wide") ? 152 : 296, height = name.equals("wide") ? 96 : 416;
		final double[] coarse = reference.values("in." + name);
		final byte[] pixels = new byte[width * height];
		for (int i = 0; i < pixels.length; i++)
			pixels[i] = (byte) coarse[i / width / 8 * (width / 8) + i % width / 8];
		final List<Detection> found = detector.detect(ArrayImgs.unsignedBytes(pixels, width, height), Detector.LEAST_SCORE);
		final double[] boxes = reference.values("out." + name + ".found");
		final double[] scores = reference.values("out." + name + ".scores");
		final double[] classes = reference.values("out." + name + ".classes");
		for (int i = 0; i < 50; i++) {
			final Box expected = new Box(boxes[4 * i], boxes[4 * i + 1], boxes[4 * i + 2] - boxes[4 * i], boxes[4 * i + 3] -
				boxes[4 * i + 1]);
			final int label = (int) classes[i] + 1;
			final double score = scores[i];
			assertTrue(found.stream().anyMatch(d -> d.label() == label && Math.abs(d.score() - score) < 3e-3 && d.box().iou(
				expected) > 0.99), "no " + expected + " of score " + score);
		}
	}

	/** What is no number passes no threshold: an image would look like one without stenoses. */
	@ParameterizedTest
	@ValueSource(strings = { "backbone.net.patch_embed.proj.bias", "proposal_generator.rpn_head.anchor_deltas.bias",
		"roi_heads.box_predictor.cls_score.bias", "roi_heads.box_predictor.bbox_pred.bias" })
	void aBrokenNetworkIsNamed(final String parameter) throws IOException {
		weights.all().get(parameter).muli(Float.NaN);
		final Exception e = assertThrows(IllegalArgumentException.class, () -> detector.detect(image(),
			Detector.LEAST_SCORE));
		assertTrue(e.getMessage().startsWith("model: its answer has values that are no numbers"), e.getMessage());
	}

	@Test
	void onlyWhatIsSureEnoughIsFound() throws IOException {
		final List<Detection> all = detector.detect(image(), Detector.LEAST_SCORE);
		final double middle = all.get(all.size() / 2).score();
		assertEquals(all.stream().filter(d -> d.score() > middle).toList(), detector.detect(image(), middle));
		assertTrue(detector.detect(image(), 1).isEmpty());
	}

	/** Whatever the image's size, its boxes reach its right and lower edge, and not farther. */
	@Test
	void boxesAreInTheImagesOwnPixels() throws IOException {
		for (final int[] size : new int[][] { { 60, 200 }, { 900, 310 }, { 1, 1 } }) {
			final RandomAccessibleInterval<UnsignedByteType> image = Views.interval(Views.extendMirrorSingle(image()),
				new long[2], new long[] { size[0] - 1, size[1] - 1 });
			final List<Detection> found = detector.detect(image, Detector.LEAST_SCORE);
			final double right = found.stream().mapToDouble(d -> d.box().x() + d.box().width()).max().orElseThrow();
			final double bottom = found.stream().mapToDouble(d -> d.box().y() + d.box().height()).max().orElseThrow();
			assertEquals(size[0], right, 0.02 * size[0]);
			assertEquals(size[1], bottom, 0.02 * size[1]);
			assertTrue(right <= size[0] * (1 + 1e-6) && bottom <= size[1] * (1 + 1e-6));
			assertTrue(found.stream().allMatch(d -> d.box().x() >= 0 && d.box().y() >= 0));
		}
	}

	@Test
	void impossibleScoresAreRefused() throws IOException {
		assertThrows(IllegalArgumentException.class, () -> detector.detect(image(), Double.NaN));
		assertThrows(IllegalArgumentException.class, () -> detector.detect(image(), -0.1));
	}
}
