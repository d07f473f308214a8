package sc.fiji.vasomim.command;

import java.io.File;
import java.io.IOException;
import java.util.function.Consumer;

import ai.djl.Device;

import sc.fiji.vasomim.inference.Segmenter;
import sc.fiji.vasomim.inference.SegmenterSettings;
import sc.fiji.vasomim.model.BundledModel;
import sc.fiji.vasomim.model.ModelFile;
import sc.fiji.vasomim.model.SegmentationNetwork;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Precision;

/** A segmentation model that is loaded, once for all images. */
final class VesselModel implements AutoCloseable {

	/**
	 * What to load.
	 *
	 * @param file null for the bundled model
	 */
	record Choice(File file, String device, String precision, SegmenterSettings settings) {}

	private final Weights weights;

	private final Segmenter segmenter;

	/**
	 * @param log is told when memory runs out and tiles get smaller
	 * @throws IllegalArgumentException naming model, device or precision, if there is no such thing
	 * @throws IOException if the file can't be read
	 */
	VesselModel(final Choice choice, final Consumer<String> log) throws IOException {
		final Device device = Devices.parse(choice.device);
		final Precision precision = Precision.parse(choice.precision, device);
		weights = choice.file == null ? BundledModel.ARCADE_VESSELS.read("model", SegmentationNetwork.class, device)
			: ModelFile.read("model", FileParameter.path("model", choice.file), SegmentationNetwork.class, device);
		segmenter = new Segmenter(weights, precision, choice.settings, log);
	}

	Segmenter segmenter() {
		return segmenter;
	}

	/** The device's name. */
	String device() {
		return Devices.name(weights.device());
	}

	@Override
	public void close() {
		segmenter.close();
		weights.close();
	}
}
