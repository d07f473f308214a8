package sc.fiji.vasomim.command;

import java.io.File;
import java.io.IOException;
import java.util.List;

import org.scijava.plugin.Parameter;
import org.scijava.widget.FileWidget;

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

/** What Reconstruct Masked Angiogram and its sibling on files share. */
abstract class AbstractReconstructMaskedAngiogram extends VasoMIMCommand {

	@Parameter(label = "Model", style = FileWidget.OPEN_STYLE, description = "Model file that Pre-train VasoMIM wrote")
	private File model;

	@Parameter(label = "Mask ratio", min = "0", max = "1", stepSize = "0.05", persist = false,
		description = "Share of the patches that is hidden, drawn at random")
	private double maskratio = MaskSchedule.VASOMIM.maskRatio();

	@Parameter(label = "Seed", style = "format:#", persist = false, description = "Of the hidden patches")
	private long seed = 0;

	@Parameter(label = "Device", persist = false, description = "auto (a GPU if there is one), cpu, gpu0, gpu1, ...")
	private String device = "auto";

	/** What a reconstruction needs, opened once for all images. */
	final class Reconstruction implements AutoCloseable {

		private final MaskSchedule schedule = new MaskSchedule(maskratio, 0, 0);

		private final Weights weights;

		private final Reconstructor reconstructor;

		private final NetworkInput networkInput;

		Reconstruction() throws IOException {
			weights = ModelFile.read("model", TrainingData.path("model", model), MaskedAutoencoder.class, Devices.parse(
				device));
			reconstructor = new Reconstructor(weights);
			networkInput = new NetworkInput(reconstructor.network().size(), weights.device());
		}

		/** An RGB figure for each plane. */
		ImagePlus figures(final ImagePlus input, final Progress progress) {
			final List<RandomAccessibleInterval<UnsignedByteType>> planes = Frames.grey(input, log()::warn);
			return Frames.map(input, "reconstruction of " + input.getTitle(), progress, (plane, i) -> {
				final RandomAccessibleInterval<UnsignedByteType> image = networkInput.image(planes.get(i - 1));
				final MaskedAutoencoder network = reconstructor.network();
				final PatchMask mask = PatchMask.uniform(network.grid(), schedule.hidden(network.patches()), seed, i - 1);
				final Panel panel = new Panel();
				ReconstructionPanel.addRow(panel, image, mask, reconstructor.decode(image, mask.visible()));
				return panel.caption(ReconstructionPanel.CAPTION).draw();
			});
		}

		@Override
		public void close() {
			networkInput.close();
			reconstructor.close();
			weights.close();
		}
	}
}
