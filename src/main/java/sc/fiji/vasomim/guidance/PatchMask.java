package sc.fiji.vasomim.guidance;

import java.util.stream.IntStream;

/**
 * Which patches of an image are hidden from the encoder.
 *
 * @param grid patches per side
 * @param masked grid x grid in raster order: hidden
 * @param guided those of the hidden that guidance chose; the others were drawn uniformly
 */
public record PatchMask(int grid, boolean[] masked, boolean[] guided) {

	public PatchMask {
		if (masked.length != grid * grid || guided.length != grid * grid) throw new IllegalArgumentException(
			"masked, guided: must have " + grid * grid + " patches, but have " + masked.length + " and " + guided.length);
	}

	/** The patches that the encoder sees, in raster order. */
	public long[] visible() {
		return IntStream.range(0, masked.length).filter(i -> !masked[i]).asLongStream().toArray();
	}

	public int hiddenCount() {
		return masked.length - visible().length;
	}
}
