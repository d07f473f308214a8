package sc.fiji.vasomim.vesselness;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.parallel.TaskExecutor;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/**
 * Volumes of one size through all scales; planes run in parallel. Holds three volumes of that size, and one for the scale. Along z each plane
 * is differentiated first; what remains are derivatives within three planes.
 */
final class VolumeScale implements Consumer<Frame> {

	private final List<ScaleStep> steps;

	private final float sign;

	private final VolumeResponse response;

	private final TaskExecutor executor;

	private final Volume image, spare;

	private final Maximum[] maxima;

	/**
	 * @param like a frame of the size and outputs of those to come
	 * @param sign 1 for dark tubes, -1 for bright ones
	 */
	VolumeScale(final Frame like, final List<ScaleStep> steps, final float sign, final VolumeResponse response,
		final TaskExecutor executor)
	{
		this.steps = steps;
		this.sign = sign;
		this.response = response;
		this.executor = executor;
		final long[] size = like.input().dimensionsAsLongArray();
		final int marginX = ScaleStep.radius(steps, 0), marginY = ScaleStep.radius(steps, 1);
		final int marginZ = ScaleStep.radius(steps, 2);
		image = new Volume(size, marginX, marginY, marginZ);
		spare = new Volume(size, marginX, marginY, marginZ);
		maxima = new Maximum[(int) size[2]];
		for (int z = 0; z < maxima.length; z++)
			maxima[z] = new Maximum((int) size[0], (int) size[1], marginX, like.output().scale() != null, false, false);
	}

	@Override
	public void accept(final Frame frame) {
		image.read(frame.input(), sign);
		for (final Maximum maximum : maxima)
			maximum.clear();
		for (final ScaleStep step : steps) {
			if (!step.needsNoSmoothing()) {
				forEachPlane(z -> MultiScale.smooth(image.planes[z], step, 0, image.planes[z].height, spare.planes[z]));
				forEachPlane(z -> smoothAlongZ(step.smoothing().get(2), z));
			}
			forEachPlane(z -> respond(step, z));
		}
		final VesselnessOutput output = frame.output();
		for (int z = 0; z < maxima.length; z++)
			maxima[z].write(new VesselnessOutput(plane(output.response(), z), plane(output.scale(), z), null));
	}

	private static RandomAccessibleInterval<FloatType> plane(final RandomAccessibleInterval<FloatType> image,
		final int z)
	{
		return image == null ? null : Views.hyperSlice(image, 2, image.min(2) + z);
	}

	private void forEachPlane(final IntConsumer work) {
		executor.forEach(IntStream.range(0, image.planes.length).boxed().toList(), work::accept);
	}

	private void smoothAlongZ(final StridedKernel kernel, final int z) {
		final Plane plane = image.planes[z];
		for (int y = 0; y < plane.height; y++)
			Convolution.even(spare.columns[y], spare.index(z), kernel.half(), kernel.stride(), plane.row(y), 0, plane
				.length());
	}

	private void respond(final ScaleStep step, final int z) {
		final Plane like = image.planes[z];
		final int from = like.marginX, to = from + like.width, length = like.length();
		final GaussianKernels kz = step.derivatives().get(2);
		final Hessian[] derivatives = new Hessian[3];
		for (int order = 0; order < 3; order++)
			derivatives[order] = new Hessian(alongZ(kz, order, z), step, from, to);
		for (final Hessian hessian : derivatives)
			hessian.start(0);
		final float[] xz = new float[length], yz = new float[length], zz = new float[length], row = new float[length];
		final Hessian inPlane = derivatives[0];
		final Eigenvalues values = new Eigenvalues();
		for (int y = 0; y < like.height; y++) {
			for (final Hessian hessian : derivatives)
				hessian.advance(y);
			derivatives[1].gradient(xz, yz);
			derivatives[2].smoothed(zz);
			for (int x = from; x < to; x++) {
				values.set(inPlane.xx[x], inPlane.xy[x], xz[x], inPlane.yy[x], yz[x], zz[x]);
				row[x] = (float) response.of(values.l1, values.l2, values.l3);
			}
			maxima[z].add(row, inPlane, y, from, to, step.sigma());
		}
	}

	/** The plane differentiated along z. */
	private Plane alongZ(final GaussianKernels kernels, final int order, final int z) {
		final Plane like = image.planes[z], result = new Plane(like);
		for (int y = 0; y < like.height; y++) {
			final float[][] column = image.columns[y];
			if (order == 1) Convolution.odd(column, image.index(z), kernels.g1(), result.row(y), 0, like.length());
			else Convolution.even(column, image.index(z), order == 0 ? kernels.g0() : kernels.g2(), result.row(y), 0,
				like.length());
		}
		return result;
	}
}
