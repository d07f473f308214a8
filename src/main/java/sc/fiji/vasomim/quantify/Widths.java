package sc.fiji.vasomim.quantify;

/** About how wide vessels are, before their edges are sought. */
@FunctionalInterface
interface Widths {

	/** Half the width of the vessel whose centreline passes a place, px; 0 where there is no vessel. */
	double radius(Point place);
}
