package sc.fiji.vasomim.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TimeLeftTest {

	private static final long SECOND = 1_000_000_000L;

	/** Resumed at 100 of 400: 50 in 10 s, so that the other 250 take 50 s. */
	@Test
	void whatWasDoneBeforeIsNotCounted() {
		final TimeLeft left = new TimeLeft();
		assertTrue(left.isNew(100, 400));
		left.begin(100, 400, 5 * SECOND);
		assertEquals("", left.words(100, 6 * SECOND));
		assertEquals("(0:50 left)", left.words(150, 15 * SECOND));
		assertEquals("", left.words(400, 65 * SECOND));
		assertFalse(left.isNew(150, 400));
		assertTrue(left.isNew(99, 400) && left.isNew(150, 401));
	}

	@Test
	void hoursAreShown() {
		final TimeLeft left = new TimeLeft();
		left.begin(0, 3662, 0);
		assertEquals("(1:01:01 left)", left.words(1, SECOND));
	}
}
