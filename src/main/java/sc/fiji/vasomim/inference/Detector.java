package sc.fiji.vasomim.inference;

import java.util.ArrayList;
import java.util.List;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.vasomim.metrics.Box;
import sc.fiji.vasomim.metrics.Detection;
import sc.fiji.vasomim.model.FasterRcnn;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Planes;
import sc.fiji.vasomim.torch.Precision;
import sc.fiji.vasomim.torch.Script;

/** Finds objects in whole images with a trained detector. Thread-safe; does not own the weights. */
public final class Detector implements AutoCloseable {

	/** The least score of detections that are evaluated, as published. */
	public static final double LEAST_SCORE = 0.05;

	private final Weights weights;

	private final FasterRcnn network;

	private final Script script;

	/** @param weights of a {@link FasterRcnn} */
	public Detector(final Weights weights, final Precision precision) {
		this.weights = weights;
		network = (FasterRcnn) weights.network();
		script = Script.load("rcnn", "FasterRcnn", network.scriptAttributes(precision), weights.device());
	}

	/** What the network finds, in the order of the labels 1, 2, ... */
	public List<String> classes() {
		return network.classes();
	}

	/**
	 * The network sees the whole image with its longer side brought to the size that it was trained on.
	 *
	 * @param grey W x H of any size, 0..255
	 * @param leastScore detections must have more, 0..1
	 * @return at most 100, the surest first, in px of the image; label i is the network's i-th class, from 1. No two of a
	 *         class overlap by more than a half
	 * @throws IllegalArgumentException if the network says anything that is no number, because its weights are damaged
	 */
	public List<Detection> detect(final RandomAccessibleInterval<UnsignedByteType> grey, final double leastScore) {
		if (!(leastScore >= 0 && leastScore <= 1)) throw new IllegalArgumentException(
			"leastScore: must lie in 0..1, but was " + leastScore);
		try (NDManager scope = Devices.newManager(weights.device())) {
			final NDList found = script.call(scope, "detect", weights.all(), Planes.toTensor(scope, grey), leastScore);
			ModelAnswer.requireNumbers(found.get(3));
			final float[] corners = found.get(0).toFloatArray();
			final float[] scores = found.get(1).toFloatArray();
			final long[] classes = found.get(2).toLongArray();
			final List<Detection> detections = new ArrayList<>();
			for (int i = 0; i < scores.length; i++) {
				final float x = corners[4 * i], y = corners[4 * i + 1];
				detections.add(new Detection(new Box(x, y, corners[4 * i + 2] - x, corners[4 * i + 3] - y), (int) classes[i] + 1,
					scores[i]));
			}
			return detections;
		}
	}

	@Override
	public void close() {
		script.close();
	}
}
