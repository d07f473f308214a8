package sc.fiji.vasomim.training;

import java.util.List;

import sc.fiji.vasomim.dataset.Augmentation;
import sc.fiji.vasomim.model.MaskedAutoencoder.Variant;
import sc.fiji.vasomim.model.SegmentationNetwork;
import sc.fiji.vasomim.model.UNet;
import sc.fiji.vasomim.model.Unext;
import sc.fiji.vasomim.model.VisionTransformer;
import sc.fiji.vasomim.model.VitUNet;

/** A segmentation network with the recipe that trains it well. */
public enum SegmentationPreset {

	/** The light U-Net, 0.92 million parameters. */
	UNET(256),
	/** A U-Net with one halving more, whose lowest stage sees the whole image; that of the bundled model. */
	DEEP_UNET(256),
	/** UNeXt-S, 0.25 million parameters. */
	UNEXT(224),
	/** A small transformer with the published decoder at half its width, for CPUs. */
	VIT_TINY(224),
	/** ViT-B/16 with the published decoder. */
	VIT_BASE(224);

	private static final List<Integer> DEEP = List.of(16, 32, 64, 128, 192, 256);

	private final int size;

	SegmentationPreset(final int size) {
		this.size = size;
	}

	/** Side in px of the images that it is trained on. */
	public int size() {
		return size;
	}

	/**
	 * @param classes what to tell apart
	 * @param side in px of the images that it is trained on; 0: {@link #size}
	 */
	public SegmentationSettings settings(final List<String> classes, final int side) {
		final int s = side == 0 ? size : side;
		return switch (this) {
			case UNET -> convolutional(new UNet(UNet.LIGHT, classes, s));
			case DEEP_UNET -> convolutional(new UNet(DEEP, classes, s));
			case UNEXT -> convolutional(Unext.SMALL.with(classes, s));
			case VIT_TINY -> transformer(new VitUNet(encoder(Variant.TINY, s), VitUNet.BASE / 2, false, classes));
			case VIT_BASE -> transformer(new VitUNet(encoder(Variant.BASE, s), classes));
		};
	}

	private static VisionTransformer encoder(final Variant variant, final int side) {
		return variant.forSize(side).encoder();
	}

	private static SegmentationSettings convolutional(final SegmentationNetwork network) {
		return new SegmentationSettings(network, 60, 2, 8, 3e-3, 1e-2, 0.998, FineTuning.NONE, SegmentationLoss.DICE,
			Augmentation.ANGIOGRAM, 1, 1, 0, "auto", "auto");
	}

	/** As CheXWorld is fine-tuned: AdamW with rate 1e-3 x batch / 256, decay 0.05, layer decay 0.75, drop path 0.1. */
	private static SegmentationSettings transformer(final SegmentationNetwork network) {
		return new SegmentationSettings(network, 100, 5, 16, 1e-3 * 16 / 256, 0.05, 0.998, new FineTuning(0.75, 0.1, false, 1),
			SegmentationLoss.DICE, Augmentation.ANGIOGRAM, 1, 1, 0, "auto", "auto");
	}
}
