package sc.fiji.vasomim.quantify;

/** About how wide vessels are, before their edges are sought. */
interface Widths {

	/** Half the width of the vessel whose centreline passes a place, px; 0 where there is no vessel. */
	double radius(Point place);

	/** Whether a place lies in a vessel, be it the one that is measured or another. */
	default boolean isVessel(final Point place) {
		return radius(place) > 0;
	}
}
