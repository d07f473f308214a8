package sc.fiji.vasomim.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import sc.fiji.vasomim.guidance.GuidanceSource;
import sc.fiji.vasomim.guidance.MaskSchedule;
import sc.fiji.vasomim.guidance.MaskingSettings;

/** Of 196 patches: VasoMIM hides 98, in the end 49 of them by guidance; MAE hides 147, none by guidance. */
class PretrainingPresetTest {

	@Test
	void presetsAreAsPublished() {
		final MaskSchedule vasomim = PretrainingPreset.of("VasoMIM").masking().schedule();
		assertEquals(98, vasomim.hidden(196));
		assertEquals(49, vasomim.guided(196, 799, 800));
		assertEquals(0.5, PretrainingPreset.VASOMIM.masking().eta());
		final MaskingSettings first = PretrainingPreset.of("VasoMIM-v1").masking();
		assertEquals(GuidanceSource.FILTER, first.source());
		assertEquals(1, PretrainingPreset.VASOMIM_V1.consistency());
		final MaskSchedule mae = PretrainingPreset.of("MAE").masking().schedule();
		assertEquals(147, mae.hidden(196));
		assertEquals(0, mae.guided(196, 799, 800));
		assertEquals(0, PretrainingPreset.MAE.consistency());
	}

	@Test
	void onlyMaeNeedsNoSegmentor() {
		for (final PretrainingPreset preset : PretrainingPreset.values())
			assertEquals(preset != PretrainingPreset.MAE, of(preset.masking(), preset.consistency()).needsSegmentor());
		assertFalse(of(PretrainingPreset.VASOMIM_V1.masking(), 0).needsSegmentor());
		assertTrue(of(PretrainingPreset.VASOMIM.masking(), 0).needsSegmentor());
	}

	@Test
	void anUnknownPresetIsRefused() {
		final Exception e = assertThrows(IllegalArgumentException.class, () -> PretrainingPreset.of("vasomim"));
		assertTrue(e.getMessage().startsWith("preset: must be VasoMIM, VasoMIM-v1 or MAE"), e.getMessage());
	}

	private static PretrainingSettings of(final MaskingSettings masking, final double consistency) {
		final PretrainingSettings paper = PretrainingSettings.VASOMIM;
		return new PretrainingSettings(paper.network(), 1, 0, 1, 1, 0, 0, masking, consistency, 1, 1, 0, 1, 0, 0, "cpu",
			"float32");
	}
}
