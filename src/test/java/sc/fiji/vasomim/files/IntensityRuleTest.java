package sc.fiji.vasomim.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.measure.Calibration;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.LUT;
import ij.process.ShortProcessor;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.integer.UnsignedByteType;

class IntensityRuleTest {

	private static final IntensityRule DARK = new IntensityRule(IntensityRule.Polarity.DARK);
	private static final IntensityRule BRIGHT = new IntensityRule(IntensityRule.Polarity.BRIGHT);
	private static final IntensityRule AUTO = new IntensityRule(IntensityRule.Polarity.AUTO);

	@Test
	void eightBitIsLeftUntouched() {
		final byte[] pixels = { 10, 20, 30, (byte) 200 };
		final IntensityRule.Result byProcessor = DARK.apply(image(new ByteProcessor(2, 2, pixels.clone())));
		assertArrayEquals(pixels, bytes(byProcessor));
		assertEquals("unchanged", byProcessor.applied().scaling());
		assertFalse(byProcessor.applied().inverted());
	}

	/** 1001 values 0..1000: percentile 0.1 is 1, percentile 99.9 is 999, so 501 becomes 500 / 998 * 255 = 127.76. */
	@Test
	void percentilesByHand() {
		final short[] ramp = new short[1001];
		for (int i = 0; i < ramp.length; i++) ramp[i] = (short) i;
		final IntensityRule.Result result = DARK.apply(image(new ShortProcessor(1001, 1, ramp, null)));
		assertEquals("percentiles", result.applied().scaling());
		assertEquals(1, result.applied().low(), 1e-9);
		assertEquals(999, result.applied().high(), 1e-9);
		final byte[] grey = bytes(result);
		assertEquals(List.of(0, 0, 128, 255, 255),
			List.of(grey[0] & 0xff, grey[1] & 0xff, grey[501] & 0xff, grey[999] & 0xff, grey[1000] & 0xff));
	}

	/** PS3.3 C.11.2.1.2.1: c = 2048, w = 4096 takes 0 to 0 and 4095 to 255. */
	@Test
	void theWindowOfADicomImageGoesFirst() {
		final ImagePlus image = new ImagePlus("", new ShortProcessor(4, 1, new short[] { 0, 1024, 2048, 5000 }, null));
		image.setProperty("Info", "0028,0004  Photometric Interpretation: MONOCHROME2\n" +
			"0028,1050  Window Center: 2048\\77 \n0028,1051  Window Width: 4096\\88 \n");
		final IntensityRule.Result result = DARK.apply(image);
		// (1024 - 2047.5) / 4095 + .5 = .25006, times 255 is 63.77; 2048 gives 127.53.
		assertArrayEquals(new byte[] { 0, 64, (byte) 128, -1 }, bytes(result));
		assertEquals("window", result.applied().scaling());
		assertEquals(0, result.applied().low());
		assertEquals(4095, result.applied().high());
	}

	@Test
	void windowFunctionsByHand() {
		final VoiWindow exact = new VoiWindow(100, 50, VoiWindow.Function.LINEAR_EXACT);
		assertEquals(.5, exact.grey(100));
		assertEquals(.25, exact.grey(87.5));
		assertEquals(0, exact.grey(75));
		assertEquals(1, exact.grey(126));
		final VoiWindow sigmoid = new VoiWindow(100, 50, VoiWindow.Function.SIGMOID);
		assertEquals(.5, sigmoid.grey(100));
		assertEquals(1 / (1 + Math.exp(-2)), sigmoid.grey(125), 1e-15);
		assertEquals(1, new VoiWindow(10, 1, VoiWindow.Function.LINEAR).grey(9.6));
		assertEquals(0, new VoiWindow(10, 1, VoiWindow.Function.LINEAR).grey(9.5));
		assertThrows(IllegalArgumentException.class, () -> new VoiWindow(10, .5, VoiWindow.Function.LINEAR));
	}

	@Test
	void monochrome1IsInverted() {
		final ImagePlus image = new ImagePlus("", new ByteProcessor(2, 1, new byte[] { 0, 100 }));
		image.setProperty("Info", "0028,0004  Photometric Interpretation: MONOCHROME1 \n");
		final IntensityRule.Result result = DARK.apply(image);
		assertArrayEquals(new byte[] { -1, (byte) 155 }, bytes(result));
		assertTrue(result.applied().inverted());
		// Bright vessels in an inverted image: the two inversions cancel.
		assertArrayEquals(new byte[] { 0, 100 }, bytes(BRIGHT.apply(image)));
		assertFalse(BRIGHT.apply(image).applied().inverted());
		assertArrayEquals(new byte[] { 0, 100 }, (byte[]) image.getProcessor().getPixels());
	}

