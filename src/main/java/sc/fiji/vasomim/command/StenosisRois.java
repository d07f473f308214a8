package sc.fiji.vasomim.command;

import java.awt.Color;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

import ij.ImagePlus;
import ij.gui.Line;
import ij.gui.Overlay;
import ij.gui.PolygonRoi;
import ij.gui.Roi;

import sc.fiji.vasomim.quantify.DiameterProfile.Station;
import sc.fiji.vasomim.quantify.Lesion;
import sc.fiji.vasomim.quantify.Point;

/**
 * Measured vessels and lesions as ROIs over an image, with names that begin with {@code stenosis}. A property that
 * files keep marks them, for users give such names, too.
 */
final class StenosisRois {

	private static final String PREFIX = "stenosis ";

	private static final String MARK = "vasomim.stenosis";

	private static final Color CENTRELINE = new Color(0x4477aa);

	private static final Color EDGE = new Color(0x66ccee);

	private static final Color LESION = new Color(0xee6677);

	private static final Color NARROWEST = new Color(0xccbb44);

	private final ImagePlus image;

	private final Overlay overlay = new Overlay();

	private StenosisRois(final ImagePlus image) {
		this.image = image;
	}

	static boolean isOurs(final Roi roi) {
		return roi.getProperty(MARK) != null;
	}

	/** Of all planes that were measured. */
	static Overlay of(final StenosisResults results) {
		final StenosisRois rois = new StenosisRois(results.image());
		for (final StenosisPlane plane : results.planes())
			rois.add(plane);
		return rois.overlay;
	}

	/** In place of those that an earlier run left over the image; all else in its overlay stays. */
	static void show(final StenosisResults results) {
		final Overlay overlay = new Overlay();
		if (results.image().getOverlay() != null) for (final Roi roi : results.image().getOverlay().toArray())
			if (!isOurs(roi)) overlay.add(roi);
		for (final Roi roi : of(results).toArray())
			overlay.add(roi);
		results.image().setOverlay(overlay);
	}

	private void add(final StenosisPlane plane) {
		int number = 0;
		for (int v = 0; v < plane.vessels().size(); v++) {
			final List<Station> stations = plane.vessels().get(v).profile().stations();
			add("vessel " + (v + 1), line(stations, Station::centre), CENTRELINE, plane.plane());
			add("vessel " + (v + 1) + " left", line(stations, Station::left), EDGE, plane.plane());
			add("vessel " + (v + 1) + " right", line(stations, Station::right), EDGE, plane.plane());
			for (final Lesion lesion : plane.vessels().get(v).lesions()) {
				final List<Station> narrow = stations.subList(lesion.first(), lesion.last() + 1);
				number++;
				add("lesion " + number + " left", line(narrow, Station::left), LESION, plane.plane());
				add("lesion " + number + " right", line(narrow, Station::right), LESION, plane.plane());
				final Station at = stations.get(lesion.narrowest());
				add("lesion " + number + " MLD " + grade(lesion), new Line(at.left().x(), at.left().y(), at.right().x(), at
					.right().y()), NARROWEST, plane.plane());
			}
		}
	}

	private static String grade(final Lesion lesion) {
		final boolean unresolved = lesion.doubts().contains(Lesion.Doubt.UNRESOLVED);
		return String.format(Locale.ROOT, unresolved ? "at least %.0f %%" : "%.0f %%", unresolved ? lesion.leastPercent()
			: lesion.percent());
	}

	private static Roi line(final List<Station> stations, final Function<Station, Point> place) {
		final float[] x = new float[stations.size()];
		final float[] y = new float[stations.size()];
		for (int i = 0; i < x.length; i++) {
			x[i] = (float) place.apply(stations.get(i)).x();
			y[i] = (float) place.apply(stations.get(i)).y();
		}
		return new PolygonRoi(x, y, x.length, Roi.POLYLINE);
	}

	private void add(final String name, final Roi roi, final Color colour, final int plane) {
		roi.setName(PREFIX + name);
		roi.setProperty(MARK, "measured");
		roi.setStrokeColor(colour);
		final int[] here = image.convertIndexToPosition(plane + 1);
		if (image.isHyperStack()) roi.setPosition(here[0], here[1], here[2]);
		else if (image.getStackSize() > 1) roi.setPosition(plane + 1);
		overlay.add(roi);
	}
}
