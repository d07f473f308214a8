package sc.fiji.vasomim.command;

import java.awt.Point;
import java.util.ArrayList;
import java.util.List;

import ij.gui.PointRoi;
import ij.gui.Roi;
import ij.process.FloatPolygon;

import sc.fiji.vasomim.guidance.PatchMask;
import sc.fiji.vasomim.inference.PatchGrid;

/** The patches that a selection touches. */
final class PaintedPatches {

	private PaintedPatches() {}

	/**
	 * @param selection an area, a line of any kind, or points; null if there is none. What lies outside of the image
	 *          counts for nothing
	 * @param width of the image in px
	 * @param height of the image in px
	 * @param grid of the image, or of the square that it is squeezed to
	 * @return hides each patch that a pixel of the selection and of the image overlaps
	 */
	static PatchMask touched(final Roi selection, final int width, final int height, final PatchGrid grid) {
		if (selection == null) throw new IllegalArgumentException("hidden: painted needs a selection, but the image has none." +
			" Select what is to be hidden with an area, a line or points, or choose random or guided.");
		final boolean[] touched = new boolean[grid.patches()];
		boolean any = false;
		for (final Point pixel : pixels(selection)) {
			if (pixel.x < 0 || pixel.y < 0 || pixel.x >= width || pixel.y >= height) continue;
			any = true;
			final int right = last(pixel.x, width, grid.width());
			final int bottom = last(pixel.y, height, grid.height());
			// Where the image is enlarged, a pixel may reach over many patches.
			for (int y = first(pixel.y, height, grid.height()); y <= bottom; y++)
				for (int x = first(pixel.x, width, grid.width()); x <= right; x++)
					touched[grid.at(x, y)] = true;
		}
		if (!any) throw new IllegalArgumentException("hidden: the selection lies outside of the image, which has " + width +
			" x " + height + " px. Move it.");
		return PatchMask.of(grid, touched);
	}

	private static Iterable<Point> pixels(final Roi selection) {
		// ImageJ rounds points, but a point at 15.6 lies in pixel 15.
		if (!(selection instanceof PointRoi)) return List.of(selection.getContainedPoints());
		final FloatPolygon points = selection.getFloatPolygon();
		final List<Point> pixels = new ArrayList<>();
		for (int i = 0; i < points.npoints; i++)
			pixels.add(new Point((int) Math.floor(points.xpoints[i]), (int) Math.floor(points.ypoints[i])));
		return pixels;
	}

	private static int first(final int pixel, final int from, final int to) {
		return (int) ((long) pixel * to / from);
	}

	private static int last(final int pixel, final int from, final int to) {
		return (int) (((pixel + 1L) * to + from - 1) / from) - 1;
	}
}
