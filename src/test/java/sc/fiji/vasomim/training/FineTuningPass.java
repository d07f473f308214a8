package sc.fiji.vasomim.training;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import sc.fiji.vasomim.Reference;
import sc.fiji.vasomim.dataset.Augmentation;
import sc.fiji.vasomim.model.ParameterSpec.Role;
import sc.fiji.vasomim.model.SegmentationNetwork;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Precision;
import sc.fiji.vasomim.torch.Script;

/** A fine-tuning pass over a reference's whole images, unchanged, with weights that are drawn from their names. */
final class FineTuningPass implements AutoCloseable {

	private final NDManager manager = Devices.newManager(Device.cpu());

	final Reference reference;

	private final SegmentationSettings settings;

	private final Precision precision;

	final Weights weights;

	private final Map<String, NDArray> gradients = new HashMap<>();

	final NDArray sums;

	/** Of the last pass. */
	NDArray logits;

	/** @param reference closed with this */
	FineTuningPass(final Reference reference, final SegmentationNetwork network, final SegmentationLoss loss,
		final Precision precision) throws IOException
	{
		this.precision = precision;
		this.reference = reference;
		settings = new SegmentationSettings(network, 1, 0, 2, 1, 0, 0, FineTuning.NONE, loss, Augmentation.NONE, 1, 1, 0,
			"cpu", precision.toString());
		weights = Weights.initialise(network, 1, Device.cpu());
		Reference.scramble(weights.all());
		network.parameters().stream().filter(p -> p.role() == Role.TRAINED).forEach(p -> gradients.put(p.name(), manager
			.zeros(p.shape())));
		sums = manager.zeros(new Shape(loss.cldice() > 0 ? 4 : 3));
	}

	/** From bytes, as in training. */
	void run() throws IOException {
		final NDArray image = reference.tensor(manager, "in.image");
		final long b = image.getShape().get(0);
		final NDArray upright = manager.create(new float[] { 1, 0, 0, 0, 1, 0 }, new Shape(1, 2, 3)).repeat(0, b);
		final NDArray plain = manager.create(new float[] { 1, 1, 0 }, new Shape(1, 3)).repeat(0, b);
		try (Script script = script()) {
			logits = script.call(manager, "gradients", weights.all(), gradients, image, reference.tensor(manager,
				"in.labels"), Gradients.wholeImages(manager, (int) b, settings.network().size()), upright, plain, manager.zeros(
					image.getShape()), branches(), reference.tensor(manager, "in.balance"), sums).get(0);
		}
	}

	/** From the normalised image: turning an image by nothing costs 1e-5 of it in float32. */
	void learn() throws IOException {
		final NDArray target = reference.tensor(manager, "in.labels").toType(DataType.FLOAT32, true);
		try (Script script = script();
				Script input = Script.load("losses", "Losses", Map.of("normalisation", settings.network().normalisation(),
					"cldice", 0.0, "iterations", 0), Device.cpu()))
		{
			final NDArray x = input.call(manager, "input", reference.tensor(manager, "in.image")).get(0);
			logits = script.call(manager, "learn", weights.all(), gradients, x, settings.network().outputs() == 1 ? target.div(
				255) : target, branches(), reference.tensor(manager, "in.balance"), sums).get(0);
		}
	}

	private Script script() {
		return Script.load("finetuning", "FineTuning", SegmentationTrainer.attributes(settings, precision), Device.cpu());
	}

	private NDArray branches() throws IOException {
		return reference.file().contains("in.branches") ? reference.tensor(manager, "in.branches") : manager.zeros(new Shape(
			0));
	}

	/** Of what is shown to users, in eval mode, from the logits of the reference. */
	double probabilityError() throws IOException {
		final NDArray image = reference.tensor(manager, "in.image");
		final NDArray expected = reference.tensor(manager, "out.logits");
		try (Script script = Script.load("segmentation", "Segmentation", attributes(), Device.cpu())) {
			final NDArray prepared = script.call(manager, "prepare", image, image.getShape().get(1), image.getShape().get(2))
				.get(0);
			final NDArray found = script.call(manager, "forward", weights.all(), prepared).get(0);
			return Reference.relativeError(Reference.doubles(probability(expected)), Reference.doubles(probability(found)));
		}
	}

	private NDArray probability(final NDArray logits) {
		return settings.network().outputs() == 1 ? logits.neg().exp().add(1).pow(-1) : logits.softmax(1);
	}

	/** Of each loss, relative to itself. */
	double lossError() throws IOException {
		final double[] expected = reference.values("out.losses");
		double error = 0;
		for (int i = 0; i < sums.size(); i++)
			error = Math.max(error, Math.abs(sums.getFloat(i) / expected[i] - 1));
		return error;
	}

	/** Of those gradients that the reference has. */
	double gradientError() throws IOException {
		gradients.keySet().retainAll(reference.names("gradient."));
		return Gradients.error(reference, gradients);
	}

	/** Parameters that the passes gave no gradient, or one that is not finite. */
	List<String> withoutGradient() {
		return gradients.entrySet().stream().filter(e -> !(e.getValue().norm().getFloat() > 0 && Float.isFinite(e.getValue()
			.norm().getFloat()))).map(Map.Entry::getKey).sorted().toList();
	}

	private Map<String, Object> attributes() {
		final Map<String, Object> attributes = new HashMap<>(settings.network().scriptAttributes());
		attributes.put("kind", precision.kind());
		return attributes;
	}

	@Override
	public void close() throws IOException {
		weights.close();
		reference.close();
		manager.close();
	}
}
