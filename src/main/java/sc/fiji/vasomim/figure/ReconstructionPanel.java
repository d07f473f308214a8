package sc.fiji.vasomim.figure;

import ij.process.ColorProcessor;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.vasomim.guidance.PatchMask;
import sc.fiji.vasomim.inference.Reconstructor;

/** Input, masked input, reconstruction, and what the reconstruction missed. */
public final class ReconstructionPanel {

	/** What must stand under every such figure. */
	public static final String CAPTION = Reconstructor.CAVEAT +
		"\n'reconstructed' shows every patch as decoded, the visible ones too";

	private ReconstructionPanel() {}

	/** Adds a row. @param decoded as {@link Reconstructor#decode} returns it */
	public static void addRow(final Panel panel, final RandomAccessibleInterval<UnsignedByteType> image,
		final PatchMask mask, final RandomAccessibleInterval<UnsignedByteType> decoded)
	{
		final ColorProcessor input = Tiles.grey(image, 255);
		final ColorProcessor output = Tiles.grey(decoded, 255);
		panel.row().add("input", input).add("masked", Tiles.hidePatches(input, mask.grid(), mask.masked())).add(
			"reconstructed", output).add("hidden patches filled in", Tiles.replacePatches(input, output, mask.grid(), mask
				.masked()));
	}

}
