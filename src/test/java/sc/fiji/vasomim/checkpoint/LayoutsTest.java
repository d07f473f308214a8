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
import sc.fiji.vasomim.model.VitDet;
import sc.fiji.vasomim.model.VitOptions;
import sc.fiji.vasomim.model.VitOptions.Positions;

/** Each project's names and shapes, as its own class gives them, against the table of layouts. */
class LayoutsTest {

	/** Of ViT-B/16 for 224 px without a head, as timm counts. */
	private static final long BASE = 85_798_656;

	@ParameterizedTest
	@CsvSource({ "vasomim, VasoMIM, model, true", "mae, MAE, model, true", "amt, MAE, model, true",
		"deblurringmim, MAE, model, true", "hpm, HPM, model, true", "localmim, LocalMIM, model, true",
		"mocov3, MoCo v3, base, true", "dino, DINO, teacher, true", "dino-backbone, timm, model, true",
		"ibot, iBOT, teacher, true", "ibot-backbone, names shared by iBOT and others, model, true",
		"ijepa, I-JEPA, target, false",
		"chexworld, CheXWorld, target, false", "hf-vit, Hugging Face, encoder, true",
		"hf-vit-classifier, Hugging Face, encoder, true", "hf-mae, Hugging Face, encoder, true",
		"hf-ijepa, I-JEPA of Hugging Face, encoder, false", "timm, timm, model, true", "timm-headless, timm, model, true" })
	void thePlainOnesAreWhole(final String list, final String layout, final String set, final boolean classToken)
		throws IOException
	{
		final NamedTensors named = NamedTensors.of(ListedCheckpoint.of(list));
		final NamedTensors.Match match = named.recognise("auto");
		assertEquals(layout, match.layout().name());
		assertEquals(set, match.set().name());
		final EncoderTensors tensors = EncoderTensors.of(named, match);
		final VisionTransformer network = EncoderShape.of(tensors, false).network(ImportSettings.DEFAULT, match
			.layout());
		assertEquals(new VisionTransformer(224, 16, 768, 12, 12, 3072, classToken, false, new VitOptions(Positions.TABLE, 0,
			match.layout().name().equals("Hugging Face") ? 1e-12 : 1e-6)), network);
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

	/** Counted by the projects' classes: what a plain ViT-B has, positions and tokens exchanged, k and v biases apart. */
	@ParameterizedTest
	@CsvSource({ "simmim, SimMIM, RELATIVE, 0, 224, 16", "timm-beit, BEiT, RELATIVE, 0, 224, 16",
		"dinov2, names shared by DINOv2 and timm, TABLE, 0, 518, 14",
		"dinov2-registers, names shared by DINOv2 and timm, TABLE, 4, 518, 14",
		"timm-dinov2, names shared by DINOv2 and timm, TABLE, 0, 518, 14",
		"dinov2-chunks, DINOv2 in chunks, TABLE, 0, 518, 14",
		"rad-dino, DINOv2 of Hugging Face, TABLE, 0, 518, 14", "dinov3, DINOv3, ROTARY, 4, 224, 16",
		"meddinov3, MedDINOv3, ROTARY, 4, 224, 16", "hf-dinov3, DINOv3 of Hugging Face, ROTARY, 4, 224, 16",
		"timm-dinov3, DINOv3 of timm, ROTARY, 4, 224, 16" })
	void thoseBeyondThePlainOneAreWhole(final String list, final String layout, final Positions positions,
		final int registers, final int size, final int patch) throws IOException
	{
		final NamedTensors named = NamedTensors.of(ListedCheckpoint.of(list));
		final NamedTensors.Match match = named.recognise("auto");
		assertEquals(layout, match.layout().name());
		final EncoderTensors tensors = EncoderTensors.of(named, match);
		final VisionTransformer network = EncoderShape.of(tensors, match.layout().rotary()).network(ImportSettings.DEFAULT,
			match.layout());
		assertEquals(new VisionTransformer(size, patch, 768, 12, 12, 3072, true, false, new VitOptions(positions, registers,
			match.layout().epsilon(), list.equals("timm-beit"))), network);
		assertEquals(List.of(), tensors.rest());
		for (final ParameterSpec spec : network.parameters())
			if (tensors.has(spec.name())) assertEquals(longs(spec), tensors.shape(spec.name()), spec.name());
			else assertTrue(spec.name().matches("rope_embed.periods|.*\\.qkv\\.bias"), spec.name());
	}

	/** What SAM's own builder says of ViT-B; LVM-Med has no absolute positions. */
	@Test
	void samsEncoderIsADetectors() throws IOException {
		final NamedTensors named = NamedTensors.of(ListedCheckpoint.of("sam"));
		final NamedTensors.Match match = named.recognise("auto");
		final EncoderTensors tensors = EncoderTensors.of(named, match);
		assertEquals("SAM", match.layout().name());
		assertEquals(new VitDet(1024, 768, 12, 12, 14, List.of(2, 5, 8, 11), 64), WindowedShape.network(tensors,
			ImportSettings.DEFAULT));
		assertEquals(List.of(), tensors.rest());
		tensors.parts().remove("pos_embed");
		assertEquals(64, WindowedShape.network(tensors, ImportSettings.DEFAULT).positions());
	}

	@Test
	void localMimTakesTheLastOfFourNorms() throws IOException {
		final NamedTensors named = NamedTensors.of(ListedCheckpoint.of("localmim"));
		final EncoderTensors tensors = EncoderTensors.of(named, named.recognise("auto"));
		assertEquals(List.of("model/norm.3.weight"), tensors.parts().get("norm.weight"));
		assertTrue(tensors.dropped().containsAll(Set.of("model/norm.0.weight", "model/hog_enc.0.conv.weight")), tensors
			.dropped().toString());
	}

	/** Its classifier's normalisation comes behind the mean of the tokens, which stay without. */
	@Test
	void maesFineTunedEncoderHasNoLastNorm() throws IOException {
		final NamedTensors named = NamedTensors.of(ListedCheckpoint.of("mae-fine-tuned"));
		final NamedTensors.Match match = named.recognise("auto");
		assertEquals("names shared by MAE, DeiT and others", match.layout().name());
		final EncoderTensors tensors = EncoderTensors.of(named, match);
		final VisionTransformer network = EncoderShape.of(tensors, false).network(ImportSettings.DEFAULT, match.layout());
		assertTrue(network.options().unnormed());
		assertTrue(tensors.dropped().contains("model/fc_norm.weight"), tensors.dropped().toString());
		assertEquals(BASE - 2 * 768, network.parameters().stream().mapToLong(spec -> spec.shape().size()).sum());
	}

	/** Names alone don't tell whose weights they are, where projects share them. */
	@ParameterizedTest
	@CsvSource({ "mae-fine-tuned, unknown; ask", "ibot-backbone, unknown; ask", "dino-backbone, unknown; ask",
		"timm, unknown; ask", "mae, unknown; ask", "dino, unknown; ask", "timm-dinov2, unknown; ask", "sam, unknown; ask",
		"hf-vit, unknown; ask", "hpm, Apache 2.0", "dinov3, DINOv3 License", "simmim, MIT", "ijepa, CC BY-NC 4.0" })
	void aLicenceIsSaidWhereTheNamesAreOneProjects(final String list, final String licence) throws IOException {
		final String said = NamedTensors.of(ListedCheckpoint.of(list)).recognise("auto").layout().licence();
		assertTrue(said.startsWith(licence), said);
	}

	@Test
	void moCoV3SmallHasTwelveHeads() throws IOException {
		final Layout moco = NamedTensors.of(ListedCheckpoint.of("mocov3")).recognise("auto").layout();
		final EncoderShape small = new EncoderShape(14, 16, 384, 12, 0, 1536, true, Positions.TABLE, 0, false);
		assertEquals(12, small.network(ImportSettings.DEFAULT, moco).heads());
		assertEquals(6, small.network(ImportSettings.DEFAULT, moco.withHeads(0)).heads());
	}

	@Test
	void viTgHasItsOwnMlp() throws IOException {
		final NamedTensors named = NamedTensors.of(ListedCheckpoint.of("ijepa-giant"));
		final EncoderTensors tensors = EncoderTensors.of(named, named.recognise("auto"));
		assertEquals(new VisionTransformer(224, 16, 1408, 40, 16, 6144, false, false), EncoderShape.of(tensors, false)
			.network(ImportSettings.DEFAULT, Layout.of("any")));
		assertEquals(List.of("encoder/* (485)", "predictor/* (200)"), tensors.dropped());
	}

	@Test
	void aSetThatTheFileLacksIsNamed() throws IOException {
		final NamedTensors dino = NamedTensors.of(ListedCheckpoint.of("dino"));
		final String message = assertThrows(IllegalArgumentException.class, () -> dino.recognise("ema")).getMessage();
		assertTrue(message.startsWith("weights: ") && message.contains("has teacher, student, but no ema"), message);
	}

	@Test
	void everyLayoutIsMetByAList() throws IOException {
		final List<String> rest = Layouts.ALL.stream().map(Layout::name).distinct().collect(Collectors.toList());
		for (final String list : List.of("vasomim", "mae", "hpm", "localmim", "mocov3", "dino", "timm", "ibot",
			"ibot-backbone", "ijepa", "chexworld", "hf-vit", "mae-fine-tuned", "hf-ijepa", "simmim", "dinov2", "rad-dino",
			"dinov3", "hf-dinov3", "sam", "timm-beit", "dinov2-chunks", "meddinov3", "timm-dinov3"))
			rest.remove(NamedTensors.of(ListedCheckpoint.of(list)).recognise("auto").layout().name());
		assertEquals(List.of(), rest);
	}
}
