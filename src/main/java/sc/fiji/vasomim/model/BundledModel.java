package sc.fiji.vasomim.model;

import java.io.IOException;
import java.io.InputStream;

import ai.djl.Device;

import sc.fiji.vasomim.files.SafetensorsFile;

/** The models that come in the plugin's jar, as model files ({@link ModelFile}). */
public enum BundledModel {

	/** Vessels in angiograms, trained on ARCADE's training images. */
	ARCADE_VESSELS("/models/arcade-vessels.safetensors");

	private final String resource;

	BundledModel(final String resource) {
		this.resource = resource;
	}

	/**
	 * Reads weights onto a device.
	 *
	 * @param parameter what the user names a model by, for messages
	 * @throws IllegalArgumentException if this version has no such model, or it is of another kind
	 */
	public Weights read(final String parameter, final Class<? extends Network> type, final Device device)
		throws IOException
	{
		return read(parameter, resource, type, device);
	}

	static Weights read(final String parameter, final String resource, final Class<? extends Network> type,
		final Device device) throws IOException
	{
		try (InputStream stream = BundledModel.class.getResourceAsStream(resource)) {
			if (stream == null) throw new IllegalArgumentException(parameter +
				": none is named, and this version bundles none. Name a model file (.safetensors).");
			try (SafetensorsFile file = SafetensorsFile.of("the bundled model " + resource, stream.readAllBytes())) {
				return ModelFile.read(parameter, file, type, device);
			}
		}
	}
}
