package sc.fiji.vasomim.guidance;

import java.io.IOException;
import java.nio.file.Path;

import ai.djl.Device;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.vasomim.inference.PatchGrid;

/**
 * Hides patches as pre-training does in an epoch, on any grid of patches. The guidance map is that of the whole image
 * at the network's input size; a patch's probability is its share of the map.
 */
final class GuidedPatches implements AutoCloseable {

	private final VesselMapper mapper;

	private final CoGuidance guidance;

	/**
	 * @param segmentor model file of a trained segmentor
	 * @param size side of the network's input in px
	 * @param patch patch side in px
	 */
	GuidedPatches(final Path segmentor, final int size, final int patch, final Device device) throws IOException {
		mapper = VesselMapper.withSegmentor(size, device, segmentor);
		try {
			guidance = new CoGuidance(patch, device);
		}
		catch (final RuntimeException e) {
			mapper.close();
			throw e;
		}
	}

	/**
	 * @param grey W x H of any size, 0..255
	 * @param anatomy its vascular mask, 0 or 255
	 * @param grid of the image, or of the square that it is squeezed to
	 * @param image names the draws
	 */
	PatchMask hide(final RandomAccessibleInterval<UnsignedByteType> grey,
		final RandomAccessibleInterval<UnsignedByteType> anatomy, final PatchGrid grid, final Hiding.Guided how,
		final int image)
	{
		return guidance.sample(guidance.guide(mapper.map(grey, anatomy), how.masking()), grid, how, image);
	}

	@Override
	public void close() {
		guidance.close();
		mapper.close();
	}
}
