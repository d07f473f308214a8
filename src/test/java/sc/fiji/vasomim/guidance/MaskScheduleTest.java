package sc.fiji.vasomim.guidance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskScheduleTest {

	private static final int PATCHES = 196;

	/**
	 * The published count is int(M * (b0 + (e + 1) / E * (bE - b0))) in float64. Here every operation is exact and then
	 * rounded to float64, as IEEE 754 defines them, so no arithmetic of the processor is shared with the code under test.
	 */
	private static int guided(final int hidden, final int epoch, final int epochs, final double start,
		final double end)
	{
		final BigDecimal progress = rounded(new BigDecimal(epoch + 1).divide(new BigDecimal(epochs), new MathContext(80,
			RoundingMode.HALF_EVEN)));
		final BigDecimal range = rounded(new BigDecimal(end).subtract(new BigDecimal(start)));
		final BigDecimal share = rounded(new BigDecimal(start).add(rounded(progress.multiply(range))));
		return rounded(share.multiply(new BigDecimal(hidden))).intValue();
	}

	private static BigDecimal rounded(final BigDecimal exact) {
		return new BigDecimal(exact.doubleValue());
	}

	@ParameterizedTest
	@ValueSource(ints = { 98, 196, 800 })
	void publishedScheduleGuidesToThePatch(final int epochs) {
		for (int epoch = 0; epoch < epochs; epoch++)
			assertEquals(guided(98, epoch, epochs, 0, 0.5), MaskSchedule.VASOMIM.guided(PATCHES, epoch, epochs), "epoch " +
				epoch);
	}

	/** Half a patch more each of 98 epochs, a quarter each of 196, less than a sixteenth each of 800. */
	@Test
	void countsByHand() {
		assertEquals(0, MaskSchedule.VASOMIM.guided(PATCHES, 0, 98));
		assertEquals(1, MaskSchedule.VASOMIM.guided(PATCHES, 4, 196));
		assertEquals(24, MaskSchedule.VASOMIM.guided(PATCHES, 399, 800));
		for (final int epochs : new int[] { 98, 196, 800 })
			assertEquals(49, MaskSchedule.VASOMIM.guided(PATCHES, epochs - 1, epochs));
	}

	@ParameterizedTest
	@CsvSource({ "98, 0.1, 0.9", "196, 0.3, 0.7", "800, 0.05, 0.95", "800, 0.5, 0", "196, 0.2, 0.2" })
	void otherSchedulesGuideToThePatch(final int epochs, final double start, final double end) {
		final MaskSchedule schedule = new MaskSchedule(0.75, start, end);
		for (int epoch = 0; epoch < epochs; epoch++)
			assertEquals(guided(147, epoch, epochs, start, end), schedule.guided(PATCHES, epoch, epochs), "epoch " + epoch);
	}

	/** Rounding matters: in exact numbers four of 196 epochs make one patch; in float64 it is a hair less than one. */
	@Test
	void theComparisonSeesExactNumbersAndThePapersEpoch() {
		assertEquals(0, MaskSchedule.VASOMIM.guided(PATCHES, 3, 196));
		assertTrue(IntStream.range(0, 800).anyMatch(e -> (int) (98 * (e / 800.0 * 0.5)) != MaskSchedule.VASOMIM.guided(
			PATCHES, e, 800)), "e / E");
	}

	/** N - int(N (1 - gamma)): 1 - 0.7 is a little more than 0.3 in float64, 1 - 0.9 a little less than 0.1. */
	@ParameterizedTest
	@CsvSource({ "196, 0.5, 98", "196, 0.75, 147", "49, 0.5, 25", "10, 0.7, 7", "10, 0.9, 10", "196, 0.999, 196",
		"196, 1e-9, 1" })
	void hiddenPatchesAreThoseThatAreNotKept(final int patches, final double ratio, final int expected) {
		assertEquals(expected, new MaskSchedule(ratio, 0, 0.5).hidden(patches));
	}

	@Test
	void onePatchAtLeastStaysVisible() {
		new MaskSchedule(0.9, 0, 0.5).checkVisible(20);
		final Exception e = assertThrows(IllegalArgumentException.class, () -> new MaskSchedule(0.9, 0, 0.5).checkVisible(
			10));
		assertEquals("maskratio: must leave at least one of the 10 patches visible, but was 0.9", e.getMessage());
	}

	@ParameterizedTest
	@CsvSource({ "0, 0, 0.5, maskratio", "1, 0, 0.5, maskratio", "NaN, 0, 0.5, maskratio", "0.5, -0.1, 0.5, guidedstart",
		"0.5, 0, 1.5, guidedend", "0.5, NaN, 0.5, guidedstart" })
	void impossibleSharesAreNamed(final double ratio, final double start, final double end, final String name) {
		final Exception e = assertThrows(IllegalArgumentException.class, () -> new MaskSchedule(ratio, start, end));
		assertTrue(e.getMessage().startsWith(name + ": ") && e.getMessage().contains("but was"), e.getMessage());
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 10 })
	void epochsOutsideTheRunAreRefused(final int epoch) {
		final Exception e = assertThrows(IllegalArgumentException.class, () -> MaskSchedule.VASOMIM.guided(PATCHES, epoch,
			10));
		assertTrue(e.getMessage().contains("0..9") && e.getMessage().contains(Integer.toString(epoch)), e.getMessage());
	}

	/** Of 800 epochs: the first for nothing done, the middle, the last; a half is rounded up. */
	@Test
	void epochsAreFoundByTheirShare() {
		assertEquals(1, MaskSchedule.epochAt(0, 800));
		assertEquals(400, MaskSchedule.epochAt(50, 800));
		assertEquals(800, MaskSchedule.epochAt(100, 800));
		assertEquals(2, MaskSchedule.epochAt(50, 3));
	}
}
