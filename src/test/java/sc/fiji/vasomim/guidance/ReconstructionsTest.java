package sc.fiji.vasomim.guidance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ai.djl.Device;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.vasomim.guidance.Reconstructions.Settings;
import sc.fiji.vasomim.guidance.Reconstructions.Size;
import sc.fiji.vasomim.inference.PatchGrid;
import sc.fiji.vasomim.inference.PatchStatistics;
import sc.fiji.vasomim.model.MaskedAutoencoder;
import sc.fiji.vasomim.model.ModelFile;
import sc.fiji.vasomim.model.Network;
import sc.fiji.vasomim.model.Unext;
import sc.fiji.vasomim.model.Weights;

/** How patches are hidden, with untrained networks of 32 px and patches of 8 px. */
class ReconstructionsTest {

	@TempDir
	private static Path folder;

	private static final RandomAccessibleInterval<UnsignedByteType> GREY = image((byte) 100, (byte) 60);

	private static final RandomAccessibleInterval<UnsignedByteType> ANATOMY = image((byte) 0, (byte) 255);

	/** 80 x 48 px with an upright bar, 16 px wide. */
	private static RandomAccessibleInterval<UnsignedByteType> image(final byte ground, final byte bar) {
		final byte[] pixels = new byte[80 * 48];
		for (int i = 0; i < pixels.length; i++)
			pixels[i] = i % 80 >= 24 && i % 80 < 40 ? bar : ground;
		return ArrayImgs.unsignedBytes(pixels, 80, 48);
	}

	@BeforeAll
	static void write() throws IOException {
		write("model", new MaskedAutoencoder(32, 8, 16, 1, 2, 16, 1, 2));
		write("segmentor", new Unext(5, 5, 5, 5, 5));
	}

	private static void write(final String name, final Network network) throws IOException {
		try (Weights weights = Weights.initialise(network, 1, Device.cpu())) {
			ModelFile.write(folder.resolve(name), weights, "of a test");
		}
	}

	private static final Hiding RANDOM = new Hiding.Random(0.5, 7);

	private static Hiding.Guided guided(final double eta) {
		return new Hiding.Guided(new MaskingSettings(new MaskSchedule(0.5, 0.2, 0.8), GuidanceSource.BOTH, eta,
			PatchSampling.PROPORTIONAL), 3, 4, 7);
	}

	private static boolean[] hide(final Hiding how, final Size size, final int image) throws IOException {
		final Path segmentor = how instanceof Hiding.Guided ? folder.resolve("segmentor") : null;
		try (Reconstructions reconstructions = new Reconstructions(new Settings(how, size, PatchStatistics.ORIGINAL),
			folder.resolve("model"), segmentor, "cpu"))
		{
			return reconstructions.hide(GREY, () -> ANATOMY, image).masked();
		}
	}

	@Test
	void halfOfThePatchesOfTheImageOrOfTheSquare() throws IOException {
		final boolean[] whole = hide(RANDOM, Size.NATIVE, 0);
		assertEquals(60, whole.length);
		assertEquals(30, count(whole));
		final boolean[] square = hide(RANDOM, Size.NETWORK, 0);
		assertArrayEquals(PatchMask.uniform(new PatchGrid(32, 32, 8), 8, 7, 0).masked(), square);
		assertArrayEquals(whole, hide(RANDOM, Size.NATIVE, 0));
		assertFalse(Arrays.equals(whole, hide(RANDOM, Size.NATIVE, 1)), "each image has its own");
	}

	@Test
	void onTheNetworksSquareGuidedMasksAreThoseOfPreTraining() throws IOException {
		final MaskingSettings masking = guided(0.5).masking();
		try (VesselMapper mapper = VesselMapper.withSegmentor(32, Device.cpu(), folder.resolve("segmentor"));
				CoGuidance guidance = new CoGuidance(8, Device.cpu()))
		{
			for (int image = 0; image < 5; image++)
				assertArrayEquals(guidance.sample(guidance.guide(mapper.map(GREY, ANATOMY), masking), masking, 2, 4, 7, image)
					.masked(), hide(guided(0.5), Size.NETWORK, image));
		}
	}

	/** With the filter alone, the guided 19 of 30 are drawn from the 12 patches that hold vessel: all of them hide. */
	@Test
	void atTheImagesSizeGuidanceHidesTheVessel() throws IOException {
		final boolean[] hidden = hide(guided(1), Size.NATIVE, 0);
		assertEquals(30, count(hidden));
		for (int i = 0; i < hidden.length; i++)
			if (i % 10 == 3 || i % 10 == 4) assertTrue(hidden[i], "patch " + i);
		assertArrayEquals(hidden, hide(guided(1), Size.NATIVE, 0));
	}

	@Test
	void theEpochIsOneOfAll() {
		final Exception e = assertThrows(IllegalArgumentException.class, () -> new Hiding.Guided(MaskingSettings.VASOMIM, 9,
			4, 1));
		assertEquals("epoch: must lie in 1..4, the number of epochs, but was 9", e.getMessage());
		assertThrows(IllegalArgumentException.class, () -> new Hiding.Random(1, 1));
	}

	private static int count(final boolean[] patches) {
		return (int) IntStream.range(0, patches.length).filter(i -> patches[i]).count();
	}
}
