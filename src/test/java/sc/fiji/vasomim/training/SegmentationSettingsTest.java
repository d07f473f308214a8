package sc.fiji.vasomim.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.google.gson.Gson;

import sc.fiji.vasomim.dataset.Augmentation;
import sc.fiji.vasomim.model.ParameterSpec;
import sc.fiji.vasomim.model.UNet;
import sc.fiji.vasomim.training.AdamW.Rule;

class SegmentationSettingsTest {

	@ParameterizedTest
	@CsvSource({ "0, 0, 0, layerdecay", "1.1, 0, 0, layerdecay", "1, 1, 0, droppath", "1, -0.1, 0, droppath",
		"1, 0, -1, clip", "1, 0, Infinity, clip" })
	void fineTuningNamesWhatIsWrong(final double layerdecay, final double droppath, final double clip,
		final String name)
	{
		assertNamed(name, () -> new FineTuning(layerdecay, droppath, false, clip));
	}

	@ParameterizedTest
	@CsvSource({ "-0.1, 3, NONE, cldice", "1.1, 3, NONE, cldice", "0.5, -1, NONE, iterations", "0.5, 3, , balance" })
	void theLossNamesWhatIsWrong(final double cldice, final int iterations, final ClassBalance balance,
		final String name)
	{
		assertNamed(name, () -> new SegmentationLoss(cldice, iterations, balance));
	}

	/** Never silently without effect. */
	@Test
	void transformersOptionsAreRefusedForOthers() {
		assertNamed("droppath", () -> settings(new FineTuning(1, 0.1, false, 0)));
		assertNamed("layerdecay", () -> settings(new FineTuning(0.75, 0, false, 0)));
	}

	/** 32 px are one px at the coarsest scale of five halvings, and one value has no variance. */
	@Test
	void batchesWithoutVarianceOrBeyondATensorAreRefused() {
		assertNamed("batch", () -> batch(new UNet(List.of(1, 1, 1, 1, 1, 1), List.of("vessel"), 32), 1));
		batch(new UNet(List.of(1, 1, 1, 1, 1, 1), List.of("vessel"), 32), 2);
		assertNamed("batch", () -> batch(new UNet(List.of(1, 1), List.of("vessel"), 4096), 33));
	}

	private static void batch(final UNet network, final int batch) {
		new SegmentationSettings(network, 1, 0, batch, 1, 0, 0, FineTuning.NONE, SegmentationLoss.DICE, Augmentation.NONE, 1,
			1, 0, "cpu", "float32");
	}

	private static SegmentationSettings settings(final FineTuning finetuning) {
		return new SegmentationSettings(new UNet(List.of(4, 8), List.of("vessel"), 32), 1, 0, 1, 1, 0, 0, finetuning,
			SegmentationLoss.DICE, Augmentation.NONE, 1, 1, 0, "cpu", "float32");
	}

	private static void assertNamed(final String name, final Runnable runnable) {
		final Exception e = assertThrows(IllegalArgumentException.class, runnable::run);
		assertTrue(e.getMessage().startsWith(name + ": "), e.getMessage());
	}

	@Test
	void jsonSaysAll() {
		final String json = new Gson().toJson(SegmentationPreset.VIT_BASE.settings(List.of("vessel"), 0));
		for (final String part : List.of("\"layerdecay\":0.75", "\"droppath\":0.1", "\"frozen\":false", "\"clip\":1.0",
			"\"cldice\":0.0", "\"balance\":\"NONE\"", "\"patch\":16", "\"base\":32"))
			assertTrue(json.contains(part), part + " in " + json);
	}

	/** Layer decay 0.75 over twelve blocks. */
	@Test
	void theVitPresetIsThePublishedOne() {
		assertRule("cls_token", Math.pow(0.75, 13), 0);
		assertRule("patch_embed.proj.weight", Math.pow(0.75, 13), 0.05);
		assertRule("blocks.0.norm1.weight", Math.pow(0.75, 12), 0);
		assertRule("blocks.11.mlp.fc1.weight", 0.75, 0.05);
		assertRule("pyramid.p2.conv1.weight", 1, 0.05);
		assertRule("head.bias", 1, 0);
	}

	private static void assertRule(final String name, final double rate, final double decay) {
		final SegmentationSettings settings = SegmentationPreset.VIT_BASE.settings(List.of("vessel"), 0);
		final ParameterSpec parameter = settings.network().parameters().stream().filter(p -> p.name().equals(name)).findAny()
			.orElseThrow();
		assertEquals(new Rule(rate, decay), settings.finetuning().rule(settings.network(), parameter, settings
			.decay()));
	}
}
