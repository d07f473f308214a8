package sc.fiji.vasomim.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import sc.fiji.vasomim.torch.Devices;

class TileSideTest {

	/** As CUDA's allocator says it. */
	private static final String FULL = "CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 8 GiB";

	private final List<String> log = new ArrayList<>();

	private final List<Integer> tried = new ArrayList<>();

	private final TileSide side = new TileSide(512, 64, 16, "gpu0", log::add);

	private int run(final int needed, final int enough) {
		return side.with(needed, tile -> work(tile, enough));
	}

	private int work(final int tile, final int enough) {
		tried.add(tile);
		if (tile > enough) throw new EngineException(FULL);
		return tile;
	}

	@Test
	void sidesAreHalvedForGoodAndThatIsSaidOnceEach() {
		assertEquals(128, run(512, 200));
		assertEquals(List.of(512, 256, 128), tried);
		assertEquals(128, run(512, 200));
		assertEquals(List.of(512, 256, 128, 128), tried);
		assertEquals(2, log.size());
		assertEquals("The memory of gpu0 does not suffice for tiles of 512 x 512 px: they are of 256 x 256 px from now on, and " +
			"the image is begun anew.", log.get(0));
	}

	@Test
	void aSmallImageTakesNoMoreThanItNeeds() {
		assertEquals(96, run(96, 512));
		assertEquals(List.of(96), tried);
		assertEquals(80, run(176, 90));
		assertEquals(List.of(96, 176, 80), tried);
	}

	@Test
	void belowTheLeastSideItIsAnErrorThatSaysWhatToDo() {
		final String message = assertThrows(IllegalArgumentException.class, () -> run(512, 10))
			.getMessage();
		assertEquals(List.of(512, 256, 128, 64), tried);
		assertTrue(message.startsWith("device: the memory of gpu0 does not suffice for tiles of 64 x 64 px. End other"),
			message);
	}

	@Test
	void otherErrorsGoUp() {
		assertThrows(EngineException.class, () -> side.with(512, tile -> {
			throw new EngineException("shape mismatch");
		}));
		assertThrows(NullPointerException.class, () -> side.with(512, tile -> {
			throw new NullPointerException();
		}));
		assertEquals(List.of(), log);
	}

	/** 16 TiB, which no machine has: the words of PyTorch itself. */
	@Test
	void whatPyTorchSaysIsUnderstood() {
		try (NDManager scope = Devices.newManager(Device.cpu())) {
			assertThrows(IllegalArgumentException.class, () -> new TileSide(64, 64, 16, "cpu", log::add).with(64, tile -> scope
				.zeros(new Shape(1L << 21, 1L << 21))));
		}
	}
}
