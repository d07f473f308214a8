package sc.fiji.vasomim.anatomy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;

import javax.imageio.ImageIO;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import net.imglib2.Cursor;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;

import sc.fiji.vasomim.vesselness.Polarity;
import sc.fiji.vasomim.vesselness.Vesselness;
import sc.fiji.vasomim.vesselness.VesselnessSettings;

/** On real angiograms with their vessels drawn by hand. */
class DefaultMaskTest {

	@ParameterizedTest
	@ValueSource(strings = { "02", "05", "08" })
	void findsMostOfTheVessels(final String name) throws IOException {
		final double published = dice(name, VascularMaskSettings.VASOMIM), standard = dice(name,
			VascularMaskSettings.DEFAULT);
		assertTrue(standard >= 0.5, "Dice " + standard);
		assertTrue(standard >= published - 0.02, "Dice " + standard + ", published " + published);
	}

	@ParameterizedTest
	@ValueSource(strings = { "02", "05", "08" })
	void polarityIsRecognised(final String name) throws IOException {
		final Img<UnsignedByteType> dark = read("image_" + name), bright = read("image_" + name);
		bright.forEach(pixel -> pixel.set(255 - pixel.get()));
		final VesselnessSettings settings = VesselnessSettings.DEFAULT;
		final Cursor<FloatType> expected = Vesselness.compute(dark, settings).cursor();
		final Cursor<FloatType> ofDark = Vesselness.compute(dark, settings.withPolarity(Polarity.AUTO)).cursor();
		final Cursor<FloatType> ofBright = Vesselness.compute(bright, settings.withPolarity(Polarity.AUTO)).cursor();
		while (expected.hasNext()) {
			final float value = expected.next().get();
			assertEquals(value, ofDark.next().get());
			assertEquals(value, ofBright.next().get());
		}
	}

	private static double dice(final String name, final VascularMaskSettings settings) throws IOException {
		final Cursor<UnsignedByteType> mask = VascularMask.compute(read("image_" + name), settings).cursor();
		int both = 0, sum = 0;
		for (final UnsignedByteType vessel : read("vessels_" + name)) {
			final int a = mask.next().get() / 255, b = vessel.get() / 255;
			both += a * b;
			sum += a + b;
		}
		return 2.0 * both / sum;
	}

	private static Img<UnsignedByteType> read(final String name) throws IOException {
		final BufferedImage image = ImageIO.read(DefaultMaskTest.class.getResource("/dca80/" + name + ".png"));
		final Img<UnsignedByteType> result = ArrayImgs.unsignedBytes(image.getWidth(), image.getHeight());
		for (int y = 0; y < image.getHeight(); y++)
			for (int x = 0; x < image.getWidth(); x++)
				result.getAt(x, y).set(image.getRaster().getSample(x, y, 0));
		return result;
	}
}
