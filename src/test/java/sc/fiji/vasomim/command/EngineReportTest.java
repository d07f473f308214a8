package sc.fiji.vasomim.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.scijava.command.CommandModule;

import sc.fiji.vasomim.torch.EngineState;

class EngineReportTest {

	@Test
	void itNamesPytorchItsFolderAndTheCpu() {
		try (CommandBench bench = new CommandBench()) {
			final CommandModule module = bench.run(EngineReport.class);
			final EngineState state = (EngineState) ((EngineReport) module.getCommand()).result();
			assertEquals("2.7.1", state.pytorch());
			assertTrue(Files.isDirectory(Path.of(state.library())), state.library());
			assertNull(state.fault());
			assertTrue(state.devices().get(0).matches("cpu: \\d+ threads, [1-9]\\d* GFLOP/s in float32, [1-9]\\d* in bfloat16"), state
				.devices().get(0));
			assertTrue(state.text().contains("PyTorch 2.7.1 (DJL 0.35.1), from " + state.library()), state.text());
		}
	}

	@Test
	void withoutPytorchItSaysWhy() {
		final EngineState state = new EngineState("1", null, null, null, "device: no library", List.of(), "17", "Linux",
			List.of("gson is there 2 times: a, b"));
		assertEquals("VasoMIM 1\nPyTorch does not load: device: no library\nJava 17\nLinux\nCareful: gson is there 2 times: a, b\n",
			state.text());
	}
}
