package sc.fiji.vasomim.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.scijava.command.CommandModule;

import sc.fiji.vasomim.setup.SetupReport;
import sc.fiji.vasomim.setup.TinyNatives;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.PytorchBuild;

class EngineSetupTest {

	@TempDir
	Path folder;

	private CommandBench bench;

	private File natives;

	@BeforeEach
	void open() throws IOException {
		// The engine's own libraries stay where they are.
		Devices.parse("auto");
		System.setProperty("ENGINE_CACHE_DIR", folder.resolve("cache").toString());
		natives = TinyNatives.write(folder.resolve("natives"), PytorchBuild.CPU).toFile();
		bench = new CommandBench();
	}

	@AfterEach
	void close() {
		System.clearProperty("ENGINE_CACHE_DIR");
		System.clearProperty("PYTORCH_LIBRARY_PATH");
		bench.close();
	}

	@Test
	void withoutConsentItSaysWhatItWouldDoAndDoesNothing() {
		final CommandModule module = bench.succeed(EngineSetup.class, "folder", natives);
		final SetupReport result = (SetupReport) CommandBench.result(module);
		assertEquals("not installed", result.state());
		assertEquals(PytorchBuild.CPU.folder().toString(), result.into());
		final String report = result.text() + "Nothing was changed. To install, agree to it (consent=true).\n";
		assertTrue(bench.infos().contains(report), bench.infos().toString());
		assertFalse(Files.exists(folder.resolve("cache")));
	}

	@Test
	void withConsentItInstallsAndSaysWhenThatIsUsed() {
		bench.succeed(EngineSetup.class, "folder", natives, "consent", true);
		assertTrue(PytorchBuild.CPU.isInstalled());
		final String report = bench.infos().stream().filter(line -> line.contains("SHA-256")).findFirst().orElseThrow();
		assertTrue(report.endsWith("PyTorch runs already: start Fiji again to use what is installed.\n"), report);
		assertTrue(report.contains("libtorch") && report.contains("SHA-256"), report);
	}

	@Test
	void stoppedItLeavesNothingInThePlace() {
		try (CommandBench stopping = new CommandBench(3)) {
			final CommandModule module = stopping.run(EngineSetup.class, "folder", natives, "consent", true);
			assertTrue(module.getCancelReason().startsWith("Stopped"), module.getCancelReason());
		}
		assertFalse(PytorchBuild.CPU.isInstalled());
	}

	@Test
	void aNamedLibraryMakesItNeedless() {
		System.setProperty("PYTORCH_LIBRARY_PATH", folder.toString());
		CommandBench.assertRefused(bench.run(EngineSetup.class, "folder", natives, "consent", true),
			"build: nothing needs to be installed", "PYTORCH_LIBRARY_PATH names " + folder, "Take the variable out");
	}

	@Test
	void theOtherBuildIsNotTakenInItsPlace() {
		CommandBench.assertRefused(bench.run(EngineSetup.class, "folder", natives, "consent", true, "build", "cuda"), "build: ",
			PytorchBuild.CUDA.isSupported() ? "has no build cu128 of PyTorch 2.7.1" : "Choose cpu");
	}
}
