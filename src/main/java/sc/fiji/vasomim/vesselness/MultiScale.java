package sc.fiji.vasomim.vesselness;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.parallel.TaskExecutor;
import net.imglib2.type.numeric.RealType;

/**
 * Planes of one size through all scales. Holds three planes of that size; bands of rows run in parallel, and each row's
 * result depends on that row's surroundings only, so that the number of bands changes nothing.
 */
final class MultiScale {

	/** More bands than threads, so that none waits long for the others. */
	private static final int BANDS_A_THREAD = 4;

	/** Columns done at once: rows of the whole stencil then fit into the second-level cache. */
	private static final int BLOCK = 1024;

	private final List<ScaleStep> steps;

	private final TaskExecutor executor;

	private final Plane image, spare;

	final Maximum maximum;

	/** For images of one size; to be used again and again. */
	MultiScale(final int width, final int height, final List<ScaleStep> steps, final boolean withScale,
		final boolean withDirection, final TaskExecutor executor)
	{
		this.steps = steps;
		this.executor = executor;
		final int marginX = steps.stream().mapToInt(s -> s.radius(0)).max().orElse(0);
		final int marginY = steps.stream().mapToInt(s -> s.radius(1)).max().orElse(0);
		image = new Plane(width, height, marginX, marginY);
		spare = new Plane(width, height, marginX, marginY);
		maximum = new Maximum(width, height, marginX, withScale, withDirection);
	}

	/**
	 * Leaves the result in {@link #maximum}.
	 *
	 * @param input 2D
	 * @param sign 1 for dark ridges, -1 for bright ones
	 */
	void run(final RandomAccessibleInterval<? extends RealType<?>> input, final float sign, final Response response) {
		image.read(input, sign);
		maximum.clear();
		Plane smoothed = image, next = spare;
		for (final ScaleStep step : steps) {
			final Plane source = smoothed;
			if (!step.isSmooth()) {
				smoothed = next;
				next = source;
				final Plane target = smoothed;
				forEachBand((top, bottom) -> smooth(source, step, top, bottom, target));
			}
			final Plane level = smoothed;
			forEachBand((top, bottom) -> {
				for (int from = level.marginX, end = from + level.width; from < end; from += BLOCK)
					respond(level, step, top, bottom, from, Math.min(from + BLOCK, end), response);
			});
		}
	}

	static void smooth(final Plane source, final ScaleStep step, final int top, final int bottom,
		final Plane target)
	{
		final float[] kx = step.smoothing().get(0), ky = step.smoothing().get(1), column = new float[source.length()];
		final ShiftedRow shifted = new ShiftedRow(kx.length - 1, source.length());
		final int reach = kx.length - 1, end = source.marginX + source.width;
		for (int y = top; y < bottom; y++) {
			for (int from = source.marginX; from < end; from += BLOCK) {
				final int to = Math.min(from + BLOCK, end);
				Convolution.even(source.rows, source.index(y), ky, column, from - reach, to + reach);
				shifted.set(column, reach, from, to);
				Convolution.even(shifted.rows, shifted.centre, kx, target.row(y), from, to);
			}
			target.mirrorEnds(y);
		}
	}

	private void respond(final Plane level, final ScaleStep step, final int top, final int bottom, final int from,
		final int to, final Response response)
	{
		final Hessian hessian = new Hessian(level, step, from, to);
		final float[] row = new float[level.length()];
		hessian.start(top);
		for (int y = top; y < bottom; y++) {
			hessian.advance(y);
			response.of(hessian, row, from, to);
			maximum.add(row, hessian, y, from, to, step.sigma());
		}
	}

	private void forEachBand(final BiConsumer<Integer, Integer> work) {
		final int threads = executor.getParallelism(), bands = threads == 1 ? 1 : Math.min(image.height, threads *
			BANDS_A_THREAD);
		executor.forEach(IntStream.range(0, bands).boxed().toList(), band -> work.accept((int) ((long) band *
			image.height / bands), (int) ((band + 1L) * image.height / bands)));
	}
}
