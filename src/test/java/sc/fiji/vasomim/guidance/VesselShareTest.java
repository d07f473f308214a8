package sc.fiji.vasomim.guidance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ai.djl.Device;

import net.imglib2.img.array.ArrayImgs;

/** An image of 16 patches of 2 px, of which the filter sees vessel in the first six; 8 are hidden. */
class VesselShareTest {

	private final CoGuidance guidance = new CoGuidance(2, Device.cpu());

	private final VesselMaps maps;

	VesselShareTest() {
		final byte[] mask = new byte[64];
		for (final int pixel : new int[] { 0, 2, 3, 4, 12, 6, 16, 17, 18 })
			mask[pixel] = (byte) 255;
		maps = new VesselMaps(ArrayImgs.unsignedBytes(8, 8), ArrayImgs.unsignedBytes(mask, 8, 8), null);
	}

	@AfterEach
	void close() {
		guidance.close();
	}

	private static MaskingSettings masking(final GuidanceSource source, final double start, final double end) {
		return new MaskingSettings(new MaskSchedule(0.5, start, end), source, 0.5, PatchSampling.PROPORTIONAL);
	}

	private VesselShare share(final MaskingSettings masking, final int epochs, final int... shown) {
		return VesselShare.of(guidance, guidance.guide(maps, masking), masking, epochs, 3, shown);
	}

	/** All 8 hidden patches by guidance, which has 6: the other two have no vessel. */
	@Test
	void theShareIsExactWhereNothingIsLeftToChance() {
		final VesselShare share = share(masking(GuidanceSource.FILTER, 1, 1), 2, 1, 2);
		assertArrayEquals(new double[] { 6 / 8.0, 6 / 8.0 }, share.hidden(), 1e-12);
		assertEquals(6 / 16.0, share.all());
		assertArrayEquals(new int[] { 1, 2 }, share.epochs());
	}

	/**
	 * The filter guides to patches with vessel alone, so that k of 8 guided ones leave 6 - k with vessel among 16 - k, of
	 * which 8 - k are drawn: k + (8 - k)(6 - k) / (16 - k) of 8 on average. For k = 0 that is the base rate.
	 */
	@ParameterizedTest
	@CsvSource({ "1, 0", "25, 1", "50, 2", "100, 4" })
	void theShareIsThatOfDrawsWithoutReplacement(final int epoch, final int guided) {
		final MaskingSettings masking = masking(GuidanceSource.FILTER, 0, 0.5);
		assertEquals(guided, masking.schedule().guided(16, epoch - 1, 100));
		final double expected = (guided + (8 - guided) * (6.0 - guided) / (16 - guided)) / 8;
		// Standard deviation of a hypergeometric share, at its largest without guidance: below 0.13; of the mean 0.016.
		assertEquals(expected, share(masking, 100, epoch).hidden()[0], 4 * 0.13 / Math.sqrt(VesselShare.DRAWS));
	}

	@Test
	void randomMasksStayAtTheBaseRate() {
		final double[] hidden = share(masking(GuidanceSource.NONE, 1, 1), 100, IntStream.rangeClosed(1, 100).toArray())
			.hidden();
		final double mean = IntStream.range(0, 100).mapToDouble(i -> hidden[i]).average().orElseThrow();
		assertEquals(6 / 16.0, mean, 4 * 0.13 / Math.sqrt(VesselShare.DRAWS * 100));
	}
}
