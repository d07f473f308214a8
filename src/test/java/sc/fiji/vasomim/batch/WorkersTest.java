package sc.fiji.vasomim.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTest {

	@ParameterizedTest
	@ValueSource(classes = { IOException.class, IllegalArgumentException.class, OutOfMemoryError.class })
	void whatAJobThrowsIsThrownAsItIs(final Class<? extends Throwable> type) throws ReflectiveOperationException {
		final Throwable thrown = type.getConstructor(String.class).newInstance("so it is");
		try (Workers workers = new Workers("test", 1)) {
			final Future<?> job = workers.submit(() -> {
				if (thrown instanceof Error) throw (Error) thrown;
				throw (Exception) thrown;
			});
			assertSame(thrown, assertThrows(type, () -> Workers.outcome(job)));
		}
	}

	@Test
	void closingWaitsForTheJobAtWorkAndDropsTheRest() throws InterruptedException {
		final CountDownLatch begun = new CountDownLatch(1);
		final CountDownLatch go = new CountDownLatch(1);
		final AtomicReference<Boolean> interrupted = new AtomicReference<>();
		final Workers workers = new Workers("test", 1);
		workers.submit(() -> {
			begun.countDown();
			go.await();
			interrupted.set(Thread.currentThread().isInterrupted());
			return null;
		});
		final Future<?> dropped = workers.submit(() -> null);
		begun.await();
		final Thread closing = new Thread(workers::close);
		closing.start();
		closing.interrupt();
		while (closing.isAlive() && !closing.getState().equals(Thread.State.TIMED_WAITING))
			Thread.onSpinWait();
		assertEquals(null, interrupted.get(), "still at work, and waited for");
		go.countDown();
		closing.join();
		assertEquals(false, interrupted.get());
		assertFalse(dropped.isDone());
	}

	/** An interrupt does not give up the job: its result is handed over, and the interrupt is still to be seen. */
	@Test
	void anInterruptDoesNotEndTheWaiting() throws Exception {
		try (Workers workers = new Workers("test", 1)) {
			final CountDownLatch go = new CountDownLatch(1);
			final Future<Integer> job = workers.submit(() -> {
				go.await();
				return 7;
			});
			final AtomicReference<Object> seen = new AtomicReference<>();
			final Thread waiting = new Thread(() -> {
				try {
					seen.set(Workers.outcome(job) + (Thread.currentThread().isInterrupted() ? " interrupted" : ""));
				}
				catch (final IOException e) {
					seen.set(e);
				}
			});
			waiting.start();
			waiting.interrupt();
			while (waiting.isAlive() && (!waiting.getState().equals(Thread.State.WAITING) || waiting.isInterrupted()))
				Thread.onSpinWait();
			assertTrue(waiting.isAlive());
			go.countDown();
			waiting.join();
			assertEquals("7 interrupted", seen.get());
		}
	}
}
