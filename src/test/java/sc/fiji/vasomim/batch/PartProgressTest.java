package sc.fiji.vasomim.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartProgressTest {

	private static final class Recorder implements Progress {

		private String last;

		private boolean canceled;

		@Override
		public void report(final long done, final long total, final String message) {
			last = done + "/" + total + " " + message;
		}

		@Override
		public boolean isCanceled() {
			return canceled;
		}
	}

	private final Recorder whole = new Recorder();

	/** A part from 130 to 980 thousandths: 130 + 850 d / t, rounded down; a part of nothing stands at its start. */
	@ParameterizedTest
	@CsvSource({ "0, 200, 130", "1, 200, 134", "100, 200, 555", "200, 200, 980", "0, 0, 130", "3000000000, 4000000000, 767" })
	void aPartIsASpanOfTheWhole(final long done, final long total, final int expected) {
		new PartProgress(whole, 130, 980, "pre-training").report(done, total, "epoch 1");
		assertEquals(expected + "/1000 pre-training: epoch 1", whole.last);
	}

	@Test
	void aStopOfTheWholeStopsThePart() {
		final Progress part = new PartProgress(whole, 0, 10, "a");
		assertFalse(part.isCanceled());
		whole.canceled = true;
		assertTrue(part.isCanceled());
	}
}
