package sc.fiji.vasomim.quantify;

/**
 * A narrowing of a vessel. Stations are indices of its {@link DiameterProfile}.
 *
 * @param first station of the lesion: from here on the diameter is below 90 % of the reference
 * @param narrowest station
 * @param last station of the lesion
 * @param minimum lumen diameter, px
 * @param reference diameter that a healthy vessel would have at the narrowest station, px
 * @param length from first to last station along the centreline, px
 */
public record Lesion(int first, int narrowest, int last, double minimum, double reference, double length) {

	/** Diameter stenosis, percent: 100 (1 - minimum / reference). */
	public double percent() {
		return 100 * (1 - minimum / reference);
	}
}
