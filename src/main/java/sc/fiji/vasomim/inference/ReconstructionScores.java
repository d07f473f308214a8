package sc.fiji.vasomim.inference;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.vasomim.metrics.Psnr;
import sc.fiji.vasomim.metrics.Ssim;

/**
 * How near a reconstruction comes to the original, over the pixels of hidden patches alone; peak and range 255.
 *
 * @param psnr in dB; infinite if nothing differs
 * @param ssim mean of the SSIM map
 * @param psnrBilinear the same of the bilinear in-fill
 * @param ssimBilinear the same of the bilinear in-fill
 */
public record ReconstructionScores(double psnr, double ssim, double psnrBilinear, double ssimBilinear) {

	private static final double PEAK = 255;

	public static ReconstructionScores of(final Reconstruction reconstruction) {
		final RandomAccessibleInterval<UnsignedByteType> original = reconstruction.image();
		final RandomAccessibleInterval<UnsignedByteType> filled = reconstruction.filled();
		final RandomAccessibleInterval<UnsignedByteType> infill = reconstruction.infill();
		final RandomAccessibleInterval<UnsignedByteType> hidden = reconstruction.hiddenPixels();
		return new ReconstructionScores(Psnr.of(filled, original, hidden, PEAK), Ssim.of(filled, original, hidden, PEAK), Psnr
			.of(infill, original, hidden, PEAK), Ssim.of(infill, original, hidden, PEAK));
	}
}
