package sc.fiji.vasomim.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;

/** An image of 32 x 16 px, two patches of which the left one is hidden. */
class ReconstructionScoresTest {

	private static RandomAccessibleInterval<UnsignedByteType> image(final int left, final int right) {
		final byte[] pixels = new byte[32 * 16];
		for (int i = 0; i < pixels.length; i++)
			pixels[i] = (byte) (i % 32 < 16 ? left : right);
		return ArrayImgs.unsignedBytes(pixels, 32, 16);
	}

	/** 10 and 20 of 255 grey levels off: 20 log10(25.5) and 20 log10(12.75). What visible patches hold does not count. */
	@Test
	void hiddenPixelsAloneCount() {
		final ReconstructionScores scores = ReconstructionScores.of(new Reconstruction(image(100, 50), new PatchGrid(32, 16,
			16), new boolean[] { true, false }, image(110, 200), image(80, 50), PatchStatistics.ORIGINAL));
		assertEquals(28.13080, scores.psnr(), 1e-5);
		assertEquals(22.11020, scores.psnrBilinear(), 1e-5);
		assertTrue(scores.ssim() > scores.ssimBilinear() && scores.ssim() < 1, scores.toString());
	}

	@Test
	void whatEqualsTheOriginalIsPerfect() {
		final ReconstructionScores scores = ReconstructionScores.of(new Reconstruction(image(100, 50), new PatchGrid(32, 16,
			16), new boolean[] { true, false }, image(100, 0), image(80, 50), PatchStatistics.ORIGINAL));
		assertEquals(Double.POSITIVE_INFINITY, scores.psnr());
		assertEquals(1, scores.ssim(), 1e-12);
	}
}
