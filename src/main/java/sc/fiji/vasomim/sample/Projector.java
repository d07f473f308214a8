package sc.fiji.vasomim.sample;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The shadow of tubes by the law of Beer and Lambert: I / I0 = exp(-sum of mu * thickness), with parallel rays. A pixel
 * is the mean transmission over its area, from 8 x 8 rays.
 */
final class Projector {

	private static final int RAYS = 8;

	/**
	 * Tubes of one material. Where they meet they are one body, where one passes in front of another both count.
	 *
	 * @param mu attenuation per px; negative takes away from a body around it
	 */
	record Body(List<Tube> tubes, double mu) {}

	private Projector() {}

	/** @return transmission in (0, 1], row by row, width * height */
	static double[] project(final List<Body> bodies, final int width, final int height) {
		final double[] transmission = new double[width * height];
		IntStream.range(0, height).parallel().forEach(y -> projectRow(bodies, y, width, transmission));
		return transmission;
	}

	private static void projectRow(final List<Body> bodies, final int y, final int width,
		final double[] transmission)
	{
		final RayLine line = new RayLine(width, RAYS);
		for (int k = 0; k < RAYS; k++) {
			line.clear();
			for (final Body body : bodies) line.pass(body.tubes(), body.mu(), y + (k + 0.5) / RAYS - 0.5);
			final double[] attenuation = line.attenuation();
			for (int i = 0; i < attenuation.length; i++) {
				final double ray = attenuation[i] == 0 ? 1 : StrictMath.exp(-attenuation[i]);
				transmission[y * width + i / RAYS] += ray / (RAYS * RAYS);
			}
		}
	}
}
