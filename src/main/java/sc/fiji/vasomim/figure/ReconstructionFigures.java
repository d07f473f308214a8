package sc.fiji.vasomim.figure;

import ij.process.ColorProcessor;
import ij.process.ImageProcessor;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.vasomim.inference.Reconstruction;

/** Draws what a network filled into hidden patches. */
public final class ReconstructionFigures {

	/** What must stand under every figure that has a tile 'as decoded'. */
	public static final String CAPTION = "'as decoded' shows every patch as the network has it, the visible ones too";

	/** Differences in grey levels of 255 have one scale in all figures, so that figures can be compared. */
	private static final int LARGEST_DIFFERENCE = 64;

	/** Larger images are shown smaller; figures of stacks must fit into memory. */
	private static final int LARGEST_TILE = 512;

	private ReconstructionFigures() {}

	/**
	 * Input, masked input and the hidden patches filled in; below, the image as decoded, the bilinear in-fill and the
	 * error of the hidden patches.
	 *
	 * @param lines how it was made, and other words for the reader
	 */
	public static ColorProcessor draw(final Reconstruction reconstruction, final String lines) {
		final Panel panel = new Panel().row().add("input", input(reconstruction)).add("masked", masked(reconstruction)).add(
			"hidden patches filled in", grey(reconstruction.filled()));
		panel.row().add("as decoded", grey(reconstruction.decoded())).add("bilinear in-fill, for comparison", grey(
			reconstruction.infill())).add("error of the hidden patches", error(reconstruction));
		panel.key(Tiles.hiddenKey(Panel.KEY_WIDTH, Panel.KEY_HEIGHT), "hidden");
		panel.key(Tiles.visibleKey(Panel.KEY_WIDTH, Panel.KEY_HEIGHT), "visible: no error is shown");
		panel.key(Tiles.heatKey(Panel.KEY_WIDTH, Panel.KEY_HEIGHT), "error: 0 to " + LARGEST_DIFFERENCE +
			" and more grey levels of 255");
		return panel.caption(lines + "\n" + reconstruction.statistics().caveat() + "\n" + CAPTION).draw();
	}

	/** Adds a row: input, masked input, the image as decoded, and the input with its hidden patches filled in. */
	public static void addRow(final Panel panel, final Reconstruction reconstruction) {
		panel.row().add("input", input(reconstruction)).add("masked", masked(reconstruction)).add("as decoded", grey(
			reconstruction.decoded())).add("hidden patches filled in", grey(reconstruction.filled()));
	}

	private static ColorProcessor input(final Reconstruction reconstruction) {
		return grey(reconstruction.image());
	}

	private static ColorProcessor masked(final Reconstruction reconstruction) {
		return fit(Tiles.hide(Tiles.grey(reconstruction.image(), 255), reconstruction.hiddenPixels()));
	}

	private static ColorProcessor error(final Reconstruction reconstruction) {
		return fit(Tiles.difference(reconstruction.decoded(), reconstruction.image(), reconstruction.hiddenPixels(),
			LARGEST_DIFFERENCE));
	}

	private static ColorProcessor grey(final RandomAccessibleInterval<UnsignedByteType> image) {
		return fit(Tiles.grey(image, 255));
	}

	private static ColorProcessor fit(final ColorProcessor tile) {
		final int side = Math.max(tile.getWidth(), tile.getHeight());
		if (side <= LARGEST_TILE) return tile;
		tile.setInterpolationMethod(ImageProcessor.BILINEAR);
		final double factor = LARGEST_TILE / (double) side;
		return (ColorProcessor) tile.resize(Math.max(1, (int) (tile.getWidth() * factor)), Math.max(1, (int) (tile
			.getHeight() * factor)), true);
	}
}
