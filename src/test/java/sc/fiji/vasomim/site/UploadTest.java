package sc.fiji.vasomim.site;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What update-site/upload.sh refuses before it starts an updater; with one, update-site/roundtrip.sh tries it. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is a POSIX shell's")
class UploadTest {

	private static String upload(final String... options) throws IOException, InterruptedException {
		final List<String> words = new ArrayList<>(List.of("sh", "update-site/upload.sh"));
		words.addAll(Arrays.asList(options));
		final ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
		builder.environment().put("FIJI", "nowhere");
		final Process process = builder.start();
		final String said = new String(process.getInputStream().readAllBytes()).strip();
		assertEquals(1, process.waitFor(), said);
		return said;
	}

	@Test
	void aPasswordOnTheCommandLineIsRefusedAndNotRepeated() throws IOException, InterruptedException {
		assertEquals("upload: no password on a command line, where others see it; write webdav:USER, and the password into " +
			"~/.netrc", upload("tree", "https://example.org/site/", "webdav:me:secret", "."));
	}

	@Test
	void otherHostsAndOptionsAreRefused() throws IOException, InterruptedException {
		assertEquals("upload: HOST is file:localhost or webdav:USER, not ssh:me", upload("tree", "https://example.org/site/",
			"ssh:me", "."));
		assertEquals("upload: unknown option --force; there are --new, --yes and --remove", upload("--force", "tree",
			"file:/site/", "file:localhost", "/site/"));
	}

	@Test
	void aTreeAndAFijiAreNeeded() throws IOException, InterruptedException {
		assertEquals("upload: nowhere is no tree of stage.sh: plugins/vasomim-VERSION.jar is not there", upload("nowhere",
			"file:/site/", "file:localhost", "/site/"));
		assertEquals("upload: FIJI names no Fiji with an updater: 'nowhere'", upload(Staged.tree().toString(), "file:/site/",
			"file:localhost", "/site/"));
	}
}
