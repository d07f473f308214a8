package sc.fiji.vasomim.sample;

import java.util.List;

/**
 * Where the named arteries run in the usual projections, in parts of the field (0, 0 top left; 1, 1 bottom right), as
 * the SYNTAX score's drawings and the ARCADE frames have them.
 */
enum View {

	RIGHT(List.of(
		course("RCA", null, 0, 1, .46, .30, .38, .26, .28, .29, .20, .40, .18, .55, .21, .69, .30, .80, .43, .83,
			.55, .81),
		course("PDA", "RCA", 1, .8, .64, .86, .75, .88, .88, .93, .97, .97),
		course("PLB", "RCA", 1, bifurcation(.8), .60, .75, .67, .69, .78, .69, .90, .74),
		course("Conus", "RCA", .10, .38, .35, .17, .28, .12, .20, .12),
		course("RV", "RCA", .38, .42, .27, .55, .37, .60, .46, .67, .56, .67),
		course("AM", "RCA", .62, .48, .27, .87, .37, .93, .49, .94)),
		.57, -.06, .60, .10, .59, .22, .53, .30),

	LEFT_CAUDAL(List.of(
		course("LM", null, 0, 1, .14, .32, .20, .31, .28, .30),
		course("LAD", "LM", 1, .83, .37, .26, .49, .25, .61, .30, .71, .40, .80, .53, .87, .66, .89, .79),
		course("LCx", "LM", 1, bifurcation(.83), .34, .37, .38, .49, .39, .61, .41, .73, .49, .84, .59, .90),
		course("D1", "LAD", .28, .6, .53, .35, .63, .43, .71, .55, .77, .63),
		course("D2", "LAD", .55, .5, .80, .40, .87, .50, .92, .58),
		course("OM1", "LCx", .32, .72, .47, .53, .57, .59, .67, .70, .76, .74),
		course("OM2", "LCx", .6, .62, .50, .70, .60, .79, .71, .85)),
		.02, -.06, .03, .10, .06, .23),

	LEFT_CRANIAL(List.of(
		course("LM", null, 0, 1, .13, .20, .19, .165, .26, .15),
		course("LAD", "LM", 1, .86, .34, .15, .42, .20, .48, .30, .53, .42, .56, .55, .60, .68, .63, .80, .67, .92),
		course("LCx", "LM", 1, bifurcation(.86), .29, .23, .28, .36, .31, .49, .36, .60, .37, .72),
		course("D1", "LAD", .14, .66, .52, .16, .65, .22, .76, .34, .83, .48, .86, .62),
		course("D2", "LAD", .38, .55, .62, .42, .71, .52, .77, .64, .81, .74),
		course("S1", "LAD", .22, .35, .42, .36, .41, .48, .43, .60),
		course("OM", "LCx", .4, .62, .38, .44, .46, .55, .49, .67, .54, .78)),
		.03, -.06, .04, .06, .07, .16);

	/**
	 * An artery's way.
	 *
	 * @param parent the artery it leaves, null for the first
	 * @param at where it leaves: part of the parent's length
	 * @param ratio its radius over the parent's just before
	 * @param points x, y, x, y, ...; after the point where it leaves the parent
	 */
	record Course(String name, String parent, double at, double ratio, double[] points) {}

	/** Each after its parent. */
	final List<Course> courses;

	/** The catheter's way to the first artery's origin: x, y, x, y, ... */
	final double[] catheter;

	View(final List<Course> courses, final double... catheter) {
		this.courses = courses;
		this.catheter = catheter;
	}

	private static Course course(final String name, final String parent, final double at, final double ratio,
		final double... points)
	{
		return new Course(name, parent, at, ratio, points);
	}

	/** The other ratio at a parent's end, by {@link Murray}'s law. */
	private static double bifurcation(final double ratio) {
		return Murray.rest(ratio);
	}

	static View draw(final Coronary coronary, final Draws draws) {
		final boolean right = draws.uniform() < 0.4;
		final boolean cranial = draws.uniform() < 0.5;
		if (coronary == Coronary.RIGHT || coronary == Coronary.ANY && right) return RIGHT;
		return cranial ? LEFT_CRANIAL : LEFT_CAUDAL;
	}
}
