package sc.fiji.vasomim.command;

import java.io.IOException;
import java.nio.file.Path;

import ij.ImagePlus;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.figure.Panel;
import sc.fiji.vasomim.figure.ReconstructionPanel;
import sc.fiji.vasomim.guidance.MaskSchedule;
import sc.fiji.vasomim.guidance.PatchMask;
import sc.fiji.vasomim.inference.NetworkInput;
import sc.fiji.vasomim.inference.Reconstructor;
import sc.fiji.vasomim.model.MaskedAutoencoder;
import sc.fiji.vasomim.model.ModelFile;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Devices;

/** The reconstruction figure of any number of images, with one model. */
final class ReconstructionFigures implements AutoCloseable {

	/** All that a figure depends on besides image and model. */
	record Settings(double maskratio, long seed) {}

	private final Settings settings;

	private final MaskSchedule masking;

	private final Weights model;

	private final Reconstructor reconstructor;

	private final NetworkInput input;

	ReconstructionFigures(final Settings settings, final Path model, final String device) throws IOException {
		this.settings = settings;
		masking = new MaskSchedule(settings.maskratio, 0, 0);
		this.model = ModelFile.read("model", model, MaskedAutoencoder.class, Devices.parse(device));
		reconstructor = new Reconstructor(this.model);
		input = new NetworkInput(reconstructor.network().size(), this.model.device());
	}

	Settings settings() {
		return settings;
	}

	/** An RGB figure for each plane. */
	ImagePlus draw(final ImagePlus image, final Frames.Grey grey, final Progress progress) {
		final MaskedAutoencoder network = reconstructor.network();
		return Frames.stack(image, "reconstruction of " + image.getTitle(), progress, i -> {
			final RandomAccessibleInterval<UnsignedByteType> plane = input.image(grey.planes().get(i));
			final PatchMask mask = PatchMask.uniform(network.grid(), masking.hidden(network.patches()), settings.seed, i);
			final Panel panel = new Panel();
			ReconstructionPanel.addRow(panel, plane, mask, reconstructor.decode(plane, mask.visible()));
			return panel.caption(ReconstructionPanel.CAPTION).draw();
		});
	}

	@Override
	public void close() {
		input.close();
		reconstructor.close();
		model.close();
	}
}
