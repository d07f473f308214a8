package sc.fiji.vasomim.anatomy;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.LongStream;

import javax.imageio.ImageIO;

import net.imglib2.Cursor;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.vasomim.sample.AngiogramSettings;
import sc.fiji.vasomim.sample.Coronary;
import sc.fiji.vasomim.sample.SyntheticAngiogram;

/**
 * Whether the default mask should grow with the image, for docs/vesselness.md; not a test. Drawn angiograms of three
 * sizes, and dca80 as it is and enlarged. Argument: the folder of dca80 (images, masks).
 */
final class SizeStudy {

	public static void main(final String[] arguments) throws IOException {
		System.out.printf("| images | as it stands | fitted |%n|---|---|---|%n");
		final File[] files = new File(arguments[0], "images").listFiles();
		for (final double factor : new double[] { 1, 2, 3 }) {
			final double[][] dice = new double[files.length][];
			for (int i = 0; i < files.length; i++)
				dice[i] = dice(enlarged(files[i], factor), enlarged(new File(arguments[0], "masks/" + files[i].getName()),
					factor));
			print("dca80, times " + factor, dice);
		}
		for (final int side : new int[] { 512, 768, 1024 })
			print("drawn, " + side + " px", LongStream.rangeClosed(1, 10).mapToObj(seed -> {
				final SyntheticAngiogram angiogram = SyntheticAngiogram.generate(new AngiogramSettings(side, side, seed,
					Coronary.ANY, 0, 500, 0.7));
				return dice(angiogram.image(), angiogram.mask());
			}).toArray(double[][]::new));
	}

	private static void print(final String label, final double[][] dice) {
		System.out.printf("| %s | %.3f | %.3f |%n", label, Arrays.stream(dice).mapToDouble(d -> d[0]).average()
			.orElseThrow(), Arrays.stream(dice).mapToDouble(d -> d[1]).average().orElseThrow());
	}

	/** Of the default, and of the default fitted. */
	private static double[] dice(final Img<UnsignedByteType> image, final Img<UnsignedByteType> truth) {
		final VascularMaskSettings fitted = VascularMaskSettings.DEFAULT.fittedTo(image.dimension(0), image.dimension(1));
		return new double[] { dice(image, truth, VascularMaskSettings.DEFAULT), dice(image, truth, fitted) };
	}

	private static double dice(final Img<UnsignedByteType> image, final Img<UnsignedByteType> truth,
		final VascularMaskSettings settings)
	{
		final Cursor<UnsignedByteType> mask = VascularMask.compute(image, settings).cursor();
		double both = 0, sum = 0;
		for (final UnsignedByteType vessel : truth) {
			final int a = mask.next().get() / 255, b = vessel.get() / 128;
			both += a * b;
			sum += a + b;
		}
		return 2 * both / sum;
	}

	private static Img<UnsignedByteType> enlarged(final File file, final double factor) throws IOException {
		final BufferedImage image = ImageIO.read(file);
		final int width = (int) (factor * image.getWidth()), height = (int) (factor * image.getHeight());
		final BufferedImage large = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
		final Graphics2D graphics = large.createGraphics();
		graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
		graphics.drawImage(image, 0, 0, width, height, null);
		final Img<UnsignedByteType> result = ArrayImgs.unsignedBytes(width, height);
		for (int y = 0; y < height; y++)
			for (int x = 0; x < width; x++)
				result.getAt(x, y).set(large.getRaster().getSample(x, y, 0));
		return result;
	}
}
