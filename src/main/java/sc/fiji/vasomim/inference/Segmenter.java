package sc.fiji.vasomim.inference;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.ByteArray;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.vasomim.model.SegmentationNetwork;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Planes;
import sc.fiji.vasomim.torch.Precision;
import sc.fiji.vasomim.torch.Script;

/**
 * Finds vessels in images of any size with a trained network.
 * <p>
 * The image is resized to the network's scale, antialiased, and normalised as a whole; tiles of it that overlap go through
 * the network, their logits are faded into one another, and the logits are interpolated back to the image's size. Where
 * memory does not suffice for a tile, tiles of half the size are taken from then on. Thread-safe; does not own the
 * weights, which must not change meanwhile.
 */
public final class Segmenter implements AutoCloseable {

	/** The most px of an image at the network's scale: 1 GiB of floats a channel. */
	private static final double MOST = 1L << 28;

	/** Of the side that the network was trained on: in a smaller tile it would see too little of a vessel's surroundings. */
	private static final int LEAST_SHARE = 4;

	private final Weights weights;

	private final SegmentationNetwork network;

	private final SegmenterSettings settings;

	private final ReadyWeights ready;

	private final Script script;

	private final TileSide tile;

	/** As {@link SegmenterSettings#DEFAULT} has it, without a word if memory runs out. */
	public Segmenter(final Weights weights, final Precision precision) {
		this(weights, precision, SegmenterSettings.DEFAULT, said -> {});
	}

	/**
	 * @param weights of a {@link SegmentationNetwork}
	 * @param log is told when tiles get smaller
	 */
	public Segmenter(final Weights weights, final Precision precision, final SegmenterSettings settings,
		final Consumer<String> log)
	{
		this.weights = weights;
		this.settings = settings;
		network = (SegmentationNetwork) weights.network();
		tile = new TileSide(whole(settings.tile() == 0 ? 2 * network.size() : settings.tile()), network.anySize() ? whole(
			network.size() / LEAST_SHARE) : network.size(), network.stride(), Devices.name(weights.device()), log);
		ready = new ReadyWeights(weights, precision);
		script = Script.load("segmentation", "Segmentation", network.scriptAttributes(precision), weights.device());
	}

	/** What the network tells apart. */
	public List<String> classes() {
		return network.classes();
	}

	/**
	 * @param grey W x H of any size, 0..255
	 * @param probabilities whether to keep those of several classes, W x H floats each; that of a single one always is
	 * @param stopped asked before each tile whether to stop
	 * @throws IllegalArgumentException if the image is too large at this scale, or memory does not suffice
	 * @throws CancellationException if it is stopped
	 */
	public SegmentedPlane segment(final RandomAccessibleInterval<UnsignedByteType> grey, final boolean probabilities,
		final BooleanSupplier stopped)
	{
		final int height = atScale(grey.dimension(1), grey);
		final int width = atScale(grey.dimension(0), grey);
		try (NDManager scope = Devices.newManager(weights.device())) {
			final NDArray image = prepare(scope, grey, height, width);
			return tile.with(whole(Math.max(height, width)), side -> {
				final Tiles rows = new Tiles(height, Math.min(side, whole(height)), network.stride());
				final Tiles columns = new Tiles(width, Math.min(side, whole(width)), network.stride());
				final SegmentedPlane plane = SegmentedPlane.empty((int) grey.dimension(0), (int) grey.dimension(1), network
					.classes().size(), probabilities);
				segment(image, rows, columns, plane, stopped);
				return plane;
			});
		}
	}

	/** The whole image as the network sees it; smaller tiles would not help if memory does not suffice for it. */
	private NDArray prepare(final NDManager scope, final RandomAccessibleInterval<UnsignedByteType> grey, final int height,
		final int width)
	{
		try {
			return script.call(scope, "prepare", Planes.toTensor(scope, grey), height, width).get(0);
		}
		catch (final EngineException e) {
			if (!Devices.isOutOfMemory(e)) throw e;
			throw new IllegalArgumentException("scale: the memory of " + Devices.name(weights.device()) +
				" does not suffice for the image at " + width + " x " + height +
				" px. Choose a larger scale, another device, or end other programs that use it.", e);
		}
	}

	/** Of the images that it was trained on, in px of what the network sees. */
	public int trainedSide() {
		return network.size();
	}

	/**
	 * What each pixel belongs to.
	 *
	 * @param grey W x H of any size, 0..255
	 * @param threshold of one class: least probability of a vessel's pixel. Of several classes, the most probable counts
	 * @return W x H: 0 and 255 of one class, else class numbers, 0 being the background
	 */
	public ArrayImg<UnsignedByteType, ByteArray> labels(final RandomAccessibleInterval<UnsignedByteType> grey,
		final double threshold)
	{
		return segment(grey, false, () -> false).labels(threshold);
	}

	/** A side of the image in px of what the network sees. */
	private int atScale(final long side, final RandomAccessibleInterval<?> image) {
		final long width = image.dimension(0);
		final long height = image.dimension(1);
		final double scale = settings.scale() > 0 ? settings.scale() : Math.max(1, Math.max(width, height) / (double) network
			.size());
		if (width / scale * height / scale > MOST) throw new IllegalArgumentException("scale: " + scale +
			" would make " + width + " x " + height + " px to more than " + (long) MOST + " px. Choose a larger one.");
		return (int) Math.max(1, Math.round(side / scale));
	}

	/** The side of the one tile that holds a side of so many px. */
	private int whole(final int side) {
		return network.anySize() ? (side + network.stride() - 1) / network.stride() * network.stride() : network.size();
	}

	private void segment(final NDArray image, final Tiles rows, final Tiles columns, final SegmentedPlane plane,
		final BooleanSupplier stopped)
	{
		final TiledNetwork.Tile answer = (to, y, x) -> script.call(to, "logits", ready.all(), image, y, x, settings.flips()
			.views()).get(0);
		new TiledNetwork(script, weights.device(), answer, network.outputs(), rows, columns, new Enlargement(rows.length(),
			plane.height()), plane.width(), stopped).run((strip, y, logits) -> {
				if (plane.likeliest() != null) plane.putLikeliest(y, script.call(strip, "labels", logits).get(0).toByteBuffer());
				if (!plane.probabilities().isEmpty()) plane.putProbabilities(y, script.call(strip, "probabilities", logits).get(0)
					.toFloatArray());
			});
	}

	@Override
	public void close() {
		script.close();
		ready.close();
	}
}
