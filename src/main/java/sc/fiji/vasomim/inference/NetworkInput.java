package sc.fiji.vasomim.inference;

import java.util.Map;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Planes;
import sc.fiji.vasomim.torch.Script;

/** Brings whole images to a network's input size, with the very code that cuts the training crops. Thread-safe. */
public final class NetworkInput implements AutoCloseable {

	private final Script script;

	private final Device device;

	/** @param size side of the square input in px */
	public NetworkInput(final int size, final Device device) {
		this.device = device;
		script = Script.load("image", "Cropping", Map.of("size", size), device);
	}

	/**
	 * Antialiased bicubic, as PIL; a side ratio other than 1 is squeezed. A pixel holds something of all that lie within two
	 * px of the result (of the image, where it is enlarged), patch borders or not.
	 */
	public RandomAccessibleInterval<UnsignedByteType> image(final RandomAccessibleInterval<UnsignedByteType> grey) {
		return resize("image", grey);
	}

	/** Nearest neighbour. */
	public RandomAccessibleInterval<UnsignedByteType> mask(final RandomAccessibleInterval<UnsignedByteType> mask) {
		return resize("mask", mask);
	}

	private RandomAccessibleInterval<UnsignedByteType> resize(final String method,
		final RandomAccessibleInterval<UnsignedByteType> image)
	{
		try (NDManager scope = Devices.newManager(device)) {
			final NDArray box = scope.create(new float[] { 0, 0, image.dimension(1), image.dimension(0) }, new Shape(1, 4));
			final NDArray resized = script.call(scope, method, Planes.toTensor(scope, image), box, scope.zeros(new Shape(1)))
				.get(0);
			return Planes.toBytes(resized.toType(DataType.FLOAT32, false));
		}
	}

	@Override
	public void close() {
		script.close();
	}
}
