package sc.fiji.vasomim.figure;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

import ij.ImageStack;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;

import sc.fiji.vasomim.guidance.CoGuidance;
import sc.fiji.vasomim.guidance.GuidanceSource;
import sc.fiji.vasomim.guidance.MaskSchedule;
import sc.fiji.vasomim.guidance.MaskingSettings;
import sc.fiji.vasomim.guidance.PatchGuidance;
import sc.fiji.vasomim.guidance.PatchMask;
import sc.fiji.vasomim.guidance.VesselShare;
import sc.fiji.vasomim.inference.PatchGrid;

/** Figures of how masks come about, and of how they change over the epochs. Not thread-safe. */
public final class CoGuidanceFigures {

	/**
	 * All that a figure depends on besides image, vascular mask and segmentor.
	 *
	 * @param epoch whose mask is shown beside those of the first and the last, from 1
	 * @param epochs of the pre-training
	 * @param masking what decides which patches are hidden
	 * @param size side of the network's input in px; other images are squeezed to it
	 * @param patch side of a patch in px
	 * @param seed of the masks
	 */
	public record Settings(int epoch, int epochs, MaskingSettings masking, int size, int patch, long seed) {

		public Settings {
			MaskSchedule.checkEpoch(epoch, epochs);
			masking.schedule().checkVisible(new PatchGrid(size, size, patch).patches());
		}
	}

	private static final String HEAT = "chance of each patch";

	/** Points of the curve. */
	private static final int POINTS = 100;

	private final Settings settings;

	private final CoGuidance guidance;

	/** @param guidance for the same patch side; not closed here */
	public CoGuidanceFigures(final Settings settings, final CoGuidance guidance) {
		this.settings = settings;
		this.guidance = guidance;
	}

	/** The mask of the chosen epoch, with the draws of this number: a plane's in its stack. */
	public PatchMask mask(final PatchGuidance guide, final int image) {
		return mask(guide, settings.epoch, image);
	}

	private PatchMask mask(final PatchGuidance guide, final int epoch, final int image) {
		return guidance.sample(guide, settings.masking, epoch - 1, settings.epochs, settings.seed, image);
	}

	/**
	 * Angiogram, vascular mask and what else guides; below, the hidden patches of the first, the chosen and the last
	 * epoch.
	 *
	 * @param image names the draws, as in {@link #mask}
	 */
	public ColorProcessor draw(final PatchGuidance guide, final int image) {
		final ColorProcessor grey = Tiles.grey(guide.maps().image(), 255);
		final Panel panel = new Panel();
		addMaps(panel, guide, grey);
		final PatchMask mask = mask(guide, image);
		addMask(panel, grey, mask(guide, 1, image), 1);
		addMask(panel, grey, mask, settings.epoch);
		addMask(panel, grey, mask(guide, settings.epochs, image), settings.epochs);
		if (settings.masking.source() != GuidanceSource.NONE) panel.key(Tiles.heatKey(Panel.KEY_WIDTH, Panel.KEY_HEIGHT),
			String.format(Locale.ROOT, HEAT + " to be drawn first by guidance: 0 to %.1f %%", 100 * max(guide
				.distribution())));
		return addKeys(panel).caption(caption(mask, guide)).draw();
	}

	/** Up to the row of the masks: what guides is shown, and the filter's mask always, for it says where vessel is. */
	private void addMaps(final Panel panel, final PatchGuidance guide, final ColorProcessor grey) {
		final GuidanceSource source = settings.masking.source();
		panel.row().add("angiogram", grey).add("vascular mask (filter)", Tiles.grey(guide.maps().anatomy(), 255));
		if (source.needsSegmentor()) panel.add("vessel probability (segmentor)", Tiles.grey(guide.maps().probability(), 1));
		if (source == GuidanceSource.BOTH) panel.add(String.format(Locale.ROOT, "guidance map (eta %.2f)", settings.masking
			.eta()), Tiles.grey(guide.map(), 1)).row();
		if (source != GuidanceSource.NONE) panel.add(HEAT, Tiles.heat(guide.distribution(), guide.grid()));
		if (source != GuidanceSource.BOTH) panel.row();
	}

	private void addMask(final Panel panel, final ColorProcessor grey, final PatchMask mask, final int epoch) {
		panel.add(label(mask, epoch), Tiles.tintPatches(grey, mask));
	}

	private String label(final PatchMask mask, final int epoch) {
		return "epoch " + epoch + " of " + settings.epochs + ", " + mask.guidedCount() + " guided";
	}

	private Panel addKeys(final Panel panel) {
		if (settings.masking.source() != GuidanceSource.NONE) panel.key(Tiles.tintKey(true, Panel.KEY_WIDTH,
			Panel.KEY_HEIGHT), "hidden, chosen by guidance");
		return panel.key(Tiles.tintKey(false, Panel.KEY_WIDTH, Panel.KEY_HEIGHT), "hidden, drawn at random");
	}

	private String caption(final PatchMask mask, final PatchGuidance guide) {
		return String.format(Locale.ROOT,
			"Epoch %d: %.0f %% of the %d hidden patches contain vessel by the filter's mask; %.0f %% of all %d do.",
			settings.epoch, 100 * mask.share(guide.vessel()), mask.maskedCount(), 100 * guide.vesselShare(), guide.grid()
				.patches());
	}

	private static float max(final float[] values) {
		float max = 0;
		for (final float value : values)
			max = Math.max(max, value);
		return max;
	}

	/**
	 * The hidden patches as the epochs go by.
	 *
	 * @param slices how many epochs, evenly spaced, the last one included: 1..epochs
	 * @return RGB, a slice an epoch; the labels say which
	 */
	public ImageStack epochs(final PatchGuidance guide, final int image, final int slices) {
		final ColorProcessor grey = Tiles.grey(guide.maps().image(), 255);
		final ImageStack stack = new ImageStack();
		for (final int epoch : spread(settings.epochs, slices)) {
			final PatchMask mask = mask(guide, epoch, image);
			final Panel panel = new Panel().row();
			addMask(panel, grey, mask, epoch);
			stack.addSlice(label(mask, epoch), addKeys(panel).draw());
		}
		return stack;
	}

	/** Which share of the hidden patches contain vessel over the epochs, beside that of all patches. */
	public ImageProcessor curve(final PatchGuidance guide) {
		final VesselShare share = VesselShare.of(guidance, guide, settings.masking, settings.epochs, settings.seed, spread(
			settings.epochs, Math.min(POINTS, settings.epochs)));
		final Map<String, double[]> curves = new LinkedHashMap<>();
		final double[] all = new double[share.epochs().length];
		Arrays.fill(all, share.all());
		curves.put("random masks: the share of all patches", all);
		curves.put("these masks: mean of " + VesselShare.DRAWS + " draws", share.hidden());
		return Curves.drawShares("Hidden patches with vessel", "epoch", "hidden patches with vessel (by filter)",
			IntStream.of(share.epochs()).asDoubleStream().toArray(), curves);
	}

	/** Epochs from 1, evenly spaced, the last one included. */
	static int[] spread(final int epochs, final int count) {
		if (count < 1 || count > epochs) throw new IllegalArgumentException("slices: must lie in 1.." + epochs +
			", the number of epochs, but was " + count);
		return IntStream.rangeClosed(1, count).map(i -> (int) ((long) i * epochs / count)).toArray();
	}
}
