package sc.fiji.vasomim.command;

import org.scijava.plugin.Parameter;

import sc.fiji.vasomim.anatomy.ComponentRule;
import sc.fiji.vasomim.anatomy.VascularMaskSettings;

/** What Extract Vascular Anatomy and its sibling on files share. */
abstract class AbstractExtractVascularAnatomy extends VasoMIMCommand {

	private static final VascularMaskSettings PAPER = VascularMaskSettings.VASOMIM;

	@Parameter(label = "Percentile", min = "0", max = "100", persist = false,
		description = "Of the vesselness over the whole image; what lies at or above it is kept")
	private double percentile = PAPER.percentile();

	@Parameter(label = "Frame (px)", min = "0", persist = false,
		description = "Border band without vessels: the mirrored border makes false ridges")
	private int frame = PAPER.frame();

	@Parameter(label = "Neighbours", choices = { "4", "8" }, persist = false,
		description = "Pixels that touch by their sides (4) or by their corners too (8) are connected")
	private String neighbours = "4";

	@Parameter(label = "Keep", choices = { "published seed", "largest", "at least", "all" }, persist = false,
		description = "Components to keep: that of the strongest pixel (as published), the largest, those of a least size, all")
	private String keep = "published seed";

	@Parameter(label = "Least size (px)", min = "1", persist = false, description = "For Keep: at least")
	private int leastsize = 200;

	VascularMaskSettings settings() {
		return new VascularMaskSettings(PAPER.vesselness(), PAPER.truncate(), frame, percentile, "8".equals(neighbours) ? 8
			: 4, Choice.of("keep", keep, ComponentRule.class), leastsize);
	}
}
