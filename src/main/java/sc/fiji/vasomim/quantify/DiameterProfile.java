package sc.fiji.vasomim.quantify;

import java.util.List;

/**
 * The lumen along a vessel.
 *
 * @param stations about 1 px apart
 * @param picked whether someone chose this vessel; else it is one of all
 */
public record DiameterProfile(List<Station> stations, boolean picked) {

	/**
	 * @param position along the centreline, px
	 * @param centre middle of the lumen
	 * @param left edge, seen in the direction of travel
	 * @param right edge
	 * @param diameter px
	 * @param most where the lumen is not told from an occlusion, the greatest diameter that it may have, px; NaN elsewhere
	 * @param usable false at branchings and crossings, where another vessel is in the way
	 */
	public record Station(double position, Point centre, Point left, Point right, double diameter, double most,
		boolean usable)
	{}

	public DiameterProfile {
		stations = List.copyOf(stations);
	}

	/** px */
	public double length() {
		return stations.get(stations.size() - 1).position();
	}
}
