package sc.fiji.vasomim.site;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** update-site/upload.sh with an updater that says what it is told to; roundtrip.sh tries it with a real one. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is a POSIX shell's")
abstract class UploadTrial {

	static final String PLUGIN = "plugins/vasomim-1.2.0.jar", TOOLS = "macros/VasoMIM.ijm";

	/** What an updater is asked is in the file asked; simulate and upload are what it does then. */
	private static final String UPDATER = """
		#!/bin/sh
		cd "$(dirname "$0")/.."
		while [ "$1" != net.imagej.updater.CommandLine ]; do shift; done
		shift
		echo "$*" >> asked
		case $* in
			list-from-site*) cat list ;;
			*--simulate*) cat simulated; . ./simulate ;;
			upload*) . ./upload ;;
		esac
		""";

	@TempDir
	Path folder;

	Path site;

	@BeforeEach
	void aSiteWithAnOlderVersionATreeAndAnUpdater() throws IOException {
		site = folder.resolve("site");
		write("tree/" + PLUGIN, "new plugin");
		write("tree/" + TOOLS, "tools");
		write("fiji/jars/imagej-updater-2.0.3.jar", "");
		write("bin/java", UPDATER);
		assertTrue(folder.resolve("bin/java").toFile().setExecutable(true));
		write("site/plugins/vasomim-1.1.0.jar-10", "old plugin");
		write("site/" + TOOLS + "-10", "tools");
		writeList("site", "plugins/vasomim-1.1.0.jar-10", TOOLS + "-10");
		write("after/" + PLUGIN + "-20", "new plugin");
		writeList("after", PLUGIN + "-20", TOOLS + "-10");
		write("list", "plugins/vasomim-1.1.0.jar\t(MODIFIED)\t10\n" + TOOLS + "\t(INSTALLED)\t10\n");
		write("simulated", "[INFO] Would upload '" + PLUGIN + "'\n");
		write("simulate", "");
		write("upload", "cp -R after/. site");
	}

	void write(final String file, final String text) throws IOException {
		Files.createDirectories(folder.resolve(file).getParent());
		Files.writeString(folder.resolve(file), text);
	}

	/** Laid out as XMLFileWriter of imagej-updater does it. */
	void writeList(final String to, final String... entries) throws IOException {
		final StringBuilder list = new StringBuilder("<?xml version=\"1.0\"?>\n<!DOCTYPE pluginRecords [\n" +
			"<!ELEMENT plugin (version?, previous-version*)>]>\n<pluginRecords>\n");
		for (final String entry : entries) {
			final int dash = entry.lastIndexOf('-');
			list.append("""
				    <plugin filename="%s">
				        <version checksum="0" timestamp="%s" filesize="7">
				            <dependency filename="jars/ij.jar" timestamp="5"/>
				        </version>
				        <previous-version timestamp="1" checksum="0" filename="plugins/vasomim-9.9.9.jar"/>
				    </plugin>
				""".formatted(entry.substring(0, dash), entry.substring(dash + 1)));
		}
		Files.createDirectories(folder.resolve(to));
		try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(to + "/db.xml.gz")))) {
			out.write(list.append("</pluginRecords>\n").toString().getBytes(UTF_8));
		}
	}

	void emptySite() throws IOException {
		for (final String file : List.of("plugins/vasomim-1.1.0.jar-10", TOOLS + "-10", "db.xml.gz", "plugins", "macros")) {
			Files.delete(site.resolve(file));
		}
		write("after/" + TOOLS + "-20", "tools");
		writeList("after", PLUGIN + "-20", TOOLS + "-20");
		write("list", "[WARNING] Could not update from site 'VasoMIM': java.io.FileNotFoundException: db.xml.gz\n");
	}

	String upload(final int exitCode, final String answers, final String... words) throws IOException,
		InterruptedException
	{
		final List<String> command = new ArrayList<>(List.of("sh", "update-site/upload.sh"));
		command.addAll(Arrays.asList(words));
		final ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().put("FIJI", folder.resolve("fiji").toString());
		builder.environment().put("JAVA_HOME", folder.toString());
		builder.environment().put("no_proxy", "localhost");
		final Process process = builder.start();
		try (OutputStream in = process.getOutputStream()) {
			in.write(answers.getBytes(UTF_8));
		}
		catch (final IOException e) {
			// The script ended without a question.
			assertEquals("Broken pipe", e.getMessage());
		}
		final String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
		assertEquals(exitCode, process.waitFor(), said);
		return said;
	}

	String toSite(final int exitCode, final String answers, final String... options) throws IOException,
		InterruptedException
	{
		final List<String> words = new ArrayList<>(Arrays.asList(options));
		words.addAll(List.of(folder + "/tree", "file:" + site + "/", "file:localhost", site + "/"));
		return upload(exitCode, answers, words.toArray(String[]::new));
	}

	void assertRefused(final String why, final String said) throws IOException {
		assertTrue(said.endsWith("upload: " + why), said);
		final Path asked = folder.resolve("asked");
		assertTrue(!Files.exists(asked) || !Files.readString(asked).contains("upload --update-site"), said);
	}

	void reset() throws IOException {
		Files.deleteIfExists(site.resolve(PLUGIN + "-20"));
		writeList("site", "plugins/vasomim-1.1.0.jar-10", TOOLS + "-10");
	}
}
