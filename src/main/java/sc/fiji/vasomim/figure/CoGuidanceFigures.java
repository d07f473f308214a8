package sc.fiji.vasomim.figure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import ij.process.ColorProcessor;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.vasomim.guidance.CoGuidance;
import sc.fiji.vasomim.guidance.MaskSchedule;
import sc.fiji.vasomim.guidance.PatchGuidance;
import sc.fiji.vasomim.guidance.PatchMask;
import sc.fiji.vasomim.model.ModelFile;
import sc.fiji.vasomim.model.Unext;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Devices;

/** Figures of how a mask comes about, for any number of images with one segmentor. Not thread-safe. */
public final class CoGuidanceFigures implements AutoCloseable {

	/**
	 * All that a figure depends on besides image and segmentor.
	 *
	 * @param epoch whose masks are shown beside those of the first and the last, from 1
	 * @param epochs of the pre-training
	 * @param masking how many patches are hidden, and how many of them by guidance
	 * @param eta the filter's weight in the guidance map
	 * @param size side of the network's input in px; other images are squeezed to it
	 * @param patch side of a patch in px
	 * @param seed of the masks
	 */
	public record Settings(int epoch, int epochs, MaskSchedule masking, double eta, int size, int patch, long seed) {

		public Settings {
			if (epoch < 1 || epoch > epochs) throw new IllegalArgumentException("epoch: must lie in 1.." + epochs +
				", the number of epochs, but was " + epoch);
		}
	}

	private final Settings settings;

	private final Weights segmentor;

	private final CoGuidance guidance;

	/**
	 * @param segmentor model file of a trained segmentor
	 * @throws IllegalArgumentException if a setting, the file's kind or the device does not do
	 */
	public CoGuidanceFigures(final Settings settings, final Path segmentor, final String device) throws IOException {
		this.settings = settings;
		this.segmentor = ModelFile.read("segmentor", segmentor, Unext.class, Devices.parse(device));
		try {
			guidance = new CoGuidance(this.segmentor, settings.size, settings.patch, settings.eta);
		}
		catch (final RuntimeException e) {
			this.segmentor.close();
			throw e;
		}
	}

	public Settings settings() {
		return settings;
	}

	/** The device that does the work, such as cpu or gpu0. */
	public String device() {
		return Devices.name(segmentor.device());
	}

	/**
	 * Angiogram, vascular mask, probability and patch distribution; below, the hidden patches of three epochs.
	 *
	 * @param grey W x H, 0..255
	 * @param anatomy its vascular mask, 0 or 255
	 * @param image the image's number, which its masks depend on
	 */
	public ColorProcessor draw(final RandomAccessibleInterval<UnsignedByteType> grey,
		final RandomAccessibleInterval<UnsignedByteType> anatomy, final int image)
	{
		final PatchGuidance guide = guidance.guide(grey, anatomy);
		final Map<String, PatchMask> masks = new LinkedHashMap<>();
		for (final int epoch : new int[] { 1, settings.epoch, settings.epochs })
			masks.put("hidden in epoch " + epoch + " of " + settings.epochs, guidance.sample(guide, settings.masking, epoch -
				1, settings.epochs, settings.seed, image));
		return panel(guide, masks);
	}

	private static ColorProcessor panel(final PatchGuidance guide, final Map<String, PatchMask> masks) {
		final ColorProcessor image = Tiles.grey(guide.image(), 255);
		final Panel panel = new Panel().row().add("angiogram", image).add("vascular mask (filter)", Tiles.grey(guide
			.anatomy(), 255)).add("vessel probability (segmentor)", Tiles.grey(guide.probability(), 1)).add(
				"probability of each patch", Tiles.heat(guide.distribution(), guide.grid(), image.getWidth())).row();
		masks.forEach((title, mask) -> panel.add(title, Tiles.tintPatches(image, mask.grid(), mask.masked(), mask
			.guided())));
		return panel.caption("hidden patches: orange = chosen by guidance, blue = drawn at random").draw();
	}

	@Override
	public void close() {
		guidance.close();
		segmentor.close();
	}
}
