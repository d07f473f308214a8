package sc.fiji.vasomim.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Faster R-CNN (Ren et al. 2015) on the simple feature pyramid of ViTDet (Li et al. 2022): boxes of objects with their
 * classes. Parameter names are detectron2's, so its weights fit.
 *
 * @param encoder the vision transformer
 * @param pyramid channels of the pyramid's levels, the proposal network and the box head
 * @param hidden width of the box head's last layer
 * @param counts how many regions are looked at
 * @param classes what is found, in the order of their numbers
 */
public record FasterRcnn(VitDet encoder, int pyramid, int hidden, RegionCounts counts, List<String> classes) implements
	EncoderNetwork
{

	static final String ARCHITECTURE = "faster_rcnn";

	/** Anchors at each place: heights to widths 0.5, 1 and 2. */
	private static final int RATIOS = 3;

	/** Bins of a pooled region, each way. */
	private static final int BINS = 7;

	private static final int HEAD_CONVOLUTIONS = 4;

	public FasterRcnn {
		if (encoder == null || counts == null) throw new IllegalArgumentException(
			"encoder, counts: both must be given, but were " + encoder + ", " + counts);
		VitDet.within("pyramid", pyramid, 1, 8192);
		VitDet.within("hidden", hidden, 1, 65_536);
		classes = SegmentationNetwork.requireClasses(classes);
	}

	/**
	 * The published size on ViT-B; for CPUs {@code tiny}, of 192 channels and 64 after the ViT, and {@code small} between.
	 * Windows of 16 patches fill images of 256 and 512 px without padding.
	 */
	public enum Variant {
		TINY, SMALL, BASE;

		/** @param size side in px of the square that images are scaled and padded to: published 1024 */
		public FasterRcnn forSize(final int size, final List<String> classes) {
			final List<Integer> global = List.of(2, 5, 8, 11);
			return switch (this) {
				case TINY -> new FasterRcnn(new VitDet(size, 192, 12, 3, 16, global, 14), 64, 256, RegionCounts.LIGHT, classes);
				case SMALL -> new FasterRcnn(new VitDet(size, 384, 12, 6, 16, global, 14), 128, 512, RegionCounts.MEDIUM, classes);
				case BASE -> new FasterRcnn(new VitDet(size, 768, 12, 12, 14, global, 14), 256, 1024, RegionCounts.PUBLISHED,
					classes);
			};
		}

		@Override
		public String toString() {
			return name().toLowerCase(Locale.ROOT);
		}
	}

	@Override
	public String architecture() {
		return ARCHITECTURE;
	}

	/** Images are scaled and padded to it. */
	@Override
	public int size() {
		return encoder.size();
	}

	@Override
	public int depth() {
		return encoder.depth();
	}

	@Override
	public int heads() {
		return encoder.heads();
	}

	/** A detector's encoder keeps its table of absolute positions. */
	@Override
	public FasterRcnn fittedTo(final Network start) {
		if (start instanceof VitDet) return new FasterRcnn(encoder.like((VitDet) start), pyramid, hidden, counts, classes);
		return start instanceof FasterRcnn ? fittedTo(((FasterRcnn) start).encoder) : this;
	}

	/** Not the relative positions, which plain pre-training does not give. */
	@Override
	public boolean encodes(final String parameter) {
		return VitDet.pretrained(parameter);
	}

	@Override
	public String named(final String parameter) {
		return VisionTransformer.owns(parameter) ? VitDet.NAME + parameter : parameter;
	}

	@Override
	public int layersAbove(final String parameter) {
		return parameter.startsWith(VitDet.NAME) ? encoder.layersAbove(parameter) : 0;
	}

	/** To all but the transformer's normalisations and positions, as published: to biases too. */
	@Override
	public boolean decays(final ParameterSpec parameter) {
		return !VitDet.isNormOrPositions(parameter.name());
	}

	/** Anchors of all levels, A. */
	public int anchors() {
		int sum = 0;
		for (int level = 0, side = 4 * encoder.grid(); level < 5; level++, side = (side + 1) / 2)
			sum += RATIOS * side * side;
		return sum;
	}

	@Override
	public Map<String, Object> scriptAttributes() {
		return Map.of("size", size(), "depth", encoder.depth(), "heads", encoder.heads(), "anchor", counts.anchor(),
			"per_level", counts.perLevel(), "proposals", counts.proposals());
	}

	@Override
	public List<ParameterSpec> parameters() {
		final List<ParameterSpec> table = new ArrayList<>();
		encoder.addTo(table);
		addPyramid(table);
		addProposals(table);
		addBoxHead(table);
		return table;
	}

	private void addPyramid(final List<ParameterSpec> table) {
		final long width = encoder.width();
		final String stage = "backbone.simfp_";
		Layers.transposedConv(table, stage + "2.0", width, width / 2, 2);
		Layers.layerNorm(table, stage + "2.1", width / 2);
		Layers.transposedConv(table, stage + "2.3", width / 2, width / 4, 2);
		level(table, stage + "2.", 4, width / 4);
		Layers.transposedConv(table, stage + "3.0", width, width / 2, 2);
		level(table, stage + "3.", 1, width / 2);
		level(table, stage + "4.", 0, width);
		level(table, stage + "5.", 1, width);
	}

	private void level(final List<ParameterSpec> table, final String stage, final int first, final long in) {
		convNorm(table, stage + first, in, 1, Initialiser.fanIn(in));
		convNorm(table, stage + (first + 1), pyramid, 3, Initialiser.fanIn(9L * pyramid));
	}

	private void convNorm(final List<ParameterSpec> table, final String name, final long in, final long kernel,
		final Initialiser start)
	{
		table.add(ParameterSpec.trained(name + ".weight", start, pyramid, in, kernel, kernel));
		Layers.layerNorm(table, name + ".norm", pyramid);
	}

	private void addProposals(final List<ParameterSpec> table) {
		final String head = "proposal_generator.rpn_head.";
		conv(table, head + "conv.conv0", pyramid, 3);
		conv(table, head + "conv.conv1", pyramid, 3);
		conv(table, head + "objectness_logits", RATIOS, 1);
		conv(table, head + "anchor_deltas", 4L * RATIOS, 1);
	}

	/** Deviation 0.01 at the published width of 256; more in narrower ones, where three such layers would silence anchors. */
	private void conv(final List<ParameterSpec> table, final String name, final long out, final long kernel) {
		table.add(ParameterSpec.trained(name + ".weight", Initialiser.normal(2.56 / pyramid), out, pyramid, kernel, kernel));
		table.add(ParameterSpec.trained(name + ".bias", Initialiser.constant(0), out));
	}

	private void addBoxHead(final List<ParameterSpec> table) {
		final String head = "roi_heads.box_head.";
		for (int i = 1; i <= HEAD_CONVOLUTIONS; i++)
			convNorm(table, head + "conv" + i, pyramid, 3, Initialiser.normal(Math.sqrt(2.0 / (9 * pyramid))));
		final long pooled = (long) BINS * BINS * pyramid;
		linear(table, head + "fc1", pooled, hidden, Initialiser.uniform(Math.sqrt(3.0 / pooled)));
		final String predictor = "roi_heads.box_predictor.";
		linear(table, predictor + "cls_score", hidden, classes.size() + 1L, Initialiser.normal(0.01));
		linear(table, predictor + "bbox_pred", hidden, 4L * classes.size(), Initialiser.normal(0.001));
	}

	private static void linear(final List<ParameterSpec> table, final String name, final long in, final long out,
		final Initialiser start)
	{
		table.add(ParameterSpec.trained(name + ".weight", start, out, in));
		table.add(ParameterSpec.trained(name + ".bias", Initialiser.constant(0), out));
	}
}
