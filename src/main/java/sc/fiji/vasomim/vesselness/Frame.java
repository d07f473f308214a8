package sc.fiji.vasomim.vesselness;

import java.util.ArrayList;
import java.util.List;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/** One plane or volume of the input with its part of the output. */
record Frame(RandomAccessibleInterval<? extends RealType<?>> input, VesselnessOutput output) {

	/** @param dimensions of a frame; what is beyond is sliced */
	static List<Frame> slice(final RandomAccessibleInterval<? extends RealType<?>> input, final VesselnessOutput output,
		final int dimensions)
	{
		final int last = input.numDimensions() - 1;
		if (last < dimensions) return List.of(new Frame(input, output));
		final List<Frame> frames = new ArrayList<>();
		for (long i = 0; i < input.dimension(last); i++)
			frames.addAll(slice(Views.hyperSlice(input, last, input.min(last) + i), new VesselnessOutput(slice(output
				.response(), i), slice(output.scale(), i), slice(output.direction(), i)), dimensions));
		return frames;
	}

	private static RandomAccessibleInterval<FloatType> slice(final RandomAccessibleInterval<FloatType> image,
		final long i)
	{
		if (image == null) return null;
		final int last = image.numDimensions() - 1;
		return Views.hyperSlice(image, last, image.min(last) + i);
	}
}
