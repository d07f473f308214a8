package sc.fiji.vasomim.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import sc.fiji.vasomim.Reference;
import sc.fiji.vasomim.model.SegmentationNetwork;
import sc.fiji.vasomim.model.UNet;
import sc.fiji.vasomim.model.Unext;
import sc.fiji.vasomim.model.VisionTransformer;
import sc.fiji.vasomim.model.VitOptions;
import sc.fiji.vasomim.model.VitUNet;
import sc.fiji.vasomim.torch.Precision;

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
		try (FineTuningPass pass = new FineTuningPass(new Reference(name), network, loss, Precision.FLOAT32)) {
			assertTrue(pass.probabilityError() < 1e-5);
			pass.run();
			pass.reference.assertClose("out.training_logits", pass.logits, 1e-5);
			assertTrue(pass.lossError() < 1e-5);
			for (final String statistic : pass.reference.names("after."))
				pass.reference.assertClose("after." + statistic, pass.weights.all().get(statistic), 1e-5);
			final double error = pass.gradientError();
			assertTrue(error < 1e-5, "gradients are off by " + error);
		}
	}

	@ParameterizedTest
	@CsvSource({ "cls_token", "pos_embed", "blocks.0.attn.qkv.weight", "pyramid.p2.conv2.weight", "pyramid.p8.norm1.bias",
		"stem.skip.weight", "decoder.1.conv1.bias", "head.weight" })
	void aWeightThatIsOffByAHundredthIsSeen(final String name) throws IOException {
		try (FineTuningPass pass = new FineTuningPass(new Reference("vit_unet"), VIT, SegmentationLoss.DICE,
			Precision.FLOAT32))
		{
			pass.weights.all().get(name).muli(1.01);
			assertTrue(pass.probabilityError() > 1e-5);
		}
	}

	@ParameterizedTest
	@MethodSource("networks")
	void bfloat16IsNear(final String name, final SegmentationNetwork network, final SegmentationLoss loss)
		throws IOException
	{
		try (FineTuningPass pass = new FineTuningPass(new Reference(name), network, loss, Precision.BFLOAT16)) {
			final double error = pass.probabilityError();
			assertTrue(error < 3e-2 && error > 1e-5, "off by " + error);
			pass.run();
			assertEquals(pass.reference.values("out.losses")[0], pass.sums.getFloat(0), 2e-2);
		}
	}

	/** Imported encoders are trained in all their parts, with and without a class token. */
	@ParameterizedTest
	@CsvSource({ "TABLE, 4, true, FLOAT32", "TABLE, 0, false, FLOAT32", "RELATIVE, 0, true, FLOAT32",
		"RELATIVE, 0, true, BFLOAT16", "ROTARY, 4, true, FLOAT32", "ROTARY, 4, true, BFLOAT16", "ROTARY, 0, false, FLOAT32" })
	void everyTrainedWeightOfAnImportedEncoderHasAGradient(final VitOptions.Positions positions, final int registers,
		final boolean classToken, final Precision precision) throws IOException
	{
		final VisionTransformer encoder = new VisionTransformer(64, 16, 24, 2, 2, 96, classToken, true, new VitOptions(
			positions, registers, 1e-5));
		try (FineTuningPass pass = new FineTuningPass(new Reference("vit_unet"), new VitUNet(encoder, 2, false, VESSEL),
			SegmentationLoss.DICE, precision))
		{
			pass.run();
			assertEquals(List.of(), pass.withoutGradient());
		}
	}

	/** Positions of 4 x 4 patches are brought to 3 x 6. */
	@Test
	void imagesOfOtherShapesWork() throws IOException {
		try (FineTuningPass pass = new FineTuningPass(new Reference("vit_unet_wide"), VIT, SegmentationLoss.DICE,
			Precision.FLOAT32))
		{
			assertTrue(pass.probabilityError() < 1e-5);
		}
	}
}
