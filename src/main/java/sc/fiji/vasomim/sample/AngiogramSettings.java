package sc.fiji.vasomim.sample;

/**
 * What {@link SyntheticAngiogram#generate} draws. Equal settings give equal pixels, on any machine.
 *
 * @param width px, 64..4096
 * @param height px, 64..4096; calibres scale with the shorter side
 * @param seed any number
 * @param coronary which artery
 * @param stenoses number of focal narrowings, 0..5; a tree may have room for fewer
 * @param photons expected count of X-ray quanta in a pixel of the open beam, 10..1e9, the noise level; 0: no noise
 * @param blur standard deviation of the unsharpness by focal spot and motion, px, 0..5
 * @param percent diameter stenosis of each narrowing, 5..95 %; 0: drawn from 20..90 %
 */
public record AngiogramSettings(int width, int height, long seed, Coronary coronary, int stenoses, double photons,
	double blur, double percent)
{

	public AngiogramSettings {
		check(width >= 64 && width <= 4096, "width", "64..4096 px", width);
		check(height >= 64 && height <= 4096, "height", "64..4096 px", height);
		check(coronary != null, "coronary", "ANY, LEFT or RIGHT", coronary);
		check(stenoses >= 0 && stenoses <= 5, "stenoses", "0..5", stenoses);
		check(photons == 0 || photons >= 10 && photons <= 1e9, "photons", "10..1e9, or 0 for no noise", photons);
		check(blur >= 0 && blur <= 5, "blur", "0..5 px", blur);
		check(percent == 0 || percent >= 5 && percent <= 95, "percent", "5..95 %, or 0 to draw it", percent);
	}

	/** With stenoses of drawn percent. */
	public AngiogramSettings(final int width, final int height, final long seed, final Coronary coronary,
		final int stenoses, final double photons, final double blur)
	{
		this(width, height, seed, coronary, stenoses, photons, blur, 0);
	}

	/** A frame as clinics record it: 512 x 512 px, either artery, one stenosis, with the noise of a cine run. */
	public static AngiogramSettings ofSeed(final long seed) {
		return new AngiogramSettings(512, 512, seed, Coronary.ANY, 1, 500, 0.7);
	}

	private static void check(final boolean valid, final String name, final String range, final Object value) {
		if (!valid) throw new IllegalArgumentException(
			name + " must be " + range + ", but is " + value + ": choose a value in that range");
	}
}
