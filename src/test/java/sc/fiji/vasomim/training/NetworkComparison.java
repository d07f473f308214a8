package sc.fiji.vasomim.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;

import sc.fiji.vasomim.Reference;
import sc.fiji.vasomim.model.MaskedAutoencoder;
import sc.fiji.vasomim.model.MaskedAutoencoder.Variant;
import sc.fiji.vasomim.model.SegmentationNetwork;
import sc.fiji.vasomim.model.Unext;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Precision;
import sc.fiji.vasomim.torch.Script;
import sc.fiji.vasomim.training.AdamW.Rule;

/**
 * Holds the networks at their real sizes against the numbers that scripts/compare_networks.py left in a folder. Prints
 * rows of a table (quantity, error, tolerance); ends with 1 if one is beyond its tolerance.
 */
final class NetworkComparison {

	private static final double[] RATES = { 1e-3, 5e-4, 2e-3 };

	/** Of the reference's gradient, a step each; powers of two, so that nothing is rounded. */
	private static final float[] GRADIENT_SHARES = { 1, -0.5f, 2 };

	private final String task;

	private final Path folder;

	private boolean failed;

	private NetworkComparison(final String task, final Path folder) {
		this.task = task;
		this.folder = folder;
	}

	/** Arguments: base, large, huge, tiny, unext, vit-unet or unet; the folder. */
	public static void main(final String[] args) throws IOException {
		final NetworkComparison comparison = new NetworkComparison(args[0], Path.of(args[1]));
		if (args[0].equals("unext")) comparison.segmentors();
		else if (args[0].equals("tiny")) comparison.tiny();
		else if (args[0].equals("vit-unet")) comparison.segmentation(SegmentationPreset.VIT_BASE.settings(List.of("vessel"), 0).network());
		else if (args[0].equals("unet")) comparison.segmentation(SegmentationPreset.UNET.settings(List.of("vessel"), 0).network());
		else comparison.autoencoder(Variant.valueOf(args[0].toUpperCase(Locale.ROOT)).forSize(224));
		System.exit(comparison.failed ? 1 : 0);
	}

	private void row(final String quantity, final double error, final double tolerance) {
		failed |= !(error <= tolerance);
		System.out.printf(Locale.ROOT, "| %s: %s, VasoMIM | %.1e | %.1e |%n", task, quantity, error, tolerance);
	}

	private ReferencePass pass(final MaskedAutoencoder network, final double consistency, final Precision precision)
		throws IOException
	{
		return new ReferencePass(ReferencePass.settings(network, 0.5, consistency, precision), Unext.SMALL, file(
			"numbers"), file("weights"), file("segmentor"));
	}

	private static void run(final ReferencePass pass) throws IOException {
		final double[] counts = pass.reference.values("in.counts");
		pass.run((int) counts[0], (int) counts[1], 1);
	}

	private Path file(final String name) {
		return folder.resolve(name + ".safetensors");
	}

	private void autoencoder(final MaskedAutoencoder network) throws IOException {
		try (ReferencePass pass = pass(network, 1, Precision.FLOAT32)) {
			guidance(pass, network);
			stages(pass, network, Precision.FLOAT32, 1e-5);
			run(pass);
			row("masked patches", pass.reference.error("out.masked", pass.masked), 0);
			row("three losses", lossError(pass), 1e-5);
			row("gradients of " + pass.gradients.size() + " parameters", Gradients.error(pass.reference, pass.gradients), 1e-5);
			if (!pass.reference.names("after.").isEmpty()) adamW(pass);
		}
		try (ReferencePass pass = pass(network, 0, Precision.FLOAT32)) {
			run(pass);
			entries("reconstruction's", "smooth.", pass, pass.reference);
		}
		try (ReferencePass pass = pass(network, 1, Precision.BFLOAT16)) {
			stages(pass, network, Precision.BFLOAT16, 2e-2);
		}
	}

	private void guidance(final ReferencePass pass, final MaskedAutoencoder network) throws IOException {
		try (NDManager scope = pass.manager.newSubManager();
				Script unext = Script.load("unext", "Unext", Map.of("kind", 6), Device.cpu());
				Script masking = Script.load("masking", "Guidance", Map.of("patch", network.patch()), Device.cpu()))
		{
			final NDArray vessels = unext.call(scope, "probability", pass.segmentor.all(), pass.reference.tensor(scope,
				"in.image")).get(0);
			final NDArray anatomy = pass.reference.tensor(scope, "in.anatomy").toType(DataType.FLOAT32, true).div(255);
			final NDList found = masking.call(scope, "proportional", anatomy, vessels, 0.5);
			row("guidance map", pass.reference.error("out.guidance", found.get(0)), 1e-5);
			row("patch distribution", pass.reference.error("out.probability", found.get(1)), 1e-5);
		}
	}

	private void stages(final ReferencePass pass, final MaskedAutoencoder network, final Precision precision,
		final double tolerance) throws IOException
	{
		try (NDManager scope = pass.manager.newSubManager();
				Script script = Script.load("stages", "Stages", Map.of("depth", network.depth(), "heads", network.heads(),
					"kind", precision.kind()), Device.cpu()))
		{
			final Reference reference = pass.reference;
			final NDArray image = reference.tensor(scope, "in.image");
			final NDArray keep = reference.tensor(scope, "out.keep");
			final NDArray tokens = script.call(scope, "tokens", pass.weights.all(), image).get(0);
			row("patch tokens, " + precision, reference.error("out.tokens", tokens), tolerance);
			final NDArray latent = script.call(scope, "latent", pass.weights.all(), image, keep).get(0);
			row("encoder, " + precision, reference.error("out.latent", latent), tolerance);
			final NDArray prediction = script.call(scope, "prediction", pass.weights.all(), latent, keep, network
				.decoderDepth(), network.decoderHeads()).get(0);
			row("encoder and decoder, " + precision, reference.error("out.prediction", prediction), tolerance);
		}
	}

