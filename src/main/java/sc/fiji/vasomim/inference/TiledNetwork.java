package sc.fiji.vasomim.inference;

import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Script;

/**
 * A network's answer to an image that is too large for it, row of tiles by row of tiles from the top: never more of it is
 * held than two such rows.
 *
 * @param outputs channels of the network's answer, K
 * @param rows the image's height at the network's scale in tiles, h
 * @param columns its width, w
 * @param height as the answer's height becomes that of the image, H
 * @param width that of the image, W
 * @param stopped asked before each tile whether to stop
 */
record TiledNetwork(Script script, Device device, Tile network, int outputs, Tiles rows, Tiles columns,
	Enlargement height, int width, BooleanSupplier stopped)
{

	/** Floats of a strip of the answer at the image's size: 64 MiB. */
	private static final int STRIP = 1 << 24;

	/** A network for a tile of the image. */
	interface Tile {

		/**
		 * @param rows of the image, as {@link Tiles#pixels}
		 * @return K x rows x columns logits
		 */
		NDArray logits(NDManager scope, NDArray rows, NDArray columns);
	}

	/** Takes the answer at the image's size. */
	interface Strip {

		/** @param logits K x any number of rows x W; the first row is row y of the image */
		void take(NDManager scope, int y, NDArray logits);
	}

	/** @throws CancellationException if it is stopped */
	void run(final Strip strips) {
		try (NDManager kept = Devices.newManager(device)) {
			NDArray above = null;
			int done = 0;
			for (int i = 0; i < rows.count(); i++) {
				try (NDManager scope = Devices.newManager(device)) {
					// One row more than overlaps: the next strip lies between it and the first row of its own.
					final int top = i == 0 ? 0 : rows.start(i) - 1;
					final NDArray row = row(scope, i);
					ModelAnswer.requireNumbers(row);
					final NDArray band = above == null ? row : join(scope, above, row, i);
					final boolean last = i + 1 == rows.count();
					final int end = height.madeOf(last ? rows.length() : rows.start(i + 1));
					enlarge(band, top, done, end, strips);
					done = end;
					if (above != null) above.close();
					if (last) return;
					above = band.get(":, {}:", rows.start(i + 1) - 1 - top).duplicate();
					above.attach(kept);
				}
			}
		}
	}

	/** A row of tiles, K x their height x w. */
	private NDArray row(final NDManager scope, final int i) {
		final NDArray row = scope.zeros(new Shape(outputs, rows.tile(), columns.covered()));
		for (int j = 0; j < columns.count(); j++)
			try (NDManager tile = Devices.newManager(device)) {
				if (stopped.getAsBoolean()) throw new CancellationException("before the image was finished");
				final NDArray logits = network.logits(tile, tile.create(rows.pixels(i)), tile.create(columns.pixels(j)));
				lay(tile, row, logits, 2, columns.start(j), tile.create(columns.weights(j)));
			}
		return row;
	}

	/** The end of the band above, and the row that follows faded in. */
	private NDArray join(final NDManager scope, final NDArray above, final NDArray row, final int i) {
		final NDArray band = scope.zeros(new Shape(outputs, rows.tile() + 1, columns.covered()));
		lay(scope, band, above, 1, 0, scope.ones(new Shape(1)));
		lay(scope, band, row, 1, 1, scope.create(rows.weights(i), new Shape(rows.tile(), 1)));
		return band;
	}

	private void lay(final NDManager scope, final NDArray target, final NDArray piece, final int axis, final int start,
		final NDArray weight)
	{
		script.call(scope, "lay", target, piece, axis, start, weight);
	}

	/** Passes on the image's rows from {@code done} to before {@code end}. @param top the band's first row */
	private void enlarge(final NDArray band, final int top, final int done, final int end, final Strip strips) {
		final int most = Math.max(1, STRIP / (outputs * width));
		for (int y = done; y < end; y += most)
			try (NDManager scope = Devices.newManager(device)) {
				final int before = Math.min(end, y + most);
				final int first = height.before(y);
				final NDArray few = band.get(":, {}:{}, :{}", first - top, height.behind(before - 1) + 1 - top, columns.length());
				final NDArray[] down = steps(scope, height, first, y, before);
				strips.take(scope, y, script.call(scope, "enlarge", few, down[0], down[1], down[2], width).get(0));
				few.close();
			}
	}

	/** Of the new px from {@code begin} to before {@code end}: the px before and behind, less {@code first}, and the way. */
	private static NDArray[] steps(final NDManager scope, final Enlargement axis, final int first, final int begin,
		final int end)
	{
		final long[] before = new long[end - begin];
		final long[] behind = new long[before.length];
		final float[] way = new float[before.length];
		for (int i = 0; i < way.length; i++) {
			before[i] = axis.before(begin + i) - first;
			behind[i] = axis.behind(begin + i) - first;
			way[i] = axis.way(begin + i);
		}
		return new NDArray[] { scope.create(before), scope.create(behind), scope.create(way) };
	}
}
