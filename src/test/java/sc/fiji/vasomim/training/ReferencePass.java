package sc.fiji.vasomim.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import sc.fiji.vasomim.Reference;
import sc.fiji.vasomim.files.SafetensorsFile;
import sc.fiji.vasomim.guidance.GuidanceSource;
import sc.fiji.vasomim.guidance.MaskSchedule;
import sc.fiji.vasomim.guidance.MaskingSettings;
import sc.fiji.vasomim.guidance.PatchSampling;
import sc.fiji.vasomim.model.MaskedAutoencoder;
import sc.fiji.vasomim.model.Network;
import sc.fiji.vasomim.model.Unext;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Precision;
import sc.fiji.vasomim.torch.Script;

/** Pre-training passes over a reference's whole images; gradients of those parameters of which it has one. */
final class ReferencePass implements AutoCloseable {

	final NDManager manager = Devices.newManager(Device.cpu());

	final Reference reference;

	final Weights weights;

	final Weights segmentor;

	final Script script;

	final Map<String, NDArray> gradients;

	/** The four sums of losses. */
	final NDArray sums = manager.zeros(new Shape(4));

	final NDArray failed = manager.zeros(new Shape());

	/** Of the last pass. */
	NDArray masked;

	private final int size;

	/** @param numbers file of {@code in.*}, {@code out.*} and {@code gradient.*} */
	ReferencePass(final PretrainingSettings settings, final Unext segmentorNetwork, final Path numbers,
		final Path weightsFile, final Path segmentorFile) throws IOException
	{
		size = settings.network().size();
		reference = new Reference(numbers);
		weights = read(settings.network(), weightsFile);
		segmentor = read(segmentorNetwork, segmentorFile);
		script = Pretrainer.script(settings, Precision.parse(settings.precision(), Device.cpu()), Device.cpu());
		gradients = Gradients.zeros(manager, reference);
	}

	/** As far as a pass depends on them. */
	static PretrainingSettings settings(final MaskedAutoencoder network, final double eta, final double consistency,
		final Precision precision)
	{
		return new PretrainingSettings(network, 1, 0, 1, 1, 0, 0, new MaskingSettings(MaskSchedule.VASOMIM,
			GuidanceSource.BOTH, eta, PatchSampling.PROPORTIONAL), consistency, 1, 1, 0, 1, 0, 0, "cpu",
			precision.toString());
	}

	static Weights read(final Network network, final Path path) throws IOException {
		try (SafetensorsFile file = SafetensorsFile.open(path)) {
			return Weights.read(network, file, Device.cpu());
		}
	}

	/** Adds to the gradients and the sums. */
	void run(final int hidden, final int guided, final double share) throws IOException {
		run(hidden, guided, share, 1);
	}

	void run(final int hidden, final int guided, final double share, final int step) throws IOException {
		final NDArray image = reference.tensor(manager, "in.image");
		final int images = (int) image.getShape().get(0);
		masked = script.call(manager, "gradients", weights.all(), gradients, segmentor.all(), image, reference.tensor(
			manager, "in.anatomy"), Gradients.wholeImages(manager, images, size), manager.zeros(new Shape(images)), reference
				.tensor(manager, "in.noise"), hidden, guided, share, sums, step, failed).get(0);
	}

	@Override
	public void close() throws IOException {
		script.close();
		segmentor.close();
		weights.close();
		reference.close();
		manager.close();
	}
}