	@Test
	void autoInvertsOnlyBrightVessels() {
		final ByteProcessor dark = vessels();
		assertFalse(AUTO.apply(image(dark)).applied().inverted());
		assertArrayEquals((byte[]) dark.getPixels(), bytes(AUTO.apply(image(dark))));
		final ByteProcessor bright = (ByteProcessor) dark.duplicate();
		bright.invert();
		assertTrue(AUTO.apply(image(bright)).applied().inverted());
		assertArrayEquals((byte[]) dark.getPixels(), bytes(AUTO.apply(image(bright))));
		assertFalse(DARK.apply(image(bright)).applied().inverted());
		// A part of a frame is too small to tell.
		bright.setRoi(0, 0, 299, 320);
		assertFalse(AUTO.apply(image(bright.crop())).applied().inverted());
	}

	/** A run that begins with a black frame, as before the exposure. */
	@Test
	void autoLooksBeyondABlankFirstFrame() {
		final ByteProcessor bright = vessels();
		bright.invert();
		final ImageStack run = new ImageStack(320, 320);
		run.addSlice(new ByteProcessor(320, 320));
		run.addSlice(bright);
		assertTrue(AUTO.apply(new ImagePlus("", run)).applied().inverted());
		run.setProcessor(vessels(), 2);
		assertFalse(AUTO.apply(new ImagePlus("", run)).applied().inverted());
	}

	/** A collimated frame: black outside, its edge a bright seam that must not pass for a bright vessel. */
	@Test
	void autoIsNotMisledByTheCollimator() {
		final ByteProcessor image = vessels();
		image.setValue(0);
		for (int i = 0; i < 90; i++) image.drawRect(i, i, 320 - 2 * i, 320 - 2 * i);
		image.setValue(250);
		for (int i = 90; i < 93; i++) image.drawRect(i, i, 320 - 2 * i, 320 - 2 * i);
		assertFalse(AUTO.apply(image(image)).applied().inverted());
	}

	@Test
	void calibratedValuesAndStacksAreUsedAsAWhole() {
		final ImageStack stack = new ImageStack(2, 1);
		stack.addSlice(new ShortProcessor(2, 1, new short[] { 10, 20 }, null));
		stack.addSlice(new ShortProcessor(2, 1, new short[] { 30, 40 }, null));
		final ImagePlus image = new ImagePlus("", stack);
		image.getCalibration().setFunction(Calibration.STRAIGHT_LINE, new double[] { 1000, -2 }, "");
		final IntensityRule.Result result = DARK.apply(image);
		assertArrayEquals(new long[] { 2, 1, 2 }, result.image().dimensionsAsLongArray());
		// Calibrated 980, 960, 940, 920: percentiles 920.06 and 979.94.
		assertArrayEquals(new byte[] { -1, (byte) 170, 85, 0 }, bytes(result));
		assertEquals(920.06, result.applied().low(), 1e-4);
		assertEquals(979.94, result.applied().high(), 1e-4);
	}

	/**
	 * Values 0, 1, 1, 5 and 9 stand for 9, 8, 8, 4 and 0. Of these, the rank 0.1 % of 4 is 0.004 on the way from 0 to 4,
	 * which is 0.016, and 99.9 % is 3.996, that is 8.996. Then 4 becomes 255 x 3.984 / 8.98 = 113.1, and 8 becomes 226.7.
	 */
	@Test
	void valuesThatCalibrationTurnsAround() {
		final ImagePlus image = new ImagePlus("", new ShortProcessor(5, 1, new short[] { 0, 1, 1, 5, 9 }, null));
		image.getCalibration().setFunction(Calibration.STRAIGHT_LINE, new double[] { 9, -1 }, "");
		final IntensityRule.Result result = DARK.apply(image);
		assertEquals(.016, result.applied().low(), 1e-6);
		assertEquals(8.996, result.applied().high(), 1e-6);
		assertArrayEquals(new byte[] { (byte) 255, (byte) 227, (byte) 227, 113, 0 }, bytes(result));
	}

	@Test
	void colorBecomesGrey() {
		assertArrayEquals(new byte[] { 76, 0 }, bytes(DARK.apply(image(new ColorProcessor(2, 1, new int[] { 0xff0000, 0 })))));
	}

	/** A table of colours that runs smoothly shows values, and its order alone counts; numbers of colours say nothing. */
	@Test
	void lutsCountWhereTheyMakeTheMeaning() {
		final byte[] pixels = { 10, 20, 30, (byte) 200 };
		final byte[] rising = new byte[256];
		final byte[] falling = new byte[256];
		final byte[] half = new byte[256];
		for (int i = 0; i < 256; i++) {
			rising[i] = (byte) i;
			falling[i] = (byte) (255 - i);
			half[i] = (byte) (i / 2);
		}
		final LUT warm = new LUT(rising, half, new byte[256]);
		final ImagePlus shown = image(new ByteProcessor(2, 2, pixels.clone()));
		shown.setLut(warm);
		assertTrue(shown.getProcessor().isColorLut());
		assertArrayEquals(pixels, bytes(DARK.apply(shown)));
		assertFalse(DARK.apply(shown).applied().palette());

		shown.setLut(new LUT(falling, falling, falling));
		assertArrayEquals(new byte[] { (byte) 245, (byte) 235, (byte) 225, 55 }, bytes(DARK.apply(shown)));
		assertTrue(DARK.apply(shown).applied().inverted());

		final byte[] red = new byte[256];
		for (int i = 0; i < 256; i++)
			red[i] = (byte) (i % 2 == 0 ? 255 : 0);
		shown.setLut(new LUT(red, new byte[256], new byte[256]));
		// Red is 76 of 255.
		assertArrayEquals(new byte[] { 76, 76, 76, 76 }, bytes(DARK.apply(shown)));
		assertTrue(DARK.apply(shown).applied().palette());
		assertFalse(DARK.apply(shown).applied().inverted());
		assertArrayEquals(pixels, (byte[]) shown.getProcessor().getPixels());
	}

