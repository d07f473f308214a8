package sc.fiji.vasomim.command;

import java.io.File;
import java.io.IOException;

import ai.djl.Device;

import sc.fiji.vasomim.inference.Detector;
import sc.fiji.vasomim.model.FasterRcnn;
import sc.fiji.vasomim.model.ModelFile;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Precision;

/** A detection model that is loaded, once for all images. */
final class BoxModel implements AutoCloseable {

	private final Weights weights;

	private final Precision precision;

	private final Detector detector;

	BoxModel(final File file, final String device, final String arithmetic) throws IOException {
		final Device on = Devices.parse(device);
		precision = Precision.parse(arithmetic, on);
		weights = ModelFile.read("model", FileParameter.path("model", file), FasterRcnn.class, on);
		try {
			detector = new Detector(weights, precision);
		}
		catch (final RuntimeException e) {
			weights.close();
			throw e;
		}
	}

	Detector detector() {
		return detector;
	}

	/** What auto came to mean. */
	Precision precision() {
		return precision;
	}

	/** The device's name. */
	String device() {
		return Devices.name(weights.device());
	}

	@Override
	public void close() {
		detector.close();
		weights.close();
	}
}
