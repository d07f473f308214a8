package sc.fiji.vasomim.training;

import java.util.List;

import sc.fiji.vasomim.dataset.ScaleJitter;
import sc.fiji.vasomim.model.FasterRcnn.Variant;

/** A detector with the recipe that trains it. */
public enum DetectionPreset {

	/** ViT of 192 channels, pyramid and heads of 64, for CPUs; from scratch. */
	TINY(Variant.TINY, 512),
	/** ViT of 384 channels, pyramid and heads of 128. */
	SMALL(Variant.SMALL, 512),
	/** As published on ViT-B, but in batches of 8: the rate and the epochs are those of 64. */
	BASE(Variant.BASE, 1024);

	private final Variant variant;

	private final int size;

	DetectionPreset(final Variant variant, final int size) {
		this.variant = variant;
		this.size = size;
	}

	/** Side in px of the square that images are scaled and padded to. */
	public int size() {
		return size;
	}

	/**
	 * @param classes what to find
	 * @param side in px of the square that images are scaled and padded to; 0: {@link #size}
	 */
	public DetectionSettings settings(final List<String> classes, final int side) {
		final int s = side == 0 ? size : side;
		if (this == BASE) {
			final DetectionSettings d = DetectionSettings.published(classes, s);
			return new DetectionSettings(d.network(), d.epochs(), d.warmup(), 8, d.rate(), d.schedule(), d.decay(), d.average(), d
				.finetuning(), d.jitter(), 1, 1, d.seed(), d.device(), d.precision());
		}
		return new DetectionSettings(variant.forSize(s, classes), 60, 1, 2, 2e-4, RateSchedule.COSINE, 0.05, 0,
			new FineTuning(1, 0, false, 1), new ScaleJitter(0.75, 1.33, true), 1, 1, 0, "auto", "auto");
	}
}
