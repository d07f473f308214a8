package sc.fiji.vasomim.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.ImageRoi;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.process.ByteProcessor;

@Timeout(30)
class LivePreviewTest {

	/** Stands for the event thread: the test takes one event after the other. */
	private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();

	private final List<String> seen = new CopyOnWriteArrayList<>();

	private final LivePreview preview = new LivePreview(() -> seen.add("removed"), seen::add, events::add);

	private void nextEvent() throws InterruptedException {
		events.take().run();
	}

	@Test
	void showsWhatItComputedOnAnotherThread() throws InterruptedException {
		final Thread[] worker = new Thread[1];
		preview.show(() -> progress -> {
			worker[0] = Thread.currentThread();
			return () -> seen.add("result");
		});
		nextEvent();
		assertEquals(List.of("result"), seen);
		assertNotSame(Thread.currentThread(), worker[0]);
	}

	@Test
	void newerRequestStopsTheOneAtWorkAndReplacesTheOneThatWaits() throws InterruptedException {
		final CountDownLatch working = new CountDownLatch(1);
		final CountDownLatch stopped = new CountDownLatch(1);
		preview.show(() -> progress -> {
			working.countDown();
			while (!progress.isCanceled())
				Thread.onSpinWait();
			stopped.countDown();
			throw new CancellationException();
		});
		assertTrue(working.await(10, TimeUnit.SECONDS));
		preview.show(() -> progress -> () -> seen.add("never computed, or at least never shown"));
		preview.show(() -> progress -> () -> seen.add("newest"));
		while (seen.isEmpty())
			nextEvent();
		assertEquals(0, stopped.getCount());
		assertEquals(List.of("newest"), seen);
		assertTrue(events.isEmpty());
	}

	@Test
	void resultThatComesAfterTheEndIsNotShown() throws InterruptedException {
		preview.show(() -> progress -> () -> seen.add("late"));
		final Runnable late = events.take();
		preview.end();
		late.run();
		nextEvent();
		assertEquals(List.of("removed"), seen);
	}

	/** What the command shows in the picture's place comes after it is gone. */
	@Test
	void theCloseWaitsUntilThePictureIsGone() throws InterruptedException {
		preview.show(() -> progress -> () -> seen.add("shown"));
		nextEvent();
		final Thread command = new Thread(() -> {
			preview.close();
			seen.add("the command's own");
		});
		command.start();
		final Runnable removal = events.take();
		Thread.sleep(50);
		removal.run();
		command.join();
		assertEquals(List.of("shown", "removed", "the command's own"), seen);
	}

	@Test
	void startsAgainAfterTheEnd() throws InterruptedException {
		preview.show(() -> progress -> () -> seen.add("first"));
		nextEvent();
		preview.end();
		nextEvent();
		preview.show(() -> progress -> () -> seen.add("second"));
		nextEvent();
		assertEquals(List.of("first", "removed", "second"), seen);
	}

	@Test
	void failureIsSaidAndTheOldPictureGoes() throws InterruptedException {
		preview.show(() -> progress -> {
			throw new IOException("no such file");
		});
		nextEvent();
		preview.show(() -> progress -> {
			throw new IllegalStateException();
		});
		nextEvent();
		assertEquals(List.of("removed", "No preview: no such file", "removed",
			"No preview: java.lang.IllegalStateException"), seen);
	}

	@Test
	void refusedSettingsAreSaid() throws InterruptedException {
		preview.show(() -> {
			throw new IllegalArgumentException("beta: must be more than 0");
		});
		nextEvent();
		assertEquals(List.of("removed", "No preview: beta: must be more than 0"), seen);
	}

	@Test
	void anErrorIsSaidToo() throws InterruptedException {
		preview.show(() -> progress -> {
			throw new ExceptionInInitializerError(new IllegalStateException("not the engine it was built for"));
		});
		nextEvent();
		preview.show(() -> progress -> {
			throw new OutOfMemoryError("Java heap space");
		});
		nextEvent();
		assertEquals(List.of("removed", "No preview: not the engine it was built for", "removed",
			"No preview: Java heap space"), seen);
	}

	/** The first work, though nobody waits for it any more, is not joined by a second one. */
	@Test
	void worksNeverRunAtOnce() throws InterruptedException {
		final CountDownLatch working = new CountDownLatch(1);
		final CountDownLatch finish = new CountDownLatch(1);
		preview.show(() -> progress -> {
			working.countDown();
			await(finish);
			seen.add("first is done");
			return () -> {};
		});
		assertTrue(working.await(10, TimeUnit.SECONDS));
		preview.end();
		nextEvent();
		preview.show(() -> progress -> () -> seen.add("second"));
		assertFalse(events.stream().findAny().isPresent());
		finish.countDown();
		while (!seen.contains("second"))
			nextEvent();
		assertEquals(List.of("removed", "first is done", "second"), seen);
	}

	private static void await(final CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (final InterruptedException e) {
			throw new IllegalStateException(e);
		}
	}

	@Test
	void endWithoutAPreviewDoesNothing() {
		preview.end();
		assertTrue(events.isEmpty());
		assertTrue(seen.isEmpty());
	}

	@Test
	void overlayComesBackAndPixelsStay() {
		final ImagePlus first = new ImagePlus("first", new ByteProcessor(4, 3));
		final ImagePlus second = new ImagePlus("second", new ByteProcessor(4, 3));
		final Overlay before = new Overlay(new Roi(1, 1, 2, 1));
		first.setOverlay(before);
		final OverlayPreview overlay = new OverlayPreview();
		overlay.show(first, 1, new ByteProcessor(4, 3), true);
		overlay.show(first, 1, new ByteProcessor(4, 3), true);
		assertEquals(2, first.getOverlay().size());
		assertTrue(((ImageRoi) first.getOverlay().get(1)).getZeroTransparent());
		overlay.show(second, 1, new ByteProcessor(4, 3), false);
		assertSame(before, first.getOverlay());
		assertEquals(1, before.size());
		assertFalse(((ImageRoi) second.getOverlay().get(0)).getZeroTransparent());
		overlay.remove();
		overlay.remove();
		assertNull(second.getOverlay());
	}

	@Test
	void aPictureIsOverItsPlaneAlone() {
		final ImagePlus run = new ImagePlus("run", ImageStack.create(4, 3, 6, 8));
		final OverlayPreview overlay = new OverlayPreview();
		overlay.show(run, 5, new ByteProcessor(4, 3), true);
		assertEquals(5, run.getOverlay().get(0).getPosition());
		overlay.remove();
		run.setDimensions(2, 3, 1);
		run.setOpenAsHyperStack(true);
		overlay.show(run, 4, new ByteProcessor(4, 3), true);
		final Roi roi = run.getOverlay().get(0);
		assertEquals(List.of(2, 2, 1), List.of(roi.getCPosition(), roi.getZPosition(), roi.getTPosition()));
	}

	@Test
	void anOverlayThatWasHiddenIsHiddenAgain() {
		final ImagePlus image = new ImagePlus("image", new ByteProcessor(4, 3));
		image.setOverlay(new Overlay(new Roi(1, 1, 2, 1)));
		image.setHideOverlay(true);
		final OverlayPreview overlay = new OverlayPreview();
		overlay.show(image, 1, new ByteProcessor(4, 3), true);
		assertFalse(image.getHideOverlay());
		overlay.remove();
		assertTrue(image.getHideOverlay());
	}

	@Test
	void nothingIsShownAfterTheClose() {
		preview.close();
		preview.show(() -> {
			throw new AssertionError("nothing is asked for any more");
		});
		assertTrue(events.isEmpty());
	}
}
