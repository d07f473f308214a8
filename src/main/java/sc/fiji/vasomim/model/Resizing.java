package sc.fiji.vasomim.model;

import java.util.Map;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Script;

/**
 * Makes a vision transformer's weights fit images or patches of another size, by PyTorch's own bicubic interpolation
 * (corners not aligned, no smoothing), on the CPU.
 */
public final class Resizing {

	private Resizing() {}

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
