package sc.fiji.vasomim.anatomy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;

import org.junit.jupiter.api.Test;

import net.imglib2.Interval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.parallel.TaskExecutors;
import net.imglib2.type.logic.BitType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;

import sc.fiji.vasomim.PackageExample;
import sc.fiji.vasomim.vesselness.Fixture;

/** Runs the lines that the package's documentation shows. */
class ExampleTest {

	@Test
	void theExampleIsRunHere() throws IOException {
		PackageExample.assertRunBy(ExampleTest.class);
	}

	@Test
	void itFindsTheTreeAndItsLeftHalf() {
		final Img<UnsignedByteType> image = Fixture.read("inputs/tree512_u8").bytes();

		VascularMaskSettings settings = VascularMaskSettings.DEFAULT.fittedTo(image.dimension(0), image.dimension(1));
		Img<UnsignedByteType> whole = VascularMask.compute(image, settings);

		Img<BitType> region = ArrayImgs.bits(image.dimensionsAsLongArray());
		Interval half = Intervals.createMinSize(0, 0, image.dimension(0) / 2, image.dimension(1));
		Views.interval(region, half).forEach(BitType::setOne);
		Img<UnsignedByteType> left = ArrayImgs.unsignedBytes(image.dimensionsAsLongArray());
		VascularMask.compute(image, left, region, settings, TaskExecutors.singleThreaded());

		assertTrue(vessel(whole, 0, 512) > 5000);
		assertTrue(vessel(left, 0, 256) > 1000);
		assertEquals(0, vessel(left, 256, 512));
	}

	/** Pixels in columns from..to-1. */
	private static int vessel(final Img<UnsignedByteType> mask, final int from, final int to) {
		int count = 0;
		for (int y = 0; y < 512; y++)
			for (int x = from; x < to; x++)
				count += mask.getAt(x, y).get() / 255;
		return count;
	}
}
