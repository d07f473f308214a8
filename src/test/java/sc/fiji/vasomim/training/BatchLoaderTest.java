package sc.fiji.vasomim.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;

import sc.fiji.vasomim.dataset.CropPlan;
import sc.fiji.vasomim.dataset.PixelCache;
import sc.fiji.vasomim.dataset.TinyAngiograms;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.training.BatchLoader.Batch;

class BatchLoaderTest {

	@TempDir
	Path folder;

	private NDManager manager;

	private PixelCache cache;

	@BeforeEach
	void open() throws IOException {
		manager = Devices.newManager(Device.cpu());
		TinyAngiograms.write(folder, 7, 32);
		cache = TinyAngiograms.open(folder);
	}

	@AfterEach
	void close() throws IOException {
		cache.close();
		manager.close();
	}

	@Test
	void anEpochHoldsEachImageOnceButForTheRest() throws IOException {
		final BatchLoader loader = new BatchLoader(cache, 3, 0.2, 1);
		assertEquals(2, loader.batchesPerEpoch());
		final Set<Integer> seen = new HashSet<>();
		for (int i = 0; i < 2; i++)
			Arrays.stream(loader.load(manager, 0, i).indices()).forEach(seen::add);
		assertEquals(6, seen.size());
		assertFalse(Arrays.equals(loader.load(manager, 0, 0).indices(), loader.load(manager, 1, 0).indices()));
	}

	@Test
	void cropsAreCutAndPaddedToTheLargestOfTheBatch() throws IOException {
		final Batch batch = BatchLoader.batch(manager, cache, new int[] { 0, 5 }, new CropPlan[] { new CropPlan(1, 2, 3, 4,
			true), CropPlan.whole(32, 52) });
		assertArrayEquals(new long[] { 2, 32, 52 }, batch.image().getShape().getShape());
		assertArrayEquals(new float[] { 0, 0, 3, 4, 0, 0, 32, 52 }, batch.box().toFloatArray());
		assertArrayEquals(new float[] { 1, 0 }, batch.flip().toFloatArray());
		final byte[] images = batch.image().toByteArray();
		final byte[] masks = batch.labels().toByteArray();
		for (int y = 0; y < 3; y++) {
			assertArrayEquals(row(cache.image(0), 32 * (1 + y) + 2), row(images, 52 * y));
			assertArrayEquals(row(cache.labels(0), 32 * (1 + y) + 2), row(masks, 52 * y));
		}
		assertArrayEquals(cache.image(5), Arrays.copyOfRange(images, 32 * 52, 2 * 32 * 52));
	}

	private static byte[] row(final byte[] pixels, final int start) {
		return Arrays.copyOfRange(pixels, start, start + 4);
	}

	@Test
	void anImagesCropDependsOnSeedEpochAndImageAlone() throws IOException {
		final float[][] byImage = new float[7][];
		final BatchLoader ones = new BatchLoader(cache, 1, 0.2, 4);
		for (int i = 0; i < 7; i++) {
			final Batch batch = ones.load(manager, 2, i);
			byImage[batch.indices()[0]] = batch.box().toFloatArray();
		}
		final Batch all = new BatchLoader(cache, 7, 0.2, 4).load(manager, 2, 0);
		for (int i = 0; i < 7; i++)
			assertArrayEquals(byImage[all.indices()[i]], Arrays.copyOfRange(all.box().toFloatArray(), 4 * i, 4 * i + 4));
	}

	/** Who draws pictures of what is learnt is told which images that is. */
	@Test
	void theChosenImagesAreThoseOfAllEpochs() throws IOException {
		final Set<Integer> seen = new HashSet<>();
		final BatchLoader loader = new BatchLoader(cache, 0.43, 1, 0.2, 5);
		for (int epoch = 0; epoch < 3; epoch++)
			for (int i = 0; i < loader.batchesPerEpoch(); i++)
				seen.add(loader.load(manager, epoch, i).indices()[0]);
		final Set<Integer> chosen = new HashSet<>();
		Arrays.stream(BatchLoader.chosen(7, 0.43, 5)).forEach(chosen::add);
		assertEquals(3, chosen.size());
		assertEquals(chosen, seen);
	}

	/** 30000 px in a row and 30000 in a column: a crop of both is 9e8 px, of which two stay below 2^31. */
	@Test
	void soManyAreReadAtOnceAsFitWhateverTheCropsAre() throws IOException {
		final Path long_ = folder.resolve("long");
		TinyAngiograms.image(long_, "0", 30_000, 1);
		TinyAngiograms.image(long_, "1", 1, 30_000);
		TinyAngiograms.image(long_, "2", 1, 1);
		try (PixelCache lengthy = TinyAngiograms.open(long_)) {
			assertEquals(2, new BatchLoader(lengthy, 3, 1, 1).mostAtOnce());
			assertEquals(1, new BatchLoader(lengthy, 1, 1, 1).mostAtOnce());
		}
		assertEquals(7, new BatchLoader(cache, 7, 0.2, 1).mostAtOnce());
	}

	/** Of seven images: three, then five; rounded to whole images. */
	@Test
	void aSmallerShareIsPartOfALargerOne() throws IOException {
		final Set<Integer> some = images(3, 0.43);
		final Set<Integer> more = images(5, 0.71);
		assertEquals(3, some.size());
		assertEquals(5, more.size());
		assertTrue(more.containsAll(some));
		assertEquals(7, images(7, 1).size());
		assertThrows(IllegalArgumentException.class, () -> new BatchLoader(cache, 0.43, 4, 0.2, 1));
	}

	private Set<Integer> images(final int count, final double share) throws IOException {
		final BatchLoader loader = new BatchLoader(cache, share, count, 0.2, 1);
		assertEquals(1, loader.batchesPerEpoch());
		final Set<Integer> seen = new HashSet<>();
		Arrays.stream(loader.load(manager, 3, 0).indices()).forEach(seen::add);
		return seen;
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 8 })
	void aBatchLargerThanTheDataIsRefused(final int size) {
		final Exception e = assertThrows(IllegalArgumentException.class, () -> new BatchLoader(cache, size, 0.2, 1));
		assertTrue(e.getMessage().contains("batch: must lie in 1..7") && e.getMessage().contains("was " + size), e
			.getMessage());
	}
}
