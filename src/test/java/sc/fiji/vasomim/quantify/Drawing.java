package sc.fiji.vasomim.quantify;

import java.util.function.DoubleUnaryOperator;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;

/** Small images to measure. */
final class Drawing {

	private Drawing() {}

	/** A mask as text: a line a row, {@code .} and blanks are 0. */
	static Img<UnsignedByteType> mask(final String... rows) {
		final Img<UnsignedByteType> mask = ArrayImgs.unsignedBytes(rows[0].length(), rows.length);
		for (int y = 0; y < rows.length; y++)
			for (int x = 0; x < rows[y].length(); x++)
				if (rows[y].charAt(x) != '.' && rows[y].charAt(x) != ' ') mask.getAt(x, y).set(255);
		return mask;
	}

	/** A horizontal vessel about y = middle, whose grey level is 200 less what a profile says of the distance. */
	static Img<FloatType> vessel(final int width, final int height, final double middle,
		final DoubleUnaryOperator profile)
	{
		final Img<FloatType> image = ArrayImgs.floats(width, height);
		for (int y = 0; y < height; y++)
			for (int x = 0; x < width; x++)
				image.getAt(x, y).set((float) (200 - profile.applyAsDouble(y - middle)));
		return image;
	}

	/** A horizontal bar. */
	static Img<UnsignedByteType> bar(final int width, final int height, final int from, final int to) {
		final Img<UnsignedByteType> mask = ArrayImgs.unsignedBytes(width, height);
		for (int y = from; y <= to; y++)
			for (int x = 0; x < width; x++)
				mask.getAt(x, y).set(255);
		return mask;
	}
}
