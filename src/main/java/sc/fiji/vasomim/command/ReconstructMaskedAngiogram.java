package sc.fiji.vasomim.command;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.guidance.Reconstructions;

/** Hides patches of an image and lets a pre-trained network fill them in. */
@Plugin(type = Command.class, menuPath = "Plugins>VasoMIM>Pre-training>Reconstruct Masked Angiogram...",
	label = "Reconstruct Masked Angiogram", headless = true,
	description = "Hides patches of an angiogram and lets a pre-trained network fill them in. For research use only, not for diagnosis.")
public class ReconstructMaskedAngiogram extends AbstractReconstructMaskedAngiogram {

	/** The table's window. */
	private static final String TABLE = "Reconstructions";

	@Parameter(label = "Angiogram", description = "Any size; stacks plane by plane")
	private ImagePlus input;

	@Parameter(label = "Figure", type = ItemIO.OUTPUT,
		description = "RGB: input, masked, filled in, as decoded, bilinear in-fill, error of the hidden patches")
	private ImagePlus figure;

	@Parameter(label = "Reconstruction", type = ItemIO.OUTPUT,
		description = "8-bit, dark vessels: the image with its hidden patches filled in")
	private ImagePlus reconstruction;

	/** For scripts; the same rows stand in the table that opens where there is a display. */
	public record Result(List<ReconstructionRow> rows) {

		/** For the log: a stack's rows would fill it. */
		@Override
		public String toString() {
			return String.format(Locale.ROOT,
				"%d frames, mean over hidden pixels: PSNR %.2f dB, SSIM %.3f; bilinear in-fill: PSNR %.2f dB, SSIM %.3f", rows
					.size(), mean(ReconstructionRow::psnr), mean(ReconstructionRow::ssim), mean(ReconstructionRow::psnrbilinear),
				mean(ReconstructionRow::ssimbilinear));
		}

		private double mean(final ToDoubleFunction<ReconstructionRow> value) {
			return rows.stream().mapToDouble(value).average().orElse(Double.NaN);
		}
	}

	@Override
	protected Result execute(final Progress progress) throws IOException {
		Frames.require("input", input);
		warnOfSelection(input, log()::warn);
		try (Reconstructions reconstructions = open()) {
			final Reconstructed reconstructed = reconstruct(reconstructions, input, grey(input).warn(log()::warn), progress);
			figure = reconstructed.figure();
			reconstruction = reconstructed.image();
			ReconstructionRow.table(reconstructed.rows()).show(TABLE);
			return new Result(reconstructed.rows());
		}
	}
}
