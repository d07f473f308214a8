package sc.fiji.vasomim.figure;

import java.io.IOException;
import java.nio.file.Path;

import ai.djl.Device;

import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;

import sc.fiji.vasomim.guidance.CoGuidance;
import sc.fiji.vasomim.guidance.Hiding;
import sc.fiji.vasomim.guidance.VesselMapper;
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
	boolean[] hide(final RandomAccessibleInterval<UnsignedByteType> grey,
		final RandomAccessibleInterval<UnsignedByteType> anatomy, final PatchGrid grid, final Hiding.Guided how,
		final int image)
	{
		final float[] shares = shares(guidance.guide(mapper.map(grey, anatomy), how.masking()).map(), grid);
		return guidance.hide(shares, how.masking(), how.epoch() - 1, how.epochs(), how.seed(), image);
	}

	/**
	 * Equation 2 for a grid that need not be the map's: the sum of the map over the pixels of each patch.
	 *
	 * @param map S x S, of the whole image
	 */
	static float[] shares(final RandomAccessibleInterval<FloatType> map, final PatchGrid grid) {
		final double[] sums = new double[grid.patches()];
		double total = 0;
		final RandomAccess<FloatType> access = map.randomAccess();
		for (int y = 0; y < grid.height(); y++)
			for (int x = 0; x < grid.width(); x++) {
				final double value = access.setPositionAndGet((2L * x + 1) * map.dimension(0) / (2L * grid.width()), (2L * y + 1) *
					map.dimension(1) / (2L * grid.height())).get();
				sums[grid.at(x, y)] += value;
				total += value;
			}
		final float[] shares = new float[sums.length];
		for (int i = 0; i < shares.length; i++)
			shares[i] = (float) (sums[i] / (total + 1e-6));
		return shares;
	}

	@Override
	public void close() {
		guidance.close();
		mapper.close();
	}
}
