package sc.fiji.vasomim.command;

import net.imglib2.Cursor;
import net.imglib2.IterableInterval;
import net.imglib2.type.numeric.real.FloatType;

/** Directions as Fiji's angles are: degrees, counter-clockwise from the x axis. */
final class Degrees {

	private Degrees() {}

	/**
	 * Turns radians from the x axis towards the y axis, which points down, into degrees above -90 and up to 90.
	 *
	 * @param directions are changed; NaN where nothing responds, for 0 is a direction
	 * @param response in the same order
	 */
	static void of(final IterableInterval<FloatType> directions, final IterableInterval<FloatType> response) {
		final Cursor<FloatType> strength = response.cursor();
		for (final FloatType direction : directions) {
			final double down = Math.toDegrees(direction.get());
			direction.setReal(strength.next().get() > 0 ? down < 90 ? 0 - down : 180 - down : Double.NaN);
		}
	}
}
