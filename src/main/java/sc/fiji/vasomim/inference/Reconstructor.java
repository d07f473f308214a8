package sc.fiji.vasomim.inference;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.Views;

import sc.fiji.vasomim.model.MaskedAutoencoder;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Planes;
import sc.fiji.vasomim.torch.Precision;
import sc.fiji.vasomim.torch.Script;

/**
 * Lets a pre-trained autoencoder fill in hidden patches of an image of any size, not resized. The network sees windows
 * of its own input size that overlap by half and begin on patch borders; where windows overlap, what they say is
 * averaged. Does not own the weights.
 */
public final class Reconstructor implements AutoCloseable {

	private final Weights weights;

	private final MaskedAutoencoder network;

	private final Script script;

	/** @throws IllegalArgumentException if the weights are not a masked autoencoder's */
	public Reconstructor(final Weights weights) {
		if (!(weights.network() instanceof MaskedAutoencoder)) throw new IllegalArgumentException(
			"model: must be a masked autoencoder, but is " + weights.network().architecture());
		this.weights = weights;
		network = (MaskedAutoencoder) weights.network();
		script = Script.load("mae", "MaskedAutoencoder", Map.of("depth", network.depth(), "heads", network.heads(),
			"decoder_depth", network.decoderDepth(), "decoder_heads", network.decoderHeads(), "kind", Precision.FLOAT32
				.kind()), weights.device());
	}

	/** The patches of an image of W x H px. */
	public PatchGrid grid(final long width, final long height) {
		return new PatchGrid((int) width, (int) height, network.patch());
	}

	/**
	 * @param grey W x H, 0..255
	 * @param hidden for each patch of {@link #grid}: not shown to the network
	 * @param statistics for networks that predict normalised patches; others have their own
	 * @throws IllegalArgumentException if no patch is hidden, or a hidden one has no visible patch in any of its windows
	 */
	public Reconstruction reconstruct(final RandomAccessibleInterval<UnsignedByteType> grey, final boolean[] hidden,
		final PatchStatistics statistics)
	{
		final PatchGrid grid = grid(grey.dimension(0), grey.dimension(1));
		grid.require(hidden);
		final RandomAccessibleInterval<UnsignedByteType> infill = BilinearInfill.fill(grey, grid, hidden);
		final RandomAccessibleInterval<UnsignedByteType> padded = grid.pad(grey);
		if (network.rawPixels()) return new Reconstruction(grey, grid, hidden, decode(padded, grid, hidden, Statistics.none(
			grid.patches())), infill, PatchStatistics.PREDICTED);
		final Statistics own = statistics(padded);
		final Statistics used = statistics == PatchStatistics.ORIGINAL ? own : new Statistics(statistics(grid.pad(infill))
			.mean, interpolate(own.deviation, grid, hidden));
		return new Reconstruction(grey, grid, hidden, decode(padded, grid, hidden, used), infill, statistics);
	}

	/** Of each patch, in the network's normalisation. */
	private record Statistics(float[] mean, float[] deviation) {

		private static Statistics none(final int patches) {
			final float[] ones = new float[patches];
			Arrays.fill(ones, 1);
			return new Statistics(new float[patches], ones);
		}
	}

	private Statistics statistics(final RandomAccessibleInterval<UnsignedByteType> padded) {
		try (NDManager scope = Devices.newManager(weights.device())) {
			final NDList statistics = script.call(scope, "statistics", weights.all(), Planes.toTensor(scope, padded));
			return new Statistics(statistics.get(0).toFloatArray(), statistics.get(1).toFloatArray());
		}
	}

	/** The deviations' logarithms, because contrast is a matter of ratios. */
	private static float[] interpolate(final float[] deviation, final PatchGrid grid, final boolean[] hidden) {
		final double[][] values = new double[grid.rows()][grid.columns()];
		final boolean[][] gaps = new boolean[grid.rows()][grid.columns()];
		for (int i = 0; i < hidden.length; i++) {
			values[i / grid.columns()][i % grid.columns()] = Math.log(deviation[i]);
			gaps[i / grid.columns()][i % grid.columns()] = hidden[i];
		}
		BilinearInfill.fill(values, gaps);
		final float[] interpolated = new float[hidden.length];
		for (int i = 0; i < hidden.length; i++)
			interpolated[i] = (float) Math.exp(values[i / grid.columns()][i % grid.columns()]);
		return interpolated;
	}

	/** Every patch as decoded, padding cut off. */
	private RandomAccessibleInterval<UnsignedByteType> decode(final RandomAccessibleInterval<UnsignedByteType> padded,
		final PatchGrid grid, final boolean[] hidden, final Statistics statistics)
	{
		final double[] sum = new double[grid.width() * grid.height()];
		final int[] count = new int[grid.patches()];
		for (final int row : starts(grid.rows()))
			for (final int column : starts(grid.columns())) {
				final Window window = new Window(grid, network.grid(), column, row);
				final long[] visible = window.visible(hidden);
				if (visible.length > 0) window.add(decode(padded, window, visible, statistics), sum, count);
			}
		final byte[] decoded = new byte[sum.length];
		for (int i = 0; i < sum.length; i++) {
			final int patch = grid.at(i % grid.width(), i / grid.width());
			if (count[patch] == 0) throw new IllegalArgumentException("hidden: patch " + patch % grid.columns() + " of row " +
				patch / grid.columns() + " has no visible patch near it: the network looks at " + network.size() + " x " + network
					.size() + " px at a time. Hide less in one place, or use resolution=network.");
			decoded[i] = (byte) Math.max(0, Math.min(255, Math.round(sum[i] / count[patch])));
		}
		return ArrayImgs.unsignedBytes(decoded, grid.width(), grid.height());
	}

	/** Where windows begin along an axis of so many patches: evenly, at most half a window apart. */
	private int[] starts(final int patches) {
		final int free = patches - network.grid();
		if (free <= 0) return new int[] { 0 };
		final int step = Math.max(1, network.grid() / 2);
		final int steps = (free + step - 1) / step;
		return IntStream.rangeClosed(0, steps).map(i -> Math.round((float) i * free / steps)).toArray();
	}

	/** @return S x S floats in raster order */
	private float[] decode(final RandomAccessibleInterval<UnsignedByteType> padded, final Window window,
		final long[] visible, final Statistics statistics)
	{
		final int size = network.size();
		final long x = (long) window.column() * network.patch();
		final long y = (long) window.row() * network.patch();
		final RandomAccessibleInterval<UnsignedByteType> cut = Views.interval(Views.extendZero(padded), new long[] { x, y },
			new long[] { x + size - 1, y + size - 1 });
		final Shape each = new Shape(1, network.patches(), 1);
		try (NDManager scope = Devices.newManager(weights.device())) {
			final NDArray keep = scope.create(visible, new Shape(1, visible.length));
			final NDArray decoded = script.call(scope, "decode", weights.all(), Planes.toTensor(scope, cut), keep, scope.create(
				window.cut(statistics.mean), each), scope.create(window.cut(statistics.deviation), each)).get(0);
			ModelAnswer.requireNumbers(decoded);
			return decoded.toFloatArray();
		}
	}

	@Override
	public void close() {
		script.close();
	}
}
