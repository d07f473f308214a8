package sc.fiji.vasomim.model;

import java.util.Map;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Script;

/**
 * Makes a vision transformer's weights fit images or patches of another size, by PyTorch's own interpolation (corners not
 * aligned, no smoothing), on the CPU: bicubic for position tables, relative ones too, and patch kernels; linear for the
 * tables along one axis of ViTDet, as there.
 */
public final class Resizing {

	/** What can be resized, by the parameter's name. */
	private enum Kind {
		POSITIONS, KERNELS, DISTANCES, OFFSETS;

		/** @return null for all other parameters */
		private static Kind of(final String name) {
			if (name.endsWith(VisionTransformer.POSITIONS)) return POSITIONS;
			if (name.endsWith(VisionTransformer.PATCH_KERNEL)) return KERNELS;
			if (name.endsWith(VisionTransformer.RELATIVE)) return DISTANCES;
			return name.contains(VitDet.RELATIVE) ? OFFSETS : null;
		}
	}

	private Resizing() {}

	/** Whether {@link #fit} can make the parameter of the one shape out of the other. */
	public static boolean canFit(final String name, final Shape from, final Shape to) {
		final Kind kind = Kind.of(name);
		if (kind == null || from.dimension() != to.dimension()) return false;
		return switch (kind) {
			case POSITIONS -> from.get(0) == 1 && from.get(2) == to.get(2) && hasToken(from) <= Math.min(1, hasToken(to));
			case KERNELS -> from.get(0) == to.get(0) && from.get(1) == to.get(1);
			case DISTANCES -> from.get(1) == to.get(1) && patches(from) > 0;
			case OFFSETS -> from.get(1) == to.get(1);
		};
	}

	/**
	 * A parameter's values for another shape.
	 *
	 * @param name which says what it is, perhaps behind a prefix
	 * @param values row-major, of the shape {@code from}
	 * @throws IllegalArgumentException unless {@link #canFit}
	 */
	public static float[] fit(final String name, final float[] values, final Shape from, final Shape to) {
		if (!canFit(name, from, to)) throw new IllegalArgumentException("shape: " + name + " cannot be resized from " +
			from + " to " + to);
		return switch (Kind.of(name)) {
			case POSITIONS -> withToken(grid(from) == grid(to) ? values : positions(values, to.get(2), grid(to)), to);
			case KERNELS -> kernels(values, from.get(2), to.get(2));
			case DISTANCES -> resize("distances", values, from, patches(to));
			case OFFSETS -> resize("offsets", values, from, to.get(0));
		};
	}

	private static long grid(final Shape table) {
		return (long) Math.sqrt(table.get(1));
	}

	/** Per side, of (2 g - 1)^2 + 3 distances; 0 if they are no such number. */
	private static long patches(final Shape distances) {
		final long square = distances.get(0) - 3;
		final long each = Math.round(Math.sqrt(Math.max(0, square)));
		return each % 2 == 1 && each * each == square ? (each + 1) / 2 : 0;
	}

	/** 1 if a row of a class token comes before the square of patches, 0 if none; more if it is no such table. */
	private static long hasToken(final Shape table) {
		return table.get(1) - grid(table) * grid(table);
	}

	/** A class token without a position of its own is one with zeros. */
	private static float[] withToken(final float[] table, final Shape to) {
		final int missing = Math.toIntExact(to.size() - table.length);
		if (missing == 0) return table;
		final float[] whole = new float[table.length + missing];
		System.arraycopy(table, 0, whole, missing, table.length);
		return whole;
	}

	/**
	 * A position table for another number of patches.
	 *
	 * @param table N x D, a square of patches in raster order; a row before them, a class token's, is kept
	 * @param width D
	 * @param grid patches per side after
	 */
	public static float[] positions(final float[] table, final long width, final long grid) {
		return resize("positions", table, new Shape(1, table.length / width, width), grid);
	}

	/**
	 * Patch kernels of another side.
	 *
	 * @param kernels D x 3 x {@code from} x {@code from}
	 */
	public static float[] kernels(final float[] kernels, final long from, final long to) {
		return resize("kernels", kernels, new Shape(kernels.length / (3 * from * from), 3, from, from), to);
	}

	private static float[] resize(final String method, final float[] values, final Shape shape, final long side) {
		try (NDManager scope = Devices.newManager(Device.cpu());
				Script script = Script.load("vit", "Resizing", Map.of(), Device.cpu()))
		{
			return script.call(scope, method, scope.create(values, shape), side).get(0).toFloatArray();
		}
	}
}
