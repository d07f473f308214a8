package sc.fiji.vasomim.guidance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import sc.fiji.vasomim.ChiSquared;
import sc.fiji.vasomim.inference.PatchGrid;

/** An image of 9 x 5 px: three columns and two rows of patches of 4 px. */
class PatchMaskTest {

	private static final PatchGrid GRID = new PatchGrid(9, 5, 4);

	@Test
	void theFirstOfAnOrderAreHidden() {
		final PatchMask mask = PatchMask.first(GRID, new int[] { 4, 0, 5, 2, 1, 3 }, 3);
		assertArrayEquals(new boolean[] { true, false, false, false, true, true }, mask.masked());
		assertArrayEquals(new long[] { 1, 2, 3 }, mask.visible());
		assertEquals(3, mask.maskedCount());
		assertEquals(0, mask.guidedCount());
		assertEquals(1 / 3.0, mask.share(new boolean[] { true, true, false, false, false, false }));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 4, 6 })
	void soManyAreHiddenAsAsked(final int hidden) {
		for (int image = 0; image < 20; image++)
			assertEquals(hidden, PatchMask.uniform(GRID, hidden, 3, image).maskedCount());
	}

	/** Three of six: all twenty subsets are equally often. */
	@Test
	void allSubsetsAreAlike() {
		final long[] counts = new long[64];
		for (int image = 0; image < 20_000; image++) {
			int subset = 0;
			for (final long visible : PatchMask.uniform(GRID, 3, 5, image).visible())
				subset |= 1 << visible;
			counts[subset]++;
		}
		final long[] seen = Arrays.stream(counts).filter(count -> count > 0).toArray();
		assertEquals(20, seen.length);
		assertTrue(ChiSquared.isUniform(seen), Arrays.toString(seen));
	}

	@Test
	void everyPatchMustBeSpokenOf() {
		assertThrows(IllegalArgumentException.class, () -> PatchMask.of(GRID, new boolean[5]));
		assertThrows(IllegalArgumentException.class, () -> new PatchMask(GRID, new boolean[6], new boolean[7]));
	}
}
