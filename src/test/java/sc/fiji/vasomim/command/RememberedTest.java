package sc.fiji.vasomim.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

class RememberedTest {

	private final List<String> discarded = new ArrayList<>();

	private final Remembered<String> remembered = new Remembered<>(discarded::add);

	@Test
	void isMadeOnceForEqualKeys() {
		assertEquals("a", remembered.get(List.of(1, 2), () -> "a"));
		assertEquals("a", remembered.get(List.of(1, 2), () -> "b"));
		assertEquals(List.of(), discarded);
	}

	@Test
	void theOldOneIsDiscardedWhenAnotherIsMade() {
		remembered.get(1, () -> "a");
		assertEquals("b", remembered.get(2, () -> "b"));
		assertEquals(List.of("a"), discarded);
		remembered.forget();
		remembered.forget();
		assertEquals(List.of("a", "b"), discarded);
		assertEquals("c", remembered.get(2, () -> "c"));
	}

	@Test
	void aFailureLeavesTheOldOne() {
		remembered.get(1, () -> "a");
		assertThrows(IOException.class, () -> remembered.get(2, () -> {
			throw new IOException();
		}));
		assertEquals("a", remembered.get(1, () -> "b"));
		assertEquals(List.of(), discarded);
	}
}
