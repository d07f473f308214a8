package sc.fiji.vasomim.guidance;

import java.io.IOException;
import java.nio.file.Path;

import ai.djl.Device;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.vasomim.inference.NetworkInput;
import sc.fiji.vasomim.inference.VesselProbability;
import sc.fiji.vasomim.model.ModelFile;
import sc.fiji.vasomim.model.Unext;
import sc.fiji.vasomim.model.Weights;

/** Brings images and their vascular masks to the network's input size, and asks the segmentor, if there is one. */
public final class VesselMapper implements AutoCloseable {

	private final Weights weights;

	private NetworkInput input;

	private VesselProbability segmentor;

	/** @param weights the segmentor's, closed with this; null for none */
	private VesselMapper(final int size, final Device device, final Weights weights) {
		this.weights = weights;
		try {
			input = new NetworkInput(size, device);
			if (weights != null) segmentor = new VesselProbability(weights);
		}
		catch (final RuntimeException e) {
			close();
			throw e;
		}
	}

	/**
	 * Without a segmentor.
	 *
	 * @param size side of the network's input in px, a multiple of {@link Unext#STRIDE}
	 */
	public static VesselMapper filterOnly(final int size, final Device device) {
		checkSize(size);
		return new VesselMapper(size, device, null);
	}

	/**
	 * @param segmentor model file of a trained segmentor
	 * @throws IllegalArgumentException if the size or the file's kind does not do
	 */
	public static VesselMapper withSegmentor(final int size, final Device device, final Path segmentor)
		throws IOException
	{
		checkSize(size);
		return new VesselMapper(size, device, ModelFile.readSegmentor("segmentor", segmentor, device));
	}

	private static void checkSize(final int size) {
		if (size <= 0 || size % Unext.STRIDE != 0) throw new IllegalArgumentException("size: must be a multiple of " +
			Unext.STRIDE + " px, but was " + size);
	}

	/**
	 * @param grey W x H of any size, 0..255
	 * @param anatomy its vascular mask, 0 or 255
	 */
	public VesselMaps map(final RandomAccessibleInterval<UnsignedByteType> grey,
		final RandomAccessibleInterval<UnsignedByteType> anatomy)
	{
		final RandomAccessibleInterval<UnsignedByteType> image = input.image(grey);
		return new VesselMaps(image, input.mask(anatomy), segmentor == null ? null : segmentor.of(image));
	}

	@Override
	public void close() {
		if (segmentor != null) segmentor.close();
		if (input != null) input.close();
		if (weights != null) weights.close();
	}
}
