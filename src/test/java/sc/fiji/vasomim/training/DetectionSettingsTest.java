package sc.fiji.vasomim.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.google.gson.Gson;

import sc.fiji.vasomim.model.ParameterSpec;
import sc.fiji.vasomim.training.AdamW.Rule;

/** The rules of ViTDet-B, as detectron2's config has them: layer decay 0.7 over twelve blocks, weight decay 0.1. */
class DetectionSettingsTest {

	private static final DetectionSettings PUBLISHED = DetectionSettings.published(List.of("stenosis"), 1024);

	private static ParameterSpec parameter(final String name) {
		return PUBLISHED.network().parameters().stream().filter(p -> p.name().equals(name)).findAny().orElseThrow();
	}

	private static Rule rule(final FineTuning finetuning, final String name) {
		return finetuning.rule(PUBLISHED.network(), parameter(name), PUBLISHED.decay());
	}

	@ParameterizedTest
	@CsvSource({ "backbone.net.pos_embed, 13, 0", "backbone.net.patch_embed.proj.weight, 13, 0.1",
		"backbone.net.patch_embed.proj.bias, 13, 0.1", "backbone.net.blocks.0.norm1.weight, 12, 0",
		"backbone.net.blocks.3.attn.rel_pos_h, 9, 0.1", "backbone.net.blocks.10.norm2.bias, 2, 0",
		"backbone.net.blocks.11.attn.qkv.bias, 1, 0.1", "backbone.simfp_2.1.weight, 0, 0.1",
		"backbone.simfp_4.0.norm.bias, 0, 0.1", "proposal_generator.rpn_head.conv.conv0.bias, 0, 0.1",
		"roi_heads.box_head.conv1.norm.weight, 0, 0.1", "roi_heads.box_predictor.cls_score.weight, 0, 0.1" })
	void eachParameterMovesAsPublished(final String name, final int layersAbove, final double decay) {
		assertEquals(new Rule(Math.pow(0.7, layersAbove), decay), rule(PUBLISHED.finetuning(), name));
	}

	/** Weight and bias of two norms in twelve blocks, and the positions. */
	@Test
	void fortyNineTensorsDoNotDecay() {
		assertEquals(12 * 4 + 1, PUBLISHED.network().parameters().stream().filter(p -> !PUBLISHED.network().decays(p))
			.count());
	}

	@ParameterizedTest
	@CsvSource({ "backbone.net.pos_embed, true", "backbone.net.blocks.3.norm1.bias, true",
		"backbone.net.patch_embed.proj.weight, true", "backbone.net.blocks.3.attn.rel_pos_h, false",
		"backbone.simfp_2.0.weight, false" })
	void whatPreTrainingGivesCanBeFrozen(final String name, final boolean frozen) {
		assertEquals(frozen, rule(new FineTuning(1, 0, true, 0), name).equals(Rule.FROZEN));
	}

	@Test
	void jsonSaysAll() {
		final String json = new Gson().toJson(PUBLISHED);
		for (final String part : List.of("\"size\":1024", "\"epochs\":100", "\"batch\":64", "\"rate\":1.0E-4",
			"\"schedule\":\"STEP\"", "\"decay\":0.1", "\"layerdecay\":0.7", "\"droppath\":0.1", "\"frozen\":false",
			"\"clip\":0.0", "\"least\":0.1", "\"most\":2.0", "\"mirror\":true"))
			assertTrue(json.contains(part), part + " in " + json);
	}

	@Test
	void whatIsMissingIsNamed() {
		final Exception e = assertThrows(IllegalArgumentException.class, () -> new DetectionSettings(PUBLISHED.network(), 1,
			0, 1, 1, RateSchedule.STEP, 0, 0, null, PUBLISHED.jitter(), 1, 1, 0, "cpu", "float32"));
		assertTrue(e.getMessage().contains("finetuning"), e.getMessage());
	}
}
