package sc.fiji.vasomim.command;

import java.util.List;
import java.util.Locale;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.vasomim.inference.Reconstruction;
import sc.fiji.vasomim.metrics.Psnr;
import sc.fiji.vasomim.metrics.Ssim;

/**
 * How near the reconstruction of a frame comes to the original. All measures are over the pixels of hidden patches,
 * peak and range 255.
 *
 * @param image its title
 * @param frame place in the stack, from 1
 * @param patches of the image
 * @param hidden how many of them
 * @param psnr in dB; infinite if nothing differs
 * @param ssim mean of the SSIM map
 * @param psnrbilinear the same of the bilinear in-fill
 * @param ssimbilinear the same of the bilinear in-fill
 * @param statistics where the hidden patches' mean and contrast come from: original or interpolated
 */
public record ReconstructionRow(String image, int frame, int patches, int hidden, double psnr, double ssim,
	double psnrbilinear, double ssimbilinear, String statistics)
{

	static final List<String> HEADINGS = List.of("image", "frame", "patches", "hidden", "psnr", "ssim", "psnrbilinear",
		"ssimbilinear", "statistics");

	/** @param frame place in the stack, from 0 */
	static ReconstructionRow of(final String image, final int frame, final Reconstruction reconstruction) {
		final RandomAccessibleInterval<UnsignedByteType> original = reconstruction.image();
		final RandomAccessibleInterval<UnsignedByteType> filled = reconstruction.filled();
		final RandomAccessibleInterval<UnsignedByteType> infill = reconstruction.infill();
		final RandomAccessibleInterval<UnsignedByteType> hidden = reconstruction.hiddenPixels();
		return new ReconstructionRow(image, frame + 1, reconstruction.grid().patches(), reconstruction.hiddenPatches(), Psnr
			.of(filled, original, hidden, 255), Ssim.of(filled, original, hidden, 255), Psnr.of(infill, original, hidden, 255),
			Ssim.of(infill, original, hidden, 255), reconstruction.statistics().toString());
	}

	/** In the order of {@link #HEADINGS}. */
	List<Object> cells() {
		return List.of(image, frame, patches, hidden, psnr, ssim, psnrbilinear, ssimbilinear, statistics);
	}

	/** As a line of a figure. */
	String text() {
		return String.format(Locale.ROOT,
			"hidden pixels: PSNR %.2f dB, SSIM %.3f; bilinear in-fill: PSNR %.2f dB, SSIM %.3f", psnr, ssim, psnrbilinear,
			ssimbilinear);
	}
}
