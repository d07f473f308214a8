package sc.fiji.vasomim.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.parallel.TaskExecutor;
import net.imglib2.parallel.TaskExecutors;
import net.imglib2.type.numeric.real.FloatType;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.vesselness.Vesselness;
import sc.fiji.vasomim.vesselness.VesselnessFilter;
import sc.fiji.vasomim.vesselness.VesselnessSettings;

class StoppableExecutorTest {

	/** Stops at the n-th time that it is asked. */
	private static final class StopAt implements Progress {

		private final AtomicInteger asked = new AtomicInteger();

		private final int n;

		private StopAt(final int n) {
			this.n = n;
		}

		@Override
		public void report(final long done, final long total, final String message) {}

		@Override
		public boolean isCanceled() {
			return asked.incrementAndGet() >= n;
		}
	}

	private static final VesselnessSettings FRANGI = VesselnessSettings.FRANGI_1998;

	private static final ArrayImg<FloatType, FloatArray> IMAGE = ArrayImgs.floats(64, 64, 6);

	private static float[] filter(final VesselnessSettings settings, final TaskExecutor executor) {
		final ArrayImg<FloatType, FloatArray> output = ArrayImgs.floats(64, 64, 6);
		Vesselness.compute(IMAGE, output, settings, executor);
		return output.update(null).getCurrentStorageArray();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void aFilterStopsWhereItIs(final int threads) {
		try (TaskExecutor pool = TaskExecutors.fixedThreadPool(threads)) {
			final StopAt stop = new StopAt(2);
			assertThrows(CancellationException.class, () -> filter(FRANGI, new StoppableExecutor(pool, stop)));
			assertTrue(stop.asked.get() >= 2, "asked while it worked");
		}
	}

	/** Sato goes through the frames once, so that only between them it can be stopped. */
	@Test
	void aRunStopsBetweenFrames() {
		final StopAt stop = new StopAt(2);
		assertThrows(CancellationException.class, () -> filter(FRANGI.withFilter(VesselnessFilter.SATO),
			new StoppableExecutor(TaskExecutors.singleThreaded(), stop)));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void nothingChangesIfNobodyStops(final int threads) {
		int i = 0;
		for (final FloatType pixel : IMAGE)
			pixel.set(i++ * 31 % 97);
		try (TaskExecutor pool = TaskExecutors.fixedThreadPool(threads)) {
			assertArrayEquals(filter(FRANGI, TaskExecutors.singleThreaded()), filter(FRANGI, new StoppableExecutor(pool, Progress.NONE)));
		}
	}
}
