package sc.fiji.vasomim.vesselness;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import net.imglib2.parallel.TaskExecutor;

/**
 * Planes of one size through all scales. Holds three planes of that size, and one each for scale and direction; bands of rows run in parallel, and each row's
 * result depends on that row's surroundings only, so that the number of bands changes nothing.
 */
final class MultiScale implements Consumer<Frame> {

	/** More bands than threads, so that none waits long for the others. */
	private static final int BANDS_A_THREAD = 4;

	/** Columns done at once: rows of the whole stencil then fit into the second-level cache. */
	private static final int BLOCK = 1024;

	private final List<ScaleStep> steps;

	private final TaskExecutor executor;

	private final Plane image, spare;

	private final Maximum maximum;

	private final Polarity polarity;

	private final Response response;

	/**
	 * @param like a frame of the size and outputs of those to come
	 * @param polarity not AUTO
	 */
	MultiScale(final Frame like, final List<ScaleStep> steps, final Polarity polarity,
		final Response response, final TaskExecutor executor)
	{
		this.steps = steps;
		this.polarity = polarity;
		this.response = response;
		this.executor = executor;
		final int width = (int) like.input().dimension(0), height = (int) like.input().dimension(1);
		final int marginX = ScaleStep.radius(steps, 0), marginY = ScaleStep.radius(steps, 1);
		image = new Plane(width, height, marginX, marginY);
		spare = new Plane(width, height, marginX, marginY);
		maximum = new Maximum(width, height, marginX, like.output().scale() != null, like.output().direction() != null,
			polarity == Polarity.BOTH);
	}

	@Override
	public void accept(final Frame frame) {
		final float[] range = image.read(frame.input());
		image.centre(range[0], range[1], polarity.sign());
		maximum.clear();
		Plane smoothed = image, next = spare;
		for (final ScaleStep step : steps) {
			final Plane source = smoothed;
			if (!step.needsNoSmoothing()) {
				smoothed = next;
				next = source;
				final Plane target = smoothed;
				forEachBand((top, bottom) -> smooth(source, step, top, bottom, target));
			}
			final Plane level = smoothed;
			forEachBand((top, bottom) -> {
				for (int from = level.marginX, end = from + level.width; from < end; from += BLOCK)
					respond(level, step, top, bottom, from, Math.min(from + BLOCK, end));
			});
		}
		maximum.write(frame.output());
	}

	static void smooth(final Plane source, final ScaleStep step, final int top, final int bottom,
		final Plane target)
	{
		final StridedKernel kx = step.smoothing().get(0), ky = step.smoothing().get(1);
		final float[] column = new float[source.length()];
		final ShiftedRow shifted = new ShiftedRow(kx.half().length - 1, kx.stride(), source.length());
		final int reach = kx.radius(), end = source.marginX + source.width;
		for (int y = top; y < bottom; y++) {
			for (int from = source.marginX; from < end; from += BLOCK) {
				final int to = Math.min(from + BLOCK, end);
				Convolution.even(source.rows, source.index(y), ky.half(), ky.stride(), column, from - reach, to + reach);
				shifted.set(column, from, to);
				Convolution.even(shifted.rows, shifted.centre, kx.half(), target.row(y), from, to);
			}
			target.mirrorEnds(y);
		}
	}

	private void respond(final Plane level, final ScaleStep step, final int top, final int bottom, final int from,
		final int to)
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
