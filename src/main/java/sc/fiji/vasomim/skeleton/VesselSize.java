package sc.fiji.vasomim.skeleton;

/**
 * How large the vessels of one class are, in the unit of the pixel size that they were measured with.
 *
 * @param area of all their pixels
 * @param length of their centrelines
 * @param diameter the mean over the centrelines' pixels
 */
public record VesselSize(double area, double length, double diameter) {

	public static final VesselSize NONE = new VesselSize(0, 0, 0);
}
