package sc.fiji.vasomim.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedFolderTest {

	/** SHA-256 of "abc", from FIPS 180-2, appendix B.1. */
	private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

	@TempDir
	Path parent;

	private Path step;

	@BeforeEach
	void write() throws IOException {
		step = parent.resolve("step-7");
		SealedFolder.write(step, SealedFolderTest::content);
	}

	@Test
	void sealNamesSizesAndHashes() throws IOException {
		final String seal = Files.readString(step.resolve(SealedFolder.SEAL));
		assertTrue(seal.contains("\"model.bin\": {\n      \"bytes\": 3,\n      \"sha256\": \"" + ABC + "\""), seal);
		assertTrue(seal.contains("\"optimiser/moments.bin\""), seal);
		assertEquals(Optional.empty(), SealedFolder.damage(step));
		assertEquals(List.of("step-7"), AtomicFileTest.names(parent));
	}

	@Test
	void tellsEachDamage() throws IOException {
		Files.writeString(step.resolve("model.bin"), "abd");
		assertDamage("model.bin was altered");
		Files.writeString(step.resolve("model.bin"), "ab");
		assertDamage("model.bin has 2 bytes, not 3");
		Files.delete(step.resolve("model.bin"));
		assertDamage("model.bin is missing");
		Files.writeString(step.resolve(SealedFolder.SEAL), "{\"files\": {\"a");
		assertDamage(SealedFolder.SEAL);
		Files.writeString(step.resolve(SealedFolder.SEAL), "{\"files\": {\"\\u0000\": {}}}");
		assertTrue(SealedFolder.damage(step).isPresent());
		Files.writeString(step.resolve(SealedFolder.SEAL), "");
		assertDamage("is empty");
		Files.delete(step.resolve(SealedFolder.SEAL));
		assertDamage("was never finished");
		assertTrue(SealedFolder.damage(parent.resolve("step-8")).orElseThrow().contains("not a folder"));
	}

	/** A link that leads to itself: no less sound than a file on a share that can't be reached. */
	@ParameterizedTest
	@ValueSource(strings = { "model.bin", SealedFolder.SEAL })
	@DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a right there")
	void whatCannotBeReadIsNoDamage(final String name) throws IOException {
		Files.delete(step.resolve(name));
		Files.createSymbolicLink(step.resolve(name), step.resolve(name));
		assertThrows(IOException.class, () -> SealedFolder.damage(step));
	}

	@Test
	void failureMidwayLeavesNothing() throws IOException {
		assertThrows(IOException.class, () -> SealedFolder.write(parent.resolve("step-8"), folder -> {
			content(folder);
			throw new IOException("disk full");
		}));
		assertEquals(List.of("step-7"), AtomicFileTest.names(parent));
	}

	@Test
	void anEmptyFolderIsRefused() throws IOException {
		assertThrows(IOException.class, () -> SealedFolder.write(parent.resolve("step-8"), folder -> {}));
		assertEquals(List.of("step-7"), AtomicFileTest.names(parent));
	}

	@Test
	void aCompleteFolderIsNotReplaced() {
		assertThrows(FileAlreadyExistsException.class, () -> SealedFolder.write(step, SealedFolderTest::content));
	}

	@Test
	void aDamagedFolderAndAnInterruptedOneMakeRoom() throws IOException {
		Files.delete(step.resolve("model.bin"));
		Files.createDirectories(parent.resolve("step-7.tmp/half"));
		SealedFolder.write(step, SealedFolderTest::content);
		assertEquals(Optional.empty(), SealedFolder.damage(step));
		assertEquals(List.of("step-7", "step-7.damaged-1"), AtomicFileTest.names(parent));
	}

	private static void content(final Path folder) throws IOException {
		Files.writeString(folder.resolve("model.bin"), "abc");
		Files.createDirectories(folder.resolve("optimiser"));
		Files.writeString(folder.resolve("optimiser/moments.bin"), "m");
	}

	private void assertDamage(final String words) throws IOException {
		final String damage = SealedFolder.damage(step).orElseThrow();
		assertTrue(damage.contains(words), damage);
	}
}
