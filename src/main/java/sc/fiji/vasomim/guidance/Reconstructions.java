package sc.fiji.vasomim.guidance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.vasomim.inference.NetworkInput;
import sc.fiji.vasomim.inference.PatchGrid;
import sc.fiji.vasomim.inference.PatchStatistics;
import sc.fiji.vasomim.inference.Reconstruction;
import sc.fiji.vasomim.inference.Reconstructor;
import sc.fiji.vasomim.model.MaskedAutoencoder;
import sc.fiji.vasomim.model.ModelFile;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Devices;

/** Hides patches of any number of images and reconstructs them with one model. Not thread-safe. */
public final class Reconstructions implements AutoCloseable {

	/** At which size the network is applied. */
	public enum Size {
		/** The image's own, in overlapping windows. */
		NATIVE,
		/** The whole image is squeezed to the network's square. */
		NETWORK
	}

	/**
	 * All that a reconstruction depends on besides image, selection, model and segmentor.
	 *
	 * @param hiding how the hidden patches are chosen
	 */
	public record Settings(Hiding hiding, Size size, PatchStatistics statistics) {}

	private final Settings settings;

	private final Weights model;

	private Reconstructor reconstructor;

	private NetworkInput input;

	private GuidedPatches guided;

	/**
	 * @param model model file of a masked autoencoder
	 * @param segmentor model file of a segmentor; null unless guidance needs it
	 * @throws IllegalArgumentException if a setting, a file's kind or the device does not do
	 */
	public Reconstructions(final Settings settings, final Path model, final Path segmentor, final String device)
		throws IOException
	{
		this.settings = settings;
		this.model = ModelFile.read("model", model, MaskedAutoencoder.class, Devices.parse(device));
		try {
			reconstructor = new Reconstructor(this.model);
			input = new NetworkInput(network().size(), this.model.device());
			if (settings.hiding instanceof Hiding.Guided) guided = new GuidedPatches(segmentor, network().size(), network().patch(),
				this.model.device());
		}
		catch (final IOException | RuntimeException e) {
			close();
			throw e;
		}
	}

	private MaskedAutoencoder network() {
		return (MaskedAutoencoder) model.network();
	}

	public Settings settings() {
		return settings;
	}

	/** The device that does the work, such as cpu or gpu0. */
	public String device() {
		return Devices.name(model.device());
	}

	/** The patches of an image, or of the square that it is squeezed to. */
	public PatchGrid grid(final RandomAccessibleInterval<UnsignedByteType> grey) {
		return settings.size == Size.NATIVE ? reconstructor.grid(grey.dimension(0), grey.dimension(1)) : reconstructor.grid(
			network().size(), network().size());
	}

	/**
	 * Chooses patches at random or by guidance.
	 *
	 * @param grey W x H of any size, 0..255
	 * @param anatomy makes its vascular mask, 0 or 255; asked only for guidance
	 * @param image names the draws: a plane's number in its stack, 0 for single images
	 * @return over {@link #grid}
	 * @throws IllegalStateException if the hidden patches are painted, not drawn
	 */
	public PatchMask hide(final RandomAccessibleInterval<UnsignedByteType> grey,
		final Supplier<RandomAccessibleInterval<UnsignedByteType>> anatomy, final int image)
	{
		final PatchGrid grid = grid(grey);
		if (settings.hiding instanceof Hiding.Guided how) return guided.hide(grey, anatomy.get(), grid, how, image);
		if (!(settings.hiding instanceof Hiding.Random how)) throw new IllegalStateException("painted patches are not drawn");
		return PatchMask.uniform(grid, how.hidden(grid.patches()), how.seed(), image);
	}

	/**
	 * @param grey W x H of any size, 0..255
	 * @param mask over {@link #grid}; hides at least one patch, and not all
	 */
	public Reconstruction reconstruct(final RandomAccessibleInterval<UnsignedByteType> grey, final PatchMask mask) {
		return reconstructor.reconstruct(settings.size == Size.NATIVE ? grey : input.image(grey), mask.masked(),
			settings.statistics);
	}

	/** What a reader of a picture must know of how it was made. */
	public String caption(final Reconstruction reconstruction) {
		final PatchGrid grid = reconstruction.grid();
		return String.format(Locale.ROOT, "%d of %d patches of %d px hidden, %s%s", reconstruction.hiddenPatches(), grid
			.patches(), grid.patch(), settings.hiding.words(), settings.size == Size.NATIVE ? "" : "; squeezed to the network's square");
	}

	@Override
	public void close() {
		if (guided != null) guided.close();
		if (input != null) input.close();
		if (reconstructor != null) reconstructor.close();
		model.close();
	}
}
