package sc.fiji.vasomim.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import sc.fiji.vasomim.metrics.Box;
import sc.fiji.vasomim.metrics.Detection;

/** Squares of 10 px: moved by d px along one axis, they overlap by (10 - d) / (10 + d). */
class BoxTracksTest {

	private static Detection at(final double x, final double y) {
		return new Detection(new Box(x, y, 10, 10), 1, 0.9);
	}

	@SafeVarargs
	private static List<List<Integer>> link(final double overlap, final int gap, final List<Detection>... frames) {
		return new BoxTracks(overlap, gap).link(Arrays.asList(frames)).stream().map(numbers -> Arrays.stream(numbers).boxed()
			.toList()).toList();
	}

	@Test
	void boxesFollowTheirTracksWhateverTheirOrder() {
		assertEquals(List.of(List.of(1, 2), List.of(2, 1), List.of(1, 3)), link(0.2, 0, List.of(at(0, 0), at(50, 0)), List.of(
			at(52, 0), at(2, 0)), List.of(at(4, 0), at(90, 0))));
	}

	/** 5 px is 1/3: enough for 0.3, not for 0.34. */
	@Test
	void theLeastOverlapIsReached() {
		assertEquals(List.of(List.of(1), List.of(1)), link(0.3, 0, List.of(at(0, 0)), List.of(at(5, 0))));
		assertEquals(List.of(List.of(1), List.of(2)), link(0.34, 0, List.of(at(0, 0)), List.of(at(5, 0))));
		assertEquals(List.of(List.of(1), List.of(1)), link(1, 0, List.of(at(0, 0)), List.of(at(0, 0))));
	}

	/** The box at 3 overlaps that at 4 more (9/11) than that at 0 (7/13): the first track goes without, and at 1 it is found. */
	@Test
	void thePairThatOverlapsMostComesFirst() {
		assertEquals(List.of(List.of(1, 2), List.of(2)), link(0.2, 0, List.of(at(0, 0), at(4, 0)), List.of(at(3, 0))));
		assertEquals(List.of(List.of(1, 2), List.of(2, 1)), link(0.2, 0, List.of(at(0, 0), at(4, 0)), List.of(at(3, 0), at(1,
			0))));
	}

	@Test
	void aTrackMayBeMissingForAGap() {
		final List<Detection> none = List.of();
		final List<Detection> one = List.of(at(0, 0));
		assertEquals(List.of(List.of(1), List.of(), List.of(), List.of(1)), link(0.2, 2, one, none, none, one));
		assertEquals(List.of(List.of(1), List.of(), List.of(), List.of(2)), link(0.2, 1, one, none, none, one));
	}

	@Test
	void aGapMayBeAsLongAsCanBe() {
		assertEquals(List.of(List.of(1), List.of(), List.of(1)), link(0.2, Integer.MAX_VALUE, List.of(at(0, 0)), List.of(), List
			.of(at(0, 0))));
	}

	/** Numbers count on when the tracks before have ended. */
	@Test
	void theNumbersOfEndedTracksAreNotGivenAgain() {
		assertEquals(List.of(List.of(1, 2), List.of(), List.of(3), List.of(), List.of(4)), link(0.2, 0, List.of(at(0, 0), at(50,
			0)), List.of(), List.of(at(0, 0)), List.of(), List.of(at(50, 0))));
	}

	@Test
	void classesAreNotMixed() {
		final Detection other = new Detection(new Box(0, 0, 10, 10), 2, 0.9);
		assertEquals(List.of(List.of(1), List.of(2), List.of(1)), link(0.2, 2, List.of(at(0, 0)), List.of(other), List.of(at(0,
			0))));
	}

	/** Both are as near: the older track has the first box, on any run. */
	@Test
	void equalsAreSettledByOrder() {
		assertEquals(List.of(List.of(1, 2), List.of(1, 2)), link(0.2, 0, List.of(at(0, 0), at(0, 0)), List.of(at(1, 0), at(1,
			0))));
	}

	@Test
	void badSettingsAreNamed() {
		assertTrue(assertThrows(IllegalArgumentException.class, () -> new BoxTracks(0, 1)).getMessage().startsWith(
			"overlap: "));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> new BoxTracks(0.5, -1)).getMessage().startsWith(
			"gap: "));
	}
}
