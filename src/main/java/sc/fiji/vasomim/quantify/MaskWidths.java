package sc.fiji.vasomim.quantify;

import sc.fiji.vasomim.skeleton.DistanceMap;

/** Half-widths of a mask's vessels, to the edge of its pixels. The image's border is no edge of a vessel. */
final class MaskWidths implements Widths {

	private final DistanceMap distances;

	/** @param mask W x H, row by row */
	MaskWidths(final boolean[] mask, final int width) {
		distances = new DistanceMap(mask, width, 1, 1, DistanceMap.Beyond.UNKNOWN);
	}

	@Override
	public double radius(final Point place) {
		return Math.max(0, distances.at((int) Math.round(place.x()), (int) Math.round(place.y())) - 0.5);
	}
}
