package sc.fiji.vasomim.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import sc.fiji.vasomim.Reference;

/** Crops on the device against Pillow's own: up and down, mirrored, of images that are wide or tall. */
class CroppingTest {

	private final NDManager manager = Devices.newManager(Device.cpu());

	private final Script script = Script.load("image", "Cropping", Map.of("size", 56), Device.cpu());

	@AfterEach
	void close() {
		script.close();
		manager.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "wide", "tall" })
	void imagesAreWithinAGreyLevelOfPillow(final String source) throws IOException {
		try (Reference reference = new Reference("crops")) {
			final double[] expected = reference.values(source + ".image.cropped");
			assertTrue(largestDifference(expected, crop(reference, source, "image", false)) <= 1);
			assertTrue(largestDifference(expected, crop(reference, source, "image", true)) > 1, "a mirrored crop is seen");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "wide", "tall" })
	void masksEqualPillow(final String source) throws IOException {
		try (Reference reference = new Reference("crops")) {
			final double[] expected = reference.values(source + ".mask.cropped");
			assertEquals(0, largestDifference(expected, crop(reference, source, "mask", false)));
			assertEquals(255, largestDifference(expected, crop(reference, source, "mask", true)));
		}
	}

	/** All crops of a source in one batch; all mirrored the other way where asked. */
	private double[] crop(final Reference reference, final String source, final String kind, final boolean mirrored)
		throws IOException
	{
		final NDArray boxes = reference.tensor(manager, source + ".boxes");
		final NDArray flips = reference.tensor(manager, source + ".flips");
		final long count = boxes.getShape().get(0);
		final NDArray image = reference.tensor(manager, source + "." + kind).expandDims(0).repeat(0, count);
		return Reference.doubles(script.call(manager, kind, image, boxes, mirrored ? flips.sub(1) : flips).get(
			0));
	}

	private static double largestDifference(final double[] a, final double[] b) {
		assertEquals(a.length, b.length);
		double largest = 0;
		for (int i = 0; i < a.length; i++)
			largest = Math.max(largest, Math.abs(a[i] - b[i]));
		return largest;
	}

	@Test
	void aWholeImageOfTheSameSizeStaysAsItIs() {
		final NDArray image = manager.randomUniform(0, 255, new Shape(2, 56, 56)).round().toType(DataType.UINT8, true);
		final NDArray box = manager.create(new float[] { 0, 0, 56, 56 }).reshape(1, 4).repeat(0, 2);
		for (final String kind : new String[] { "image", "mask" })
			assertEquals(image, script.call(manager, kind, image, box, manager.zeros(new Shape(2))).get(0).toType(
				DataType.UINT8, true), kind);
	}
}
