package sc.fiji.vasomim.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.OvalRoi;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.measure.Calibration;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;

import sc.fiji.vasomim.vesselness.Fixture;

/** Images as users have them open. */
final class TestImages {

	private TestImages() {}

	/** A fixture as an 8-bit image. */
	static ImageProcessor bytes(final Fixture fixture) {
		final ImageProcessor image = new ByteProcessor(fixture.width(), fixture.height());
		return fill(image, fixture);
	}

	/** A fixture as a 16-bit image. */
	static ImageProcessor shorts(final Fixture fixture) {
		return fill(new ShortProcessor(fixture.width(), fixture.height()), fixture);
	}

	private static ImageProcessor fill(final ImageProcessor image, final Fixture fixture) {
		for (int i = 0; i < fixture.values().length; i++)
			image.setf(i, fixture.values()[i]);
		return image;
	}

	/** 8-bit, 224 x 256, dark vessels, with all that must survive: calibration, selection, overlay. */
	static ImagePlus tree() {
		final ImagePlus image = new ImagePlus("tree", bytes(Fixture.read("inputs/tree_u8")));
		final Calibration calibration = image.getCalibration();
		calibration.pixelWidth = 0.3;
		calibration.pixelHeight = 0.3;
		calibration.setUnit("mm");
		image.setRoi(new Roi(20, 30, 40, 50));
		image.setOverlay(new Overlay(new OvalRoi(5, 6, 7, 8)));
		return image;
	}

	/** Of the first plane; ImageJ ignores what RGB has above its 24 bits. */
	static void assertSamePixels(final ImagePlus expected, final ImagePlus actual) {
		assertArrayEquals(expected.getDimensions(), actual.getDimensions());
		assertEquals(expected.getBitDepth(), actual.getBitDepth());
		final boolean rgb = expected.getBitDepth() == 24;
		for (int i = 0; i < expected.getProcessor().getPixelCount(); i++)
			if (rgb) assertEquals(expected.getProcessor().get(i) & 0xffffff, actual.getProcessor().get(i) & 0xffffff);
			else assertEquals(expected.getProcessor().getf(i), actual.getProcessor().getf(i));
	}

	/** Extent of a pixel. */
	static String space(final ImagePlus image) {
		final Calibration c = image.getCalibration();
		return c.pixelWidth + " x " + c.pixelHeight + " x " + c.pixelDepth + " " + c.getUnit();
	}

	/** Of 2 channels, 3 slices, 2 frames: twelve different crops of the tree, 64 x 64. */
	static ImagePlus hyperstack() {
		final ImageStack stack = new ImageStack();
		final ImageProcessor tree = bytes(Fixture.read("inputs/tree_u8"));
		for (int i = 0; i < 12; i++) {
			tree.setRoi(10 * i, 12 * i, 64, 64);
			stack.addSlice("plane " + i + "\n0010,0010 Patient's Name: Doe", tree.crop());
		}
		final ImagePlus image = new ImagePlus("hyper", stack);
		image.setDimensions(2, 3, 2);
		image.setOpenAsHyperStack(true);
		image.getCalibration().pixelDepth = 2;
		return image;
	}

	/** Bars of four colours under a vertical gradient of none, 64 x 64. */
	static ImagePlus colours() {
		final int[] rgb = { 0xff0000, 0x00ff00, 0x0000ff, 0xc86432 };
		return bars(new ColorProcessor(64, 64), rgb);
	}

	/** What Pillow's convert("L") makes of {@link #colours}: (19595 R + 38470 G + 7471 B + 32768) >> 16, by hand. */
	static ImagePlus coloursAsGrey() {
		return bars(new ByteProcessor(64, 64), new int[] { 76, 150, 29, 124 });
	}

	private static ImagePlus bars(final ImageProcessor image, final int[] values) {
		for (int y = 0; y < 64; y++)
			for (int x = 0; x < 64; x++)
				image.set(x, y, values[x / 4 % 4]);
		return new ImagePlus("bars", image);
	}

	/** 8-bit noise that is the same each time. */
	static ImagePlus square(final int side) {
		final byte[] pixels = new byte[side * side];
		new java.util.Random(side).nextBytes(pixels);
		return new ImagePlus("square", new ByteProcessor(side, side, pixels));
	}

	/** 32-bit with one pixel that is no number, at (3, 4) of the second plane. */
	static ImagePlus notANumber() {
		final ImageStack stack = new ImageStack();
		for (int i = 0; i < 2; i++) {
			final float[] values = new float[64 * 64];
			Arrays.fill(values, 7);
			stack.addSlice(new FloatProcessor(64, 64, values));
		}
		stack.getProcessor(2).setf(3, 4, Float.NaN);
		return new ImagePlus("nan", stack);
	}
}
