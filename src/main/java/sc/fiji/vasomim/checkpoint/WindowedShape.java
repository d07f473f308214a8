package sc.fiji.vasomim.checkpoint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

import sc.fiji.vasomim.model.VisionTransformer;
import sc.fiji.vasomim.model.VitDet;

/** The numbers of SAM's encoder, which is ViTDet's, by its tensors' shapes. */
final class WindowedShape {

	private static final String HEIGHTS = ".attn.rel_pos_h";

	private WindowedShape() {}

	static boolean is(final EncoderTensors tensors) {
		return tensors.has("blocks.0" + HEIGHTS);
	}

	/**
	 * @param settings its size overrides the file's
	 * @throws IllegalArgumentException if the settings don't fit
	 * @throws IOException if the shapes are not those of such an encoder
	 */
	static VitDet network(final EncoderTensors tensors, final ImportSettings settings) throws IOException {
		final List<Long> kernel = EncoderShape.kernel(tensors);
		if (kernel.get(2) != VitDet.PATCH) throw new IOException("Cannot import " + tensors.file() + ": its patches have " +
			kernel.get(2) + " px, but a detector's must have " + VitDet.PATCH);
		if (settings.patch() != 0 && settings.patch() != VitDet.PATCH) throw new IllegalArgumentException(
			"patch: must be 0 or " + VitDet.PATCH + " for the encoder of a detector, but was " + settings.patch());
		final List<Integer> sides = new ArrayList<>();
		for (int i = 0; i < tensors.depth(); i++) sides.add(side(tensors, "blocks." + i + HEIGHTS));
		final int grid = tensors.has(VisionTransformer.POSITIONS) ? (int) Math.round(Math.sqrt(tensors.shape(
			VisionTransformer.POSITIONS, 3).get(1))) : new TreeSet<>(sides).last();
		final int window = new TreeSet<>(sides).first();
		if (sides.stream().anyMatch(side -> side != grid && side != window)) throw new IOException("Cannot import " + tensors
			.file() + ": its blocks reach over " + sides + " patches, but must reach over windows of one size or all " + grid);
		final int width = kernel.get(0).intValue();
		final long headWidth = tensors.shape("blocks.0" + HEIGHTS, 2).get(1);
		final int heads = EncoderShape.requireHeads(settings, Math.toIntExact(Math.max(1, width / headWidth)));
		final List<Integer> global = IntStream.range(0, sides.size()).filter(i -> sides.get(i) == grid).boxed().toList();
		return new VitDet(settings.size() > 0 ? settings.size() : grid * VitDet.PATCH, width, sides.size(), heads, window,
			global, grid);
	}

	/** A table of 2 s - 1 offsets reaches over s patches. */
	private static int side(final EncoderTensors tensors, final String name) throws IOException {
		if (!tensors.has(name)) throw new IOException("Cannot import " + tensors.file() + ": it lacks " + name);
		return (int) ((tensors.shape(name, 2).get(0) + 1) / 2);
	}
}
