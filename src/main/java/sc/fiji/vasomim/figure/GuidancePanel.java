package sc.fiji.vasomim.figure;

import java.util.Map;

import ij.process.ColorProcessor;

import sc.fiji.vasomim.guidance.PatchGuidance;
import sc.fiji.vasomim.guidance.PatchMask;

/** How a mask comes about: image, vascular mask, probability, patch distribution, hidden patches. */
public final class GuidancePanel {

	private GuidancePanel() {}

	/** @param masks hidden patches by title, such as an epoch; in the map's order */
	public static ColorProcessor draw(final PatchGuidance guidance, final Map<String, PatchMask> masks) {
		final ColorProcessor image = Tiles.grey(guidance.image(), 255);
		final Panel panel = new Panel().row().add("angiogram", image).add("vascular mask (filter)", Tiles.grey(guidance
			.anatomy(), 255)).add("vessel probability (segmentor)", Tiles.grey(guidance.probability(), 1)).add(
				"probability of each patch", Tiles.heat(guidance.distribution(), guidance.grid(), image.getWidth())).row();
		masks.forEach((title, mask) -> panel.add(title, Tiles.tintPatches(image, mask.grid(), mask.masked(), mask
			.guided())));
		return panel.caption("hidden patches: orange = chosen by guidance, blue = drawn at random").draw();
	}
}
