package sc.fiji.vasomim.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalesTest {

	@Test
	void listsMayBeSeparatedByAnything() {
		final List<Double> expected = List.of(1.0, 2.5, 4.0);
		for (final String text : List.of("1, 2.5, 4", "1 2.5 4", " 1;2.5;4 ", "1,2.5,4"))
			assertEquals(expected, Scales.of("list", text, 1, 4, 4));
	}

	@Test
	void rangesRunFromTheSmallestToTheLargest() {
		assertEquals(List.of(1.0, 2.0, 3.0, 4.0), Scales.of("linear", Scales.LIST, 1, 4, 4));
		assertEquals(List.of(0.5, 1.25, 2.0), Scales.of("linear", Scales.LIST, 0.5, 2, 3));
		assertEquals(List.of(3.0), Scales.of("linear", Scales.LIST, 3, 9, 1));
		final List<Double> octaves = Scales.of("logarithmic", Scales.LIST, 1, 8, 4);
		assertEquals(4, octaves.size());
		for (int i = 0; i < 4; i++)
			assertEquals(1 << i, octaves.get(i), 1e-12);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { //
		"list | 1, 2 | 1 | 8 | 4 | scales: smallest, largest and steps were set", //
		"list | one | 1 | 4 | 4 | sigmas: must be numbers", //
		"linear | 1, 2 | 1 | 8 | 4 | scales: sigmas were set to 1, 2", //
		"linear | 1, 2, 3, 4 | 5 | 4 | 4 | smallest: must be above 0 and at most largest, 4.0, but was 5.0", //
		"logarithmic | 1, 2, 3, 4 | 0 | 4 | 4 | smallest: must be above 0" })
	void whatCannotBeMeantIsRefused(final String kind, final String list, final double smallest, final double largest,
		final int steps, final String message)
	{
		final String seen = assertThrows(IllegalArgumentException.class, () -> Scales.of(kind, list, smallest, largest,
			steps)).getMessage();
		assertTrue(seen.startsWith(message), seen);
	}
}