	@Test
	void sixteenBitHasNoPaletteButMayBeShownInverted() {
		final short[] pixels = { 0, 1000, 500, 250 };
		final ImagePlus plain = image(new ShortProcessor(2, 2, pixels.clone(), null));
		final ImagePlus coloured = image(new ShortProcessor(2, 2, pixels.clone(), null));
		final byte[] red = new byte[256];
		for (int i = 0; i < 256; i++)
			red[i] = (byte) (i % 2 == 0 ? 255 : 0);
		coloured.setLut(new LUT(red, new byte[256], new byte[256]));
		assertArrayEquals(bytes(DARK.apply(plain)), bytes(DARK.apply(coloured)));
		coloured.getProcessor().invertLut();
		plain.getProcessor().invertLut();
		assertTrue(DARK.apply(plain).applied().inverted());
		assertEquals(255, bytes(DARK.apply(plain))[0] & 0xff);
	}

	/** The LUTs of channels say which colour a channel is shown in, and nothing else. */
	@Test
	void channelsOfACompositeAreValues() {
		final ImageStack stack = new ImageStack(2, 1);
		stack.addSlice(new ByteProcessor(2, 1, new byte[] { 1, 2 }));
		stack.addSlice(new ByteProcessor(2, 1, new byte[] { 3, 4 }));
		final ImagePlus channels = new ImagePlus("", stack);
		channels.setDimensions(2, 1, 1);
		final CompositeImage composite = new CompositeImage(channels, CompositeImage.COMPOSITE);
		composite.setChannelLut(LUT.createLutFromColor(Color.RED), 1);
		assertArrayEquals(new byte[] { 1, 2, 3, 4 }, bytes(DARK.apply(composite)));
		assertFalse(DARK.apply(composite).applied().inverted());
	}

	@Test
	void refusesNaNInfinityAndNothing() {
		final float[] pixels = new float[25];
		pixels[7] = Float.NaN;
		final IllegalArgumentException e =
			assertThrows(IllegalArgumentException.class, () -> DARK.apply(image(new FloatProcessor(5, 5, pixels))));
		assertTrue(e.getMessage().contains("pixel (2, 1) is NaN"), e.getMessage());
		pixels[7] = Float.NEGATIVE_INFINITY;
		assertThrows(IllegalArgumentException.class, () -> DARK.apply(image(new FloatProcessor(5, 5, pixels))));
		assertThrows(IllegalArgumentException.class, () -> DARK.apply(new ImagePlus()));
		assertThrows(IllegalArgumentException.class, () -> new IntensityRule(null));
	}

	@Test
	void aTinyOrConstantImagePassesWithAWarning() {
		final IntensityRule.Result result = AUTO.apply(image(new FloatProcessor(5, 5)));
		assertArrayEquals(new byte[25], bytes(result));
		assertEquals(2, result.applied().warnings().size());
		assertTrue(result.applied().warnings().get(0).contains("5 x 5"));
		assertTrue(result.applied().warnings().get(1).contains("constant"));
	}

	@Test
	void warnsOfMasksAndNoiseButNotOfVessels() {
		assertEquals(List.of(), DARK.apply(image(vessels())).applied().warnings());
		final ByteProcessor mask = vessels();
		mask.threshold(100);
		assertTrue(DARK.apply(image(mask)).applied().warnings().get(0).contains("mask"));
		final byte[] noise = new byte[128 * 128];
		new Random(1).nextBytes(noise);
		assertTrue(DARK.apply(image(new ByteProcessor(128, 128, noise))).applied().warnings().get(0).contains("noise"));
	}

	private static ImagePlus image(final ImageProcessor processor) {
		return new ImagePlus("", processor);
	}

	/** Dark lines 3 px wide on a background that brightens to the right. */
	private static ByteProcessor vessels() {
		final ByteProcessor image = new ByteProcessor(320, 320);
		for (int i = 0; i < 320 * 320; i++) image.set(i, 120 + i % 320 / 3);
		image.setValue(60);
		image.setLineWidth(3);
		for (int y = 20; y < 310; y += 40) image.drawLine(10, y, 309, 319 - y);
		return image;
	}

	private static byte[] bytes(final IntensityRule.Result result) {
		final Img<UnsignedByteType> image = result.image();
		final byte[] bytes = new byte[(int) image.size()];
		int i = 0;
		for (final UnsignedByteType pixel : image) bytes[i++] = (byte) pixel.get();
		return bytes;
	}
}
