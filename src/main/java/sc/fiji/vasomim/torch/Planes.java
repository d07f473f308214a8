package sc.fiji.vasomim.torch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/** Single images between ImgLib2 (W x H) and tensors (1 x H x W); the memory's order is the same. */
public final class Planes {

	private Planes() {}

	/** @return 1 x H x W bytes on the scope's device */
	public static NDArray toTensor(final NDManager scope, final RandomAccessibleInterval<UnsignedByteType> image) {
		final ByteBuffer bytes = ByteBuffer.allocateDirect((int) Views.iterable(image).size()).order(ByteOrder
			.nativeOrder());
		final Cursor<UnsignedByteType> cursor = Views.flatIterable(image).cursor();
		while (cursor.hasNext())
			bytes.put(cursor.next().getByte());
		return scope.create(bytes.flip(), new Shape(1, image.dimension(1), image.dimension(0)), DataType.UINT8);
	}

	/** @return 1 x H x W floats on the scope's device */
	public static NDArray floatsToTensor(final NDManager scope, final RandomAccessibleInterval<FloatType> image) {
		final float[] values = new float[(int) Views.iterable(image).size()];
		final Cursor<FloatType> cursor = Views.flatIterable(image).cursor();
		for (int i = 0; i < values.length; i++)
			values[i] = cursor.next().get();
		return scope.create(values, new Shape(1, image.dimension(1), image.dimension(0)));
	}

	/** @param tensor 1 x H x W floats */
	public static ArrayImg<FloatType, FloatArray> toImage(final NDArray tensor) {
		return ArrayImgs.floats(tensor.toFloatArray(), tensor.getShape().get(2), tensor.getShape().get(1));
	}

	/** @param tensor 1 x H x W floats; rounded to 0..255 */
	public static RandomAccessibleInterval<UnsignedByteType> toBytes(final NDArray tensor) {
		final float[] values = tensor.toFloatArray();
		final byte[] bytes = new byte[values.length];
		for (int i = 0; i < values.length; i++)
			bytes[i] = (byte) Math.max(0, Math.min(255, Math.round(values[i])));
		return ArrayImgs.unsignedBytes(bytes, tensor.getShape().get(2), tensor.getShape().get(1));
	}
}
