package sc.fiji.vasomim.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import sc.fiji.vasomim.model.ParameterSpec;
import sc.fiji.vasomim.model.VisionTransformer;

/** Each project's names and shapes, as its own class gives them, against the table of layouts. */
class LayoutsTest {

	/** Of ViT-B/16 for 224 px without a head, as timm counts. */
	private static final long BASE = 85_798_656;

	@ParameterizedTest
	@CsvSource({ "vasomim, VasoMIM, model, true", "mae, MAE, model, true", "amt, MAE, model, true",
		"deblurringmim, MAE, model, true", "hpm, HPM, model, true", "localmim, LocalMIM, model, true",
		"mocov3, MoCo v3, base, true", "dino, DINO, teacher, true", "dino-backbone, timm, model, true",
		"ibot, iBOT, teacher, true", "ibot-backbone, iBOT's encoder, model, true", "ijepa, I-JEPA, target, false",
		"chexworld, CheXWorld, target, false", "hf-vit, Hugging Face, encoder, true",
		"hf-vit-classifier, Hugging Face, encoder, true", "hf-mae, Hugging Face, encoder, true",
		"hf-ijepa, Hugging Face, encoder, false", "timm, timm, model, true", "timm-headless, timm, model, true" })
	void thePlainOnesAreWhole(final String list, final String layout, final String set, final boolean classToken)
		throws IOException
	{
		final NamedTensors named = NamedTensors.of(ListedCheckpoint.of(list));
		final NamedTensors.Match match = named.recognise("auto");
		assertEquals(layout, match.layout().name());
		assertEquals(set, match.set().name());
		final EncoderTensors tensors = EncoderTensors.of(named, match);
		final VisionTransformer network = EncoderShape.of(tensors).network(ImportSettings.DEFAULT, match.layout().heads());
		assertEquals(new VisionTransformer(224, 16, 768, 12, 12, 3072, classToken, false), network);
		assertEquals(List.of(), tensors.rest());
		long numbers = 0;
		for (final ParameterSpec spec : network.parameters()) {
			assertEquals(longs(spec), tensors.shape(spec.name()), spec.name());
			numbers += spec.shape().size();
		}
		// Without a class token, its vector and its row of the position table are not there.
		assertEquals(classToken ? BASE : BASE - 2 * 768, numbers);
	}

	private static List<Long> longs(final ParameterSpec spec) {
		final List<Long> shape = new ArrayList<>();
		for (final long axis : spec.shape().getShape()) shape.add(axis);
		return shape;
	}

	@ParameterizedTest
	@CsvSource({ "hpm, ema, ema_state_dict/", "mocov3, momentum, state_dict/module.momentum_encoder.",
		"dino, student, student/module.backbone.", "ibot, student, student/module.backbone.",
		"ijepa, encoder, encoder/module.", "chexworld, encoder, model/encoder." })
	void theOtherWeightsAreTakenWhenAskedFor(final String list, final String weights, final String prefix)
		throws IOException
	{
		final NamedTensors named = NamedTensors.of(ListedCheckpoint.of(list));
		final EncoderTensors tensors = EncoderTensors.of(named, named.recognise(weights));
		assertEquals(List.of(prefix + "blocks.11.mlp.fc2.weight"), tensors.parts().get("blocks.11.mlp.fc2.weight"));
		assertEquals(List.of(), tensors.rest());
	}

	@ParameterizedTest
	@CsvSource({ "simmim, SimMIM, relative positions", "dinov2, DINOv2, LayerScale",
		"dinov2-registers, DINOv2, LayerScale", "timm-dinov2, DINOv2, LayerScale",
		"rad-dino, DINOv2 of Hugging Face, LayerScale", "dinov3, DINOv3, rotary",
		"meddinov3, DINOv3, rotary", "hf-dinov3, DINOv3 of Hugging Face, rotary", "sam, SAM, windows" })
	void thoseBeyondThePlainOneAreKnownAndRefused(final String list, final String layout, final String obstacle)
		throws IOException
	{
		final NamedTensors.Match match = NamedTensors.of(ListedCheckpoint.of(list)).recognise("auto");
		assertEquals(layout, match.layout().name());
		assertTrue(match.layout().obstacle().contains(obstacle));
	}

	@Test
	void localMimTakesTheLastOfFourNorms() throws IOException {
		final NamedTensors named = NamedTensors.of(ListedCheckpoint.of("localmim"));
		final EncoderTensors tensors = EncoderTensors.of(named, named.recognise("auto"));
		assertEquals(List.of("model/norm.3.weight"), tensors.parts().get("norm.weight"));
		assertTrue(tensors.dropped().containsAll(Set.of("model/norm.0.weight", "model/hog_enc.0.conv.weight")), tensors
			.dropped().toString());
	}

	@Test
	void moCoV3SmallHasTwelveHeads() throws IOException {
		final Layout moco = NamedTensors.of(ListedCheckpoint.of("mocov3")).recognise("auto").layout();
		final EncoderShape small = new EncoderShape(14, 16, 384, 12, 1536, true);
		assertEquals(12, small.network(ImportSettings.DEFAULT, moco.heads()).heads());
		assertEquals(6, small.network(ImportSettings.DEFAULT, 0).heads());
	}

	@Test
	void viTgHasItsOwnMlp() throws IOException {
		final NamedTensors named = NamedTensors.of(ListedCheckpoint.of("ijepa-giant"));
		final EncoderTensors tensors = EncoderTensors.of(named, named.recognise("auto"));
		assertEquals(new VisionTransformer(224, 16, 1408, 40, 16, 6144, false, false), EncoderShape.of(tensors).network(
			ImportSettings.DEFAULT, 0));
		assertEquals(List.of("encoder/* (485)", "predictor/* (200)"), tensors.dropped());
	}

	@Test
	void aSetThatTheFileLacksIsNamed() throws IOException {
		final NamedTensors dino = NamedTensors.of(ListedCheckpoint.of("dino"));
		final String message = assertThrows(IllegalArgumentException.class, () -> dino.recognise("ema")).getMessage();
		assertTrue(message.startsWith("weights: ") && message.contains("has teacher, student, but no ema"), message);
	}

	@Test
	void everyPlainLayoutIsMetByAList() throws IOException {
		final List<String> plain = Layouts.ALL.stream().map(Layout::name).collect(Collectors.toList());
		for (final String list : List.of("vasomim", "mae", "hpm", "localmim", "mocov3", "dino", "timm", "ibot",
			"ibot-backbone", "ijepa", "chexworld", "hf-vit", "mae-fine-tuned", "simmim", "dinov2", "rad-dino", "dinov3",
			"hf-dinov3", "sam"))
			plain.remove(NamedTensors.of(ListedCheckpoint.of(list)).recognise("auto").layout().name());
		assertEquals(List.of("DINOv2 in chunks"), plain);
	}
}
