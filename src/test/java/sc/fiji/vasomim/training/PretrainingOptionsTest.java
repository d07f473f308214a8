package sc.fiji.vasomim.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import sc.fiji.vasomim.Reference;
import sc.fiji.vasomim.guidance.GuidanceSource;
import sc.fiji.vasomim.guidance.MaskSchedule;
import sc.fiji.vasomim.guidance.MaskingSettings;
import sc.fiji.vasomim.guidance.PatchSampling;
import sc.fiji.vasomim.model.MaskedAutoencoder;
import sc.fiji.vasomim.model.Unext;
import sc.fiji.vasomim.torch.Script;

/** What the ablations change in a pass, recomputed in Java from parts that have references of their own. */
class PretrainingOptionsTest {

	private static final MaskedAutoencoder NETWORK = new MaskedAutoencoder(64, 8, 24, 2, 3, 16, 2, 4);

	private static final int SIDE = 64;

	private static final int HIDDEN = 32;

	private static final int GUIDED = 11;

	private static ReferencePass pass(final boolean pixels, final MaskingSettings masking, final double consistency)
		throws IOException
	{
		final Path numbers = Reference.path("pretraining.safetensors");
		return new ReferencePass(new PretrainingSettings(NETWORK.predicting(pixels), 1, 0, 1, 1, 0, 0, masking, consistency,
			1, 1, 0, 1, 0, 0, "cpu", "float32"), new Unext(5, 6, 9, 13, 24), numbers, numbers, Reference.path(
				"segmentor.safetensors"));
	}

	private static MaskingSettings masking(final GuidanceSource source, final PatchSampling sampling) {
		return new MaskingSettings(MaskSchedule.VASOMIM, source, 0.375, sampling);
	}

	/** The mean squared error of the hidden patches, pixel by pixel. */
	@Test
	void rawPixelsAreComparedAsTheyAre() throws IOException {
		try (ReferencePass pass = pass(true, masking(GuidanceSource.BOTH, PatchSampling.PROPORTIONAL), 0);
				Script mae = Script.load("mae", "MaskedAutoencoder", Map.of("depth", 2, "heads", 3, "decoder_depth", 2,
					"decoder_heads", 4, "kind", 6), Device.cpu()))
		{
			pass.run(HIDDEN, GUIDED, 1);
			final boolean[] masked = pass.masked.toBooleanArray();
			final float[] grey = pass.reference.tensor(pass.manager, "in.image").toType(DataType.FLOAT32, true).toFloatArray();
			final int images = masked.length / 64;
			final long[] keep = new long[images * HIDDEN];
			for (int i = 0, k = 0; i < masked.length; i++)
				if (!masked[i]) keep[k++] = i % 64;
			final float[] pixels = pixels(grey, images);
			final float[] predicted = mae.call(pass.manager, "predict", pass.weights.all(), pass.manager.create(pixels,
				new Shape(images, 3, SIDE, SIDE)), pass.manager.create(keep, new Shape(images, HIDDEN))).get(0).toFloatArray();
			double sum = 0;
			for (int i = 0; i < masked.length; i++)
				for (int v = 0; masked[i] && v < 192; v++)
					sum += Math.pow(predicted[192 * i + v] - pixels[pixel(i, v)], 2);
			final float[] sums = pass.sums.toFloatArray();
			assertEquals(sum / (images * HIDDEN * 192), sums[1], 1e-5 * sums[1]);
			assertEquals(sums[1], sums[0], 0);
		}
	}

	/** Three channels with ImageNet's mean and standard deviation. */
	private static float[] pixels(final float[] grey, final int images) {
		final double[] mean = { 0.485, 0.456, 0.406 };
		final double[] deviation = { 0.229, 0.224, 0.225 };
		final float[] pixels = new float[3 * grey.length];
		final int plane = grey.length / images;
		for (int i = 0; i < pixels.length; i++) {
			final int channel = i / plane % 3;
			pixels[i] = (float) ((grey[i / (3 * plane) * plane + i % plane] / 255 - mean[channel]) / deviation[channel]);
		}
		return pixels;
	}

	/** Where value {@code v} of patch {@code i} of all images lies: in a patch row, column, channel. */
	private static int pixel(final int i, final int v) {
		final int y = i % 64 / 8 * 8 + v / 24;
		final int x = i % 8 * 8 + v / 3 % 8;
		return ((i / 64 * 3 + v % 3) * SIDE + y) * SIDE + x;
	}

	/** Alike for all patches with vessel: the same draw as the preview's. */
	@Test
	void uniformSamplingIsThePreviews() throws IOException {
		try (ReferencePass pass = pass(false, masking(GuidanceSource.FILTER, PatchSampling.UNIFORM), 0);
				Script preview = Script.load("masking", "Guidance", Map.of("patch", 8), Device.cpu()))
		{
			pass.run(HIDDEN, GUIDED, 1);
			final NDArray anatomy = pass.reference.tensor(pass.manager, "in.anatomy").toType(DataType.FLOAT32, true).div(255);
			final NDArray probability = preview.call(pass.manager, "uniform", anatomy, anatomy.zerosLike(), 1.0).get(1);
			final NDArray masked = preview.call(pass.manager, "sample", probability, pass.reference.tensor(pass.manager,
				"in.noise"), HIDDEN, GUIDED).get(0);
			assertEquals(masked, pass.masked);
			try (ReferencePass proportional = pass(false, masking(GuidanceSource.FILTER, PatchSampling.PROPORTIONAL), 0)) {
				proportional.run(HIDDEN, GUIDED, 1);
				assertTrue(!masked.equals(proportional.masked), "another draw than by equation 2");
			}
		}
	}

	/** Without guidance and consistency the segmentor is not looked at: numbers that are none do no harm. */
	@Test
	void maeNeedsNoSegmentor() throws IOException {
		try (ReferencePass pass = pass(false, PretrainingPreset.MAE.masking(), 0)) {
			pass.segmentor.all().values().stream().filter(w -> w.getDataType() == DataType.FLOAT32).forEach(w -> w.muli(
				Float.NaN));
			pass.run(HIDDEN, 0, 1);
			final float[] sums = pass.sums.toFloatArray();
			assertTrue(Float.isFinite(sums[0]));
			assertEquals(0, sums[2]);
			assertEquals(0, pass.failed.getFloat());
		}
	}

	@Test
	void theFirstStepWhoseLossIsNoNumberIsRemembered() throws IOException {
		try (ReferencePass pass = pass(false, MaskingSettings.VASOMIM, 1)) {
			pass.run(HIDDEN, GUIDED, 1);
			assertEquals(0, pass.failed.getFloat());
			pass.weights.all().get("decoder_pred.bias").muli(Float.NaN);
			pass.run(HIDDEN, GUIDED, 1, 5);
			pass.run(HIDDEN, GUIDED, 1, 6);
			assertEquals(5, pass.failed.getFloat());
		}
	}
}
