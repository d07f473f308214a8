package sc.fiji.vasomim.sample;

import java.util.stream.IntStream;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;

/**
 * From transmission to grey levels: focal spot and motion blur the shadow, quanta are counted, the scintillator spreads
 * their light over neighbours (which is why noise looks grainy), and the logarithm is shown, so that grey levels fall
 * linearly with the thickness of contrast agent.
 */
final class Detector {

	/** Grey level of the open beam. */
	static final double WHITE = 232;

	/** Grey levels per factor e of transmission. */
	static final double CONTRAST = 105;

	/** Standard deviation of the light's spread, px. */
	static final double SPREAD = 0.6;

	private Detector() {}

	/** The image of a transmission (row by row, any value > 0) as 8-bit grey, width x height of the settings. */
	static Img<UnsignedByteType> expose(final double[] transmission, final AngiogramSettings settings) {
		final double[] signal = blur(transmission, settings.width(), settings.blur());
		final double[] counts = settings.photons() == 0 ? signal : count(signal, settings.photons(), settings.seed());
		return display(blur(counts, settings.width(), SPREAD), settings);
	}

	/** Poisson counts over the photons of the open beam. */
	static double[] count(final double[] signal, final double photons, final long seed) {
		final Draws draws = new Draws(seed, "quanta");
		return IntStream.range(0, signal.length).parallel()
			.mapToDouble(i -> draws.at(i).poisson(photons * signal[i]) / photons).toArray();
	}

	/** Convolves rows and columns with a Gaussian; the border's value counts beyond it. */
	static double[] blur(final double[] pixels, final int width, final double sigma) {
		if (sigma == 0) return pixels;
		final double[] kernel = kernel(sigma);
		final int height = pixels.length / width;
		final double[] rows = new double[pixels.length];
		final double[] blurred = new double[pixels.length];
		for (int y = 0; y < height; y++)
			for (int x = 0; x < width; x++)
				for (int k = 0; k < kernel.length; k++)
					rows[y * width + x] += kernel[k] * pixels[y * width + clamp(x + k - kernel.length / 2, width)];
		for (int y = 0; y < height; y++)
			for (int k = 0; k < kernel.length; k++) {
				final int from = clamp(y + k - kernel.length / 2, height) * width;
				for (int x = 0; x < width; x++) blurred[y * width + x] += kernel[k] * rows[from + x];
			}
		return blurred;
	}

	/** Samples of a Gaussian out to 4 sigma, with sum 1. */
	static double[] kernel(final double sigma) {
		final int radius = (int) Math.ceil(4 * sigma);
		final double[] kernel = new double[2 * radius + 1];
		double sum = 0;
		for (int i = 0; i < kernel.length; i++) {
			final double t = (i - radius) / sigma;
			kernel[i] = StrictMath.exp(-t * t / 2);
			sum += kernel[i];
		}
		for (int i = 0; i < kernel.length; i++) kernel[i] /= sum;
		return kernel;
	}

	private static Img<UnsignedByteType> display(final double[] light, final AngiogramSettings settings) {
		final byte[] grey = new byte[light.length];
		for (int i = 0; i < grey.length; i++) {
			final double level = WHITE + CONTRAST * StrictMath.log(Math.max(light[i], 1e-9));
			grey[i] = (byte) Math.max(0, Math.min(255, Math.round(level)));
		}
		return ArrayImgs.unsignedBytes(grey, settings.width(), settings.height());
	}

	private static int clamp(final int i, final int n) {
		return Math.max(0, Math.min(n - 1, i));
	}
}
