package sc.fiji.vasomim.training;

/**
 * How the segmentor is trained on the vascular masks. Defaults and {@link #VASOMIM} are the published recipe.
 *
 * @param size side of a training crop in px, a multiple of 32
 * @param epochs passes over the data
 * @param batch images a step
 * @param rate Adam's learning rate at the start; it falls by (1 - e/E)^0.9
 * @param minscale smallest share of an image's area that a crop covers
 * @param saveevery epochs between step folders
 * @param seed of all draws
 * @param device auto, cpu, gpu0, ...
 * @param precision of matrix products: auto (bfloat16 on a GPU, else float32), float32 or bfloat16
 */
public record SegmentorSettings(int size, int epochs, int batch, double rate, double minscale, int saveevery, long seed,
	String device, String precision)
{

	/** The published recipe. */
	public static final SegmentorSettings VASOMIM = new SegmentorSettings(224, 200, 256, 1e-3, 0.2, 20, 30, "auto",
		"auto");

	public SegmentorSettings {
		Check.multiple("size", size, 32);
		Check.atLeast("epochs", epochs, 1);
		Check.atLeast("batch", batch, 1);
		// BatchNorm at a thirty-second of the size has no variance over a single value.
		if (batch * (size / 32) * (size / 32) < 2) throw new IllegalArgumentException(
			"batch: must be 2 or more for crops of " + size + " px, but was " + batch);
		Check.oneDevice(device);
		Check.positive("rate", rate);
		Check.share("minscale", minscale);
		Check.atLeast("saveevery", saveevery, 1);
	}
}
