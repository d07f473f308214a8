package sc.fiji.vasomim.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import sc.fiji.vasomim.sample.Projector.Body;

class ProjectorTest {

	private static final int SIZE = 64;

	/**
	 * The mean over each pixel of exp(-mu * 2 sqrt(r^2 - d^2)), by 10,000 sums across the row. At the edge transmission
	 * changes by a quarter from pixel to pixel, so the tolerance is an edge shifted by about 0.01 px.
	 */
	@ParameterizedTest
	@CsvSource({ "1, 20", "1.3, 20.4", "2.7, 30.5", "5.3, 30.37", "8, 31.9" })
	void straightTubeHasTheProfileOfItsChord(final double radius, final double centre) {
		final double mu = 0.05;
		final Tube tube = line(-20, centre, 90, centre, 0, radius);
		final double[] transmission = Projector.project(List.of(new Body(List.of(tube), mu)), SIZE, SIZE);
		for (int y = 0; y < SIZE; y++) {
			double expected = 0;
			for (int k = 0; k < 10_000; k++) {
				final double d = y - 0.5 + (k + 0.5) / 10_000 - centre;
				expected += Math.exp(-mu * 2 * Math.sqrt(Math.max(0, radius * radius - d * d))) / 10_000;
			}
			assertEquals(expected, transmission[y * SIZE + 32], 3e-3, "row " + y);
		}
	}

	/** A tube with slope 3/4 from edge to edge is 64 * 5/4 px long, so its volume is 80 pi r^2. */
	@Test
	void obliqueTubeHasTheVolumeOfACylinder() {
		final double mu = 1e-6;
		final Tube tube = line(-100.5, -44.5, 163.5, 153.5, 0, 3);
		double volume = 0;
		for (final double t : Projector.project(List.of(new Body(List.of(tube), mu)), SIZE, 128))
			volume += (1 - t) / mu;
		assertEquals(80 * Math.PI * 9, volume, 0.003 * 80 * Math.PI * 9);
	}

	@Test
	void crossingTubesAddAndMeetingTubesUnite() {
		final Tube level = line(-20, 32, 90, 32, 0, 4);
		final Tube behind = line(32, -20, 32, 90, 20, 4);
		final Tube same = line(32, -20, 32, 90, 0, 4);
		final double one = at(32, 32, level);
		assertEquals(2 * one, at(32, 32, level, behind), 1e-4);
		// Where two cylinders of one depth cross, the longer chord is |z| < sqrt(16 - min(x^2, y^2)).
		assertEquals(one, at(32, 32, level, same), 0.02 * one);
		assertEquals(at(10, 32, level), at(10, 32, level, behind), 0);
	}

	/** Chords -2..2, 8..12 and 1..9 make -2..12, in whatever order they come. */
	@Test
	void aTubeBetweenTwoJoinsThem() {
		final Tube front = line(-20, 32, 90, 32, 0, 2);
		final Tube back = line(-20, 32, 90, 32, 10, 2);
		final Tube middle = line(-20, 32, 90, 32, 5, 4);
		for (final List<Tube> order : List.of(List.of(front, back, middle), List.of(middle, back, front))) {
			final RayLine line = new RayLine(SIZE, 1);
			line.pass(order, 0.5, 32);
			assertEquals(0.5 * 14, line.attenuation()[20], 1e-9);
		}
	}

	/** Against 60,001 balls. */
	@Test
	void taperedTubeIsTheUnionOfItsBalls() {
		final Tube cone = new Tube(new double[] { 0, 60 }, new double[] { 32, 32 }, new double[2],
			new double[] { 8, 2 });
		final double[] squared = new double[SIZE];
		cone.cross(35, 0, 1, squared, new double[SIZE]);
		double expected = 0;
		for (int k = 0; k <= 60_000; k++) {
			final double x = k / 1000.0;
			final double r = 8 - 0.1 * x;
			expected = Math.max(expected, r * r - (x - 25) * (x - 25) - 9);
		}
		assertEquals(expected, squared[25], 1e-5);
	}

	private static double at(final int x, final int y, final Tube... tubes) {
		final double mu = 1e-7;
		return (1 - Projector.project(List.of(new Body(List.of(tubes), mu)), SIZE, SIZE)[y * SIZE + x]) / mu;
	}

	private static Tube line(final double x0, final double y0, final double x1, final double y1, final double depth,
		final double radius)
	{
		return new Tube(new double[] { x0, x1 }, new double[] { y0, y1 }, new double[] { depth, depth }, new double[] {
			radius, radius });
	}
}
