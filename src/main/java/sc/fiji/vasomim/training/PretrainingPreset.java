package sc.fiji.vasomim.training;

import sc.fiji.vasomim.guidance.GuidanceSource;
import sc.fiji.vasomim.guidance.MaskSchedule;
import sc.fiji.vasomim.guidance.MaskingSettings;
import sc.fiji.vasomim.guidance.PatchSampling;

/** Published ways to hide patches and to judge what is filled in; in all else they are one recipe. */
public enum PretrainingPreset {

	/** Co-guidance by filter and segmentor (arXiv 2602.11536). */
	VASOMIM("VasoMIM", MaskingSettings.VASOMIM, 1),

	/** Guidance by the filter's mask alone (arXiv 2508.10794, AAAI 2026). */
	VASOMIM_V1("VasoMIM-v1", new MaskingSettings(MaskSchedule.VASOMIM, GuidanceSource.FILTER, 1,
		PatchSampling.PROPORTIONAL), 1),

	/** Three quarters hidden at random, nothing but reconstruction (He et al. 2022). */
	MAE("MAE", new MaskingSettings(new MaskSchedule(0.75, 0, 0), GuidanceSource.NONE, 0, PatchSampling.PROPORTIONAL), 0);

	private final String label;

	private final MaskingSettings masking;

	private final double consistency;

	PretrainingPreset(final String label, final MaskingSettings masking, final double consistency) {
		this.label = label;
		this.masking = masking;
		this.consistency = consistency;
	}

	/** @throws IllegalArgumentException if there is no such preset */
	public static PretrainingPreset of(final String label) {
		for (final PretrainingPreset preset : values())
			if (preset.label.equals(label)) return preset;
		throw new IllegalArgumentException("preset: must be VasoMIM, VasoMIM-v1 or MAE, but was " + label);
	}

	public MaskingSettings masking() {
		return masking;
	}

	/** Weight of the anatomical consistency loss. */
	public double consistency() {
		return consistency;
	}

	/** As users write it. */
	@Override
	public String toString() {
		return label;
	}
}
