package sc.fiji.vasomim.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.Raster;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;

import com.google.gson.Gson;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.Views;

/** Against numpy and scikit-image: src/test/python/segmentation_reference.py. */
class SegmentationReferenceTest {

	private static final double TOLERANCE = 1e-12;

	private record Expected(Map<String, Image> images, Statistic masks) {}

	private record Image(MaskScores mask, SortedMap<Integer, MaskScores> classes, MaskScores macro) {}

	private record Statistic(MaskScores mean, MaskScores std) {}

	private final Expected expected = expected();

	@Test
	void masks() throws IOException {
		assertEquals(3, expected.images.size());
		final ScoreStatistics statistics = new ScoreStatistics();
		for (final Map.Entry<String, Image> image : expected.images.entrySet()) {
			final MaskScores scores = MaskScores.of(mask(image.getKey(), 85, 10), mask(image.getKey(), 170, 0));
			assertClose(image.getValue().mask, scores);
			statistics.add(scores);
		}
		assertClose(expected.masks.mean, statistics.mean());
		assertClose(expected.masks.std, statistics.standardDeviation());
	}

	@Test
	void classes() throws IOException {
		for (final Map.Entry<String, Image> image : expected.images.entrySet()) {
			final LabelScores scores = LabelScores.of(mask(image.getKey(), 85, 10), mask(image.getKey(), 170, 0));
			final SortedMap<Integer, MaskScores> classes = image.getValue().classes;
			assertTrue(classes.size() > 2);
			assertEquals(classes.keySet(), scores.classes().keySet());
			classes.forEach((id, of) -> assertClose(of, scores.classes().get(id)));
			assertClose(image.getValue().macro, scores.macro());
		}
	}

	private static void assertClose(final MaskScores expected, final MaskScores actual) {
		assertEquals(expected.dice(), actual.dice(), TOLERANCE);
		assertEquals(expected.iou(), actual.iou(), TOLERANCE);
		assertEquals(expected.precision(), actual.precision(), TOLERANCE);
		assertEquals(expected.recall(), actual.recall(), TOLERANCE);
		assertEquals(expected.clDice(), actual.clDice(), TOLERANCE);
		assertEquals(expected.topologyPrecision(), actual.topologyPrecision(), TOLERANCE);
		assertEquals(expected.topologySensitivity(), actual.topologySensitivity(), TOLERANCE);
	}

	/** Pixels of one value or of both, 255; their class is a matter of the column. */
	private static RandomAccessibleInterval<UnsignedByteType> mask(final String name, final int value, final int shift)
		throws IOException
	{
		final Raster raster = ImageIO.read(SegmentationReferenceTest.class.getResource("/metrics/" + name + ".png"))
			.getRaster();
		final int width = raster.getWidth(), height = raster.getHeight();
		final int[] values = raster.getSamples(0, 0, width, height, 0, (int[]) null);
		final Img<UnsignedByteType> mask = ArrayImgs.unsignedBytes(width, height);
		int i = 0;
		for (final UnsignedByteType pixel : Views.flatIterable(mask)) {
			if (values[i] == value || values[i] == 255) pixel.set(1 + (i % width + shift) / 140);
			i++;
		}
		return mask;
	}

	private static Expected expected() {
		try (InputStream in = SegmentationReferenceTest.class.getResourceAsStream("/metrics/scores.json");
				Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8))
		{
			return new Gson().fromJson(reader, Expected.class);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
