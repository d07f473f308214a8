package sc.fiji.vasomim.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import sc.fiji.vasomim.Reference;
import sc.fiji.vasomim.dataset.Augmentation;
import sc.fiji.vasomim.model.ParameterSpec.Role;
import sc.fiji.vasomim.model.SegmentationNetwork;
import sc.fiji.vasomim.model.UNet;
import sc.fiji.vasomim.model.Unext;
import sc.fiji.vasomim.model.VisionTransformer;
import sc.fiji.vasomim.model.VitUNet;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Precision;
import sc.fiji.vasomim.torch.Script;

/** One pass over whole, unchanged images against the references: logits, losses, running statistics, gradients. */
class FineTuningPassTest {

	private static final List<String> VESSEL = List.of("vessel");

	private static final List<String> THREE = List.of("a", "b", "c");

	private static final VitUNet VIT = new VitUNet(new VisionTransformer(64, 16, 24, 2, 3, false), 2, false, VESSEL);

	private static final SegmentationLoss CLDICE = new SegmentationLoss(0.375, 3, ClassBalance.NONE);

	static Stream<Arguments> networks() {
		return Stream.of(Arguments.of("vit_unet", VIT, SegmentationLoss.DICE), Arguments.of("vit_unet_8", new VitUNet(
			new VisionTransformer(64, 8, 24, 2, 3, false), 2, false, VESSEL), SegmentationLoss.DICE), Arguments.of(
				"vit_unet_normed", new VitUNet(VIT.encoder(), 2, true, VESSEL), SegmentationLoss.DICE), Arguments.of("unet",
					new UNet(List.of(4, 8, 12), THREE, 32), CLDICE), Arguments.of("unext_classes", new Unext(5, 6, 9, 13, 24).with(
						THREE, 32), SegmentationLoss.DICE));
	}

	@ParameterizedTest
	@MethodSource("networks")
	void logitsLossesStatisticsAndGradientsEqualTheReference(final String name, final SegmentationNetwork network,
		final SegmentationLoss loss) throws IOException
	{
		try (Pass pass = new Pass(name, network, loss, Precision.FLOAT32)) {
			assertTrue(pass.probabilityError("out.logits") < 1e-5);
			pass.run();
			pass.reference.assertClose("out.training_logits", pass.logits, 1e-5);
			final double[] expected = pass.reference.values("out.losses");
			for (int i = 0; i < pass.sums.size(); i++)
				assertEquals(expected[i], pass.sums.getFloat(i), 1e-5 * expected[i], "loss " + i);
			for (final String statistic : pass.reference.names("after."))
				pass.reference.assertClose("after." + statistic, pass.weights.all().get(statistic), 1e-5);
			pass.gradients.keySet().retainAll(pass.reference.names("gradient."));
			final double error = Gradients.error(pass.reference, pass.gradients);
			assertTrue(error < 1e-5, "gradients are off by " + error);
		}
	}

	@ParameterizedTest
	@CsvSource({ "cls_token", "pos_embed", "blocks.0.attn.qkv.weight", "pyramid.p2.conv2.weight", "pyramid.p8.norm1.bias",
		"stem.skip.weight", "decoder.1.conv1.bias", "head.weight" })
	void aWeightThatIsOffByAHundredthIsSeen(final String name) throws IOException {
		try (Pass pass = new Pass("vit_unet", VIT, SegmentationLoss.DICE, Precision.FLOAT32)) {
			pass.weights.all().get(name).muli(1.01);
			assertTrue(pass.probabilityError("out.logits") > 1e-5);
		}
	}

	@ParameterizedTest
	@MethodSource("networks")
	void bfloat16IsNear(final String name, final SegmentationNetwork network, final SegmentationLoss loss)
		throws IOException
	{
		try (Pass pass = new Pass(name, network, loss, Precision.BFLOAT16)) {
			final double error = pass.probabilityError("out.logits");
			assertTrue(error < 3e-2 && error > 1e-5, "off by " + error);
			pass.run();
			assertEquals(pass.reference.values("out.losses")[0], pass.sums.getFloat(0), 2e-2);
		}
	}

	/** Positions of 4 x 4 patches are brought to 3 x 6. */
	@Test
	void imagesOfOtherShapesWork() throws IOException {
		try (Pass pass = new Pass("vit_unet_wide", VIT, SegmentationLoss.DICE, Precision.FLOAT32)) {
			assertTrue(pass.probabilityError("out.logits") < 1e-5);
		}
	}

	private static final class Pass implements AutoCloseable {

		private final NDManager manager = Devices.newManager(Device.cpu());

		private final Reference reference;

		private final SegmentationSettings settings;

		private final Precision precision;

		private final Weights weights;

		private final Map<String, NDArray> gradients = new HashMap<>();

		private final NDArray sums;

		private NDArray logits;

		private Pass(final String name, final SegmentationNetwork network, final SegmentationLoss loss,
			final Precision precision) throws IOException
		{
			this.precision = precision;
			reference = new Reference(name);
			settings = new SegmentationSettings(network, 1, 0, 1, 1, 0, 0, FineTuning.NONE, loss, Augmentation.NONE, 1, 1, 0,
				"cpu", precision.toString());
			weights = Weights.initialise(network, 1, Device.cpu());
			Reference.scramble(weights.all());
			network.parameters().stream().filter(p -> p.role() == Role.TRAINED).forEach(p -> gradients.put(p.name(), manager
				.zeros(p.shape())));
			sums = manager.zeros(new Shape(loss.cldice() > 0 ? 4 : 3));
		}

		private void run() throws IOException {
			final NDArray image = reference.tensor(manager, "in.image");
			final long b = image.getShape().get(0);
			final NDArray upright = manager.create(new float[] { 1, 0, 0, 0, 1, 0 }, new Shape(1, 2, 3)).repeat(0, b);
			final NDArray plain = manager.create(new float[] { 1, 1, 0 }, new Shape(1, 3)).repeat(0, b);
			try (Script script = Script.load("finetuning", "FineTuning", SegmentationTrainer.attributes(settings, precision),
				Device.cpu()))
			{
				logits = script.call(manager, "gradients", weights.all(), gradients, image, reference.tensor(manager,
					"in.labels"), Gradients.wholeImages(manager, (int) b, settings.network().size()), upright, plain, manager.zeros(
						image.getShape()), reference.file().contains("in.branches") ? reference.tensor(manager, "in.branches") : manager
							.zeros(new Shape(0)), reference.tensor(manager, "in.balance"), sums).get(0);
			}
		}

		/** Of what is shown to users, in eval mode, from the logits of the reference. */
		private double probabilityError(final String name) throws IOException {
			final NDArray image = reference.tensor(manager, "in.image");
			final NDArray expected = reference.tensor(manager, name);
			try (Script script = Script.load("segmentation", "Segmentation", attributes(), Device.cpu())) {
				final NDArray probability = script.call(manager, "probability", weights.all(), image, image.getShape().get(1), image
					.getShape().get(2)).get(0);
				return Reference.relativeError(Reference.doubles(settings.network().outputs() == 1 ? expected.neg().exp().add(1).pow(
					-1) : expected.softmax(1)), Reference.doubles(probability));
			}
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
}