	/** Of the total, the reconstruction and the consistency loss, each relative to itself. */
	private static double lossError(final ReferencePass pass) throws IOException {
		final double[] expected = pass.reference.values("out.losses");
		double error = 0;
		for (int i = 0; i < expected.length; i++)
			error = Math.max(error, Math.abs(pass.sums.toFloatArray()[i] / expected[i] - 1));
		return error;
	}

	private void tiny() throws IOException {
		try (ReferencePass pass = PretrainingPassTest.pass("", 1); Reference pytorch = new Reference(file("yardstick"))) {
			entries("both losses'", "gradient.", pass, pytorch);
		}
	}

	/**
	 * Each entry of the gradients, no worse than twice what PyTorch's own float32 does. At the real sizes this is of the
	 * reconstruction loss: the other has kinks, ReLU and max pooling, and where two values are equal to seven digits,
	 * rounding takes either side. The tiny network has no such pair.
	 */
	private void entries(final String losses, final String prefix, final ReferencePass pass, final Reference pytorch)
		throws IOException
	{
		final double[] yardstick = pytorch.values("yardstick");
		row(losses + " gradients, floor c", Gradients.floor(pass.reference, prefix, pass.gradients), 2 * yardstick[0]);
		row(losses + " gradients, share beyond 1e-4", Gradients.shareBeyond(pass.reference, prefix, pass.gradients), 2 *
			yardstick[1]);
	}

	/** Changes the weights. */
	private void adamW(final ReferencePass pass) throws IOException {
		final List<String> names = pass.reference.names("after.");
		try (AdamW optimiser = new AdamW(pass.weights, PretrainingSettings.BETA1, PretrainingSettings.BETA2, Rule.kernelDecay(
			0.05), null)) {
			for (int step = 0; step < RATES.length; step++) {
				for (final String name : names)
					try (NDArray gradient = pass.reference.tensor(pass.manager, "gradient." + name)) {
						optimiser.gradients().get(name).addi(gradient.muli(GRADIENT_SHARES[step]));
					}
				optimiser.step(RATES[step]);
			}
		}
		double error = 0;
		for (final String name : names)
			error = Math.max(error, pass.reference.error("after." + name, pass.weights.all().get(name)));
		row(names.size() + " parameters after three steps of AdamW", error, 1e-6);
	}

	private void segmentors() throws IOException {
		for (final String name : List.of("small", "full", "published")) {
			if (!file(name).toFile().exists()) continue;
			logits(name, Precision.FLOAT32, 1e-5);
			logits(name, Precision.BFLOAT16, 2e-2);
			probabilities(name);
		}
	}

	private void logits(final String name, final Precision precision, final double tolerance) throws IOException {
		try (NDManager manager = Devices.newManager(Device.cpu());
				Reference reference = new Reference(file(name));
				Weights weights = read(name);
				Script script = Script.load("stages", "Stages", Map.of("depth", 0, "heads", 0, "kind", precision.kind()), Device
					.cpu()))
		{
			final NDArray logits = script.call(manager, "logits", weights.all(), reference.tensor(manager, "in.image")).get(0);
			row(name + ", logits, " + precision, reference.error("out.logits", logits), tolerance);
		}
	}

	/** Of the reference in float64 and, where there is one, of the published class in float32. */
	private void probabilities(final String name) throws IOException {
		try (NDManager manager = Devices.newManager(Device.cpu());
				Reference reference = new Reference(file(name));
				Weights weights = read(name);
				Script script = Script.load("unext", "Unext", Map.of("kind", Precision.FLOAT32.kind()), Device.cpu()))
		{
			final NDArray vessels = script.call(manager, "probability", weights.all(), reference.tensor(manager, "in.image"))
				.get(0);
			for (final String other : List.of("out.vessels", "out.published")) {
				if (!reference.file().names().contains(other)) continue;
				final double largest = Arrays.stream(reference.values(other)).max().getAsDouble();
				row(name + ", probabilities, absolute, from " + (other.equals("out.vessels") ? "the reference"
					: "the published class in float32"), reference.error(other, vessels) * largest, 1e-5);
			}
		}
	}

	private Weights read(final String segmentor) throws IOException {
		return ReferencePass.read(segmentor.equals("full") ? Unext.FULL : Unext.SMALL, file(segmentor));
	}

	/**
	 * BatchNorm by the batch's own statistics makes rounding larger (channels last, PyTorch sums them up in float32, else in
	 * float64), and the U-Net's ReLU and max pooling have kinks: PyTorch's own float32 is the measure in training.
	 */
	private void segmentation(final SegmentationNetwork network) throws IOException {
		try (FineTuningPass pass = pass(network, Precision.FLOAT32)) {
			final double[] pytorch = pass.reference.values("yardstick");
			row("probabilities", pass.probabilityError(), 1e-5);
			pass.learn();
			row("logits in training", pass.reference.error("out.training_logits", pass.logits), Math.max(2e-5, 2 * pytorch[0]));
			row("losses", pass.lossError(), 1e-5);
			row("gradients of " + pass.reference.names("gradient.").size() + " parameters", pass.gradientError(), Math.max(1e-5,
				3 * pytorch[1]));
		}
		try (FineTuningPass pass = pass(network, Precision.BFLOAT16)) {
			row("probabilities, " + Precision.BFLOAT16, pass.probabilityError(), 5e-2);
		}
	}

	private FineTuningPass pass(final SegmentationNetwork network, final Precision precision) throws IOException {
		return new FineTuningPass(new Reference(file("numbers")), network, SegmentationLoss.DICE, precision);
	}
}
