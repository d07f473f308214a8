package sc.fiji.vasomim.sample;

/**
 * A focal narrowing, as it truly is. Lengths in px; pixel (i, j) has its centre at x = i, y = j.
 *
 * @param segment id of the narrowed segment
 * @param x of the centreline where the lumen is narrowest
 * @param y of the same point
 * @param percent diameter stenosis there: 100 (1 - minimumRadius / referenceRadius)
 * @param referenceRadius radius at that point if the segment were healthy
 * @param minimumRadius radius at that point
 * @param length of the narrowed part along the centreline; at half of it the narrowing is half as deep
 * @param box around the healthy outline of the narrowed part
 */
public record Stenosis(int segment, double x, double y, double percent, double referenceRadius, double minimumRadius,
	double length, Box box)
{

	/** Whole pixels: columns x..x + width - 1, rows y..y + height - 1. */
	public record Box(int x, int y, int width, int height) {}
}
