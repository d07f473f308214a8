package sc.fiji.vasomim.curation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.util.Util;
import net.imglib2.view.Views;

import sc.fiji.vasomim.dataset.Thumbnail;
import sc.fiji.vasomim.files.IntensityRule.Polarity;
import sc.fiji.vasomim.sample.AngiogramSettings;
import sc.fiji.vasomim.sample.SyntheticAngiogram;

/**
 * Runs into which the contrast agent comes: a drawn angiogram whose arteries are faded out. Grey levels are logarithms of
 * intensities there, so that attenuation fades linearly.
 */
class VesselEnergyTest {

	private static final double[] AGENT = { 0, 0, 0.1, 0.3, 0.6, 0.9, 1, 0.95, 0.8, 0.5, 0.2, 0.05 };

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5 })
	void risesWithTheContrastAgent(final long seed) {
		final SyntheticAngiogram drawn = SyntheticAngiogram.generate(AngiogramSettings.ofSeed(seed));
		final double[] background = withoutArteries(drawn);
		double before = 0;
		for (final double agent : new double[] { 0, 0.25, 0.5, 0.75, 1 }) {
			final double energy = VesselEnergy.of(frame(drawn, background, agent, 1));
			assertTrue(energy > before, agent + ": " + energy + " after " + before);
			before = energy;
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 6, 7, 8 })
	void theFilledFramesOfARunAreChosen(final long seed) {
		final SyntheticAngiogram drawn = SyntheticAngiogram.generate(AngiogramSettings.ofSeed(seed));
		final double[] background = withoutArteries(drawn);
		final List<Candidate> run = new ArrayList<>();
		for (int i = 0; i < AGENT.length; i++) {
			final RandomAccessibleInterval<UnsignedByteType> frame = frame(drawn, background, AGENT[i], i);
			run.add(new Candidate(0, i, false, VesselEnergy.of(frame), new Thumbnail(frame)));
		}
		final PreparationSettings settings = new PreparationSettings(SourceForm.FOLDER, "a", 4, 0, 1, true, Polarity.DARK);
		assertEquals(List.of(5, 6, 7, 8), Candidate.choose(run, settings).chosen().stream().map(Candidate::plane).toList());
	}

	@Test
	void aConstantFrameShowsNothing() {
		assertEquals(0, VesselEnergy.of(ArrayImgs.unsignedBytes(100, 80)));
	}

	/** Doubling the grey levels doubles the response; enlarging the frame twofold changes nothing that is reduced again. */
	@Test
	void isAnEnergyOnFramesReducedToOneSize() {
		final int side = 256;
		final byte[] faint = new byte[side * side], strong = faint.clone(), large = new byte[4 * side * side];
		for (int i = 0; i < large.length; i++) {
			final int x = i % (2 * side) / 2, y = i / (2 * side) / 2, line = Math.abs(x - y) < 4 ? 100 : 50;
			faint[y * side + x] = large[i] = (byte) (150 - line);
			strong[y * side + x] = (byte) (250 - 2 * line);
		}
		final double energy = VesselEnergy.of(ArrayImgs.unsignedBytes(faint, side, side));
		assertTrue(energy > 1);
		assertEquals(4 * energy, VesselEnergy.of(ArrayImgs.unsignedBytes(strong, side, side)), 1e-3 * energy);
		assertEquals(energy, VesselEnergy.of(ArrayImgs.unsignedBytes(large, 2 * side, 2 * side)), 1e-3 * energy);
	}

	private static RandomAccessibleInterval<UnsignedByteType> frame(final SyntheticAngiogram drawn,
		final double[] background, final double agent, final int noise)
	{
		final Random random = new Random(noise);
		final byte[] pixels = new byte[background.length];
		final Cursor<UnsignedByteType> full = Views.flatIterable(drawn.image()).cursor();
		for (int i = 0; i < pixels.length; i++)
			pixels[i] = (byte) Util.roundToInt(Math.max(0, Math.min(255, background[i] + agent * (full.next().get() -
				background[i]) + 2 * random.nextGaussian())));
		return ArrayImgs.unsignedBytes(pixels, drawn.image().dimensionsAsLongArray());
	}

	/** Smoothed into the arteries from around them. */
	private static double[] withoutArteries(final SyntheticAngiogram drawn) {
		final int width = (int) drawn.image().dimension(0), n = width * (int) drawn.image().dimension(1);
		final double[] grey = new double[n];
		final boolean[] artery = new boolean[n];
		final Cursor<UnsignedByteType> image = Views.flatIterable(drawn.image()).cursor();
		final Cursor<UnsignedByteType> mask = Views.flatIterable(drawn.mask()).cursor();
		for (int i = 0; i < n; i++) {
			grey[i] = image.next().get();
			// Some px around them too, for they are drawn unsharp.
			if (mask.next().get() > 0) for (int dy = -3; dy <= 3; dy++)
				for (int dx = -3; dx <= 3; dx++)
					artery[Math.max(0, Math.min(n - 1, i + dy * width + dx))] = true;
		}
		for (int i = 1; i < n; i++)
			if (artery[i]) grey[i] = grey[i - 1];
		for (int pass = 0; pass < 100; pass++)
			for (int i = width + 1; i < n - width - 1; i++)
				if (artery[i]) grey[i] = (grey[i - 1] + grey[i + 1] + grey[i - width] + grey[i + width]) / 4;
		return grey;
	}
}
