package sc.fiji.vasomim.command;

import java.util.List;
import java.util.Locale;

import sc.fiji.vasomim.inference.Reconstruction;
import sc.fiji.vasomim.inference.ReconstructionScores;

/**
 * How near the reconstruction of a frame comes to the original, as {@link ReconstructionScores} measures it.
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

	private static final List<String> HEADINGS = List.of("image", "frame", "patches", "hidden", "psnr", "ssim", "psnrbilinear",
		"ssimbilinear", "statistics");

	/** @param frame place in the stack, from 0 */
	static ReconstructionRow of(final String image, final int frame, final Reconstruction reconstruction) {
		final ReconstructionScores scores = ReconstructionScores.of(reconstruction);
		return new ReconstructionRow(image, frame + 1, reconstruction.grid().patches(), reconstruction.hiddenPatches(), scores
			.psnr(), scores.ssim(), scores.psnrBilinear(), scores.ssimBilinear(), reconstruction.statistics().toString());
	}

	static MeasureTable table(final List<ReconstructionRow> rows) {
		return new MeasureTable(HEADINGS, rows.stream().map(ReconstructionRow::cells).toList());
	}

	private List<Object> cells() {
		return List.of(image, frame, patches, hidden, psnr, ssim, psnrbilinear, ssimbilinear, statistics);
	}

	/** As a line of a figure. */
	String text() {
		return String.format(Locale.ROOT,
			"hidden pixels: PSNR %.2f dB, SSIM %.3f; bilinear in-fill: PSNR %.2f dB, SSIM %.3f", psnr, ssim, psnrbilinear,
			ssimbilinear);
	}
}
