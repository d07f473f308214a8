package sc.fiji.vasomim.figure;

import java.io.IOException;
import java.nio.file.Path;

import ij.process.ColorProcessor;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.vasomim.guidance.MaskSchedule;
import sc.fiji.vasomim.guidance.PatchMask;
import sc.fiji.vasomim.inference.NetworkInput;
import sc.fiji.vasomim.inference.Reconstructor;
import sc.fiji.vasomim.model.MaskedAutoencoder;
import sc.fiji.vasomim.model.ModelFile;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Devices;

/** Figures of what a network fills into hidden patches, for any number of images with one model. Not thread-safe. */
public final class ReconstructionFigures implements AutoCloseable {

	/** What must stand under every figure. */
	public static final String CAPTION = Reconstructor.CAVEAT +
		"\n'reconstructed' shows every patch as decoded, the visible ones too";

	/**
	 * All that a figure depends on besides image and model.
	 *
	 * @param maskratio share of the patches that is hidden, drawn uniformly
	 * @param seed of the hidden patches
	 */
	public record Settings(double maskratio, long seed) {

		public Settings {
			masking(maskratio);
		}

		private static MaskSchedule masking(final double maskratio) {
			return new MaskSchedule(maskratio, 0, 0);
		}
	}

	/** An image at the network's size, its hidden patches, and the image as decoded. */
	public record Reconstruction(RandomAccessibleInterval<UnsignedByteType> image, PatchMask mask,
		RandomAccessibleInterval<UnsignedByteType> decoded)
	{}

	private final Settings settings;

	private final Weights model;

	private final Reconstructor reconstructor;

	private final NetworkInput input;

	/**
	 * @param model model file of a masked autoencoder
	 * @throws IllegalArgumentException if a setting, the file's kind or the device does not do
	 */
	public ReconstructionFigures(final Settings settings, final Path model, final String device) throws IOException {
		this.settings = settings;
		this.model = ModelFile.read("model", model, MaskedAutoencoder.class, Devices.parse(device));
		try {
			requireVisible();
			reconstructor = new Reconstructor(this.model);
			input = new NetworkInput(network().size(), this.model.device());
		}
		catch (final RuntimeException e) {
			this.model.close();
			throw e;
		}
	}

	private void requireVisible() {
		if (hidden() >= network().patches()) throw new IllegalArgumentException("maskratio: must leave at least one of the " +
			network().patches() + " patches visible, but was " + settings.maskratio);
	}

	private MaskedAutoencoder network() {
		return (MaskedAutoencoder) model.network();
	}

	private int hidden() {
		return Settings.masking(settings.maskratio).hidden(network().patches());
	}

	public Settings settings() {
		return settings;
	}

	/** The device that does the work, such as cpu or gpu0. */
	public String device() {
		return Devices.name(model.device());
	}

	/**
	 * @param grey W x H of any size, 0..255; squeezed to the network's square
	 * @param image the image's number, which its hidden patches depend on
	 */
	public Reconstruction reconstruct(final RandomAccessibleInterval<UnsignedByteType> grey, final int image) {
		final RandomAccessibleInterval<UnsignedByteType> square = input.image(grey);
		final PatchMask mask = PatchMask.uniform(network().grid(), hidden(), settings.seed, image);
		return new Reconstruction(square, mask, reconstructor.decode(square, mask.visible()));
	}

	/** One image's figure. */
	public ColorProcessor draw(final RandomAccessibleInterval<UnsignedByteType> grey, final int image) {
		final Panel panel = new Panel();
		addRow(panel, reconstruct(grey, image));
		return panel.caption(CAPTION).draw();
	}

	/** Adds input, masked input, the image as decoded, and the input with its hidden patches filled in. */
	public static void addRow(final Panel panel, final Reconstruction reconstruction) {
		final PatchMask mask = reconstruction.mask;
		final ColorProcessor input = Tiles.grey(reconstruction.image, 255);
		final ColorProcessor output = Tiles.grey(reconstruction.decoded, 255);
		panel.row().add("input", input).add("masked", Tiles.hidePatches(input, mask.grid(), mask.masked())).add(
			"reconstructed", output).add("hidden patches filled in", Tiles.replacePatches(input, output, mask.grid(), mask
				.masked()));
	}

	@Override
	public void close() {
		input.close();
		reconstructor.close();
		model.close();
	}
}
