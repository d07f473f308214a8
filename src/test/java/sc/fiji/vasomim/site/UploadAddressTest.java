package sc.fiji.vasomim.site;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import com.sun.net.httpserver.HttpServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which sites update-site/upload.sh takes for the ones that are meant, and which for new. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is a POSIX shell's")
class UploadAddressTest extends UploadTrial {

	@Test
	void aPasswordIsRefusedAndNotRepeated() throws IOException, InterruptedException {
		final String hidden = "write webdav:USER, and the password into ~/.netrc";
		assertEquals("upload: no password on a command line, where others see it; " + hidden, upload(1, "", "tree",
			"https://example.org/site/", "webdav:me:secret", "."));
		for (final String url : List.of("https://me:secret@example.org/", "file://me:secret@example.org/")) {
			assertEquals("upload: no user or password in URL, where others see it; " + hidden, upload(1, "", "tree", url,
				"webdav:me", "."));
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
		"https://example.org/site | ssh:me | . | HOST is file:localhost or webdav:USER, not ssh:me",
		"https://example.org/site | webdav: | . | HOST is file:localhost or webdav:USER, not webdav:",
		"http://example.org/site | webdav:me | . |" +
			" webdav needs an https: URL, or others can read along; not http://example.org/site/",
		"http://localhost.example.org | webdav:me | . |" +
			" webdav needs an https: URL, or others can read along; not http://localhost.example.org/",
		"https://example.org/site | webdav:me | /srv/other | FOLDER is . for webdav, as URL says where; not /srv/other/",
		"ftp://example.org/site | file:localhost | /srv |" +
			" URL is https://SITE/ or file:/FOLDER/, not ftp://example.org/site/",
		"https://example.org/site | file:localhost | srv | FOLDER is an absolute path, not srv/",
		"file:/srv/one | file:localhost | /srv/other | URL and FOLDER are different folders: /srv/one/ and /srv/other/",
		"file:///srv/one | file:localhost | /srv/other/ | URL and FOLDER are different folders: /srv/one/ and /srv/other/", })
	void addressesThatLeadElsewhereAreRefused(final String url, final String host, final String target, final String why)
		throws IOException, InterruptedException
	{
		assertEquals("upload: " + why, upload(1, "", folder + "/tree", url, host, target));
	}

	@Test
	void unknownOptionsAndAMissingTreeOrFijiAreRefused() throws IOException, InterruptedException {
		assertEquals("upload: unknown option --force; there are --new, --yes, --remove and --older", upload(1, "",
			"--force", "tree", "file:/site/", "file:localhost", "/site/"));
		assertEquals("upload: nowhere is no tree of stage.sh: plugins/vasomim-VERSION.jar is not there", upload(1, "",
			"nowhere", "file:/site/", "file:localhost", "/site/"));
		Files.delete(folder.resolve("fiji/jars/imagej-updater-2.0.3.jar"));
		assertEquals("upload: FIJI names no Fiji with an updater: '" + folder + "/fiji'", toSite(1, ""));
	}

	@Test
	void aSiteIsNewWhereTheFolderIsEmptyOrMissingOnly() throws IOException, InterruptedException {
		assertRefused("file:" + site + "/ has a list of files; leave --new out", toSite(1, "", "--new", "--yes"));
		emptySite();
		assertRefused("file:" + site + "/ has no list of files; look whether it is right, then say --new", toSite(1, "",
			"--yes"));
		write("site/other-1", "");
		assertRefused(site + "/ has files, but file:" + site + "/ no list of them; name an empty folder, or the site's own",
			toSite(1, "", "--new", "--yes"));
		Files.delete(site.resolve("other-1"));
		assertTrue(toSite(0, "", "--new", "--yes").contains("VasoMIM: none -> 1.2.0\nUploaded to "));
	}

	@Test
	void aMissingFolderIsANewSite() throws IOException, InterruptedException {
		emptySite();
		Files.delete(site);
		write("upload", "mkdir site\ncp -R after/. site");
		assertTrue(toSite(0, "", "--new", "--yes").endsWith("VasoMIM: none -> 1.2.0\nUploaded to file:" + site + "/"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "--new" })
	void aDamagedListIsNoNewSite(final String option) throws IOException, InterruptedException {
		final String[] options = option.isEmpty() ? new String[] { "--yes" } : new String[] { "--yes", option };
		final String why = "the list of files of file:" + site + "/ is damaged; try later, or have it mended";
		final byte[] list = Files.readAllBytes(site.resolve("db.xml.gz"));
		Files.write(site.resolve("db.xml.gz"), Arrays.copyOf(list, list.length / 2));
		assertRefused(why, toSite(1, "", options));
		try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(site.resolve("db.xml.gz")))) {
			out.write("<html>Back soon</html>".getBytes(UTF_8));
		}
		assertRefused(why, toSite(1, "", options));
	}

	@Test
	void whatTheUpdaterCannotReadIsNotReplaced() throws IOException, InterruptedException {
		write("list", "[WARNING] Could not update from site 'VasoMIM': java.net.SocketTimeoutException\n");
		assertRefused("the updater cannot read file:" + site + "/; try later", toSite(1, "", "--yes"));
	}

	@ParameterizedTest
	@ValueSource(ints = { 403, 500, 503 })
	void aServerThatIsDownIsNoNewSite(final int code) throws IOException, InterruptedException {
		final HttpServer server = serve(code);
		try {
			final String url = "http://localhost:" + server.getAddress().getPort() + "/";
			assertRefused(url + "db.xml.gz cannot be read, the server answers " + code + "; try later", upload(1, "", "--new",
				"--yes", folder + "/tree", url, "webdav:me", "."));
		}
		finally {
			server.stop(0);
		}
	}

	@Test
	void aServerWithoutAListIsANewSiteAndOneWithoutAnAnswerIsNot() throws IOException, InterruptedException {
		emptySite();
		final HttpServer server = serve(200);
		final String url = "http://localhost:" + server.getAddress().getPort() + "/";
		try {
			assertTrue(upload(0, "", "--new", "--yes", folder + "/tree", url, "webdav:me", ".").endsWith("Uploaded to " + url));
		}
		finally {
			server.stop(0);
		}
		final String said = upload(1, "", "--new", "--yes", folder + "/tree", url, "webdav:me", ".");
		assertTrue(said.endsWith("upload: " + url + "db.xml.gz cannot be read; try later"), said);
	}

	/** Of the site's folder; whatever there is, the code is another than 200 if one is given. */
	private HttpServer serve(final int code) throws IOException {
		final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), 0), 0);
		server.createContext("/", exchange -> {
			final Path file = site.resolve(exchange.getRequestURI().getPath().substring(1));
			final byte[] answer = Files.exists(file) ? Files.readAllBytes(file) : "none".getBytes(UTF_8);
			exchange.sendResponseHeaders(code == 200 && !Files.exists(file) ? 404 : code, answer.length);
			exchange.getResponseBody().write(answer);
			exchange.close();
		});
		server.start();
		return server;
	}

	@Test
	void theFolderBehindAnHttpAddressMustHaveItsList() throws IOException, InterruptedException {
		writeList("other", "plugins/others-1.0.jar-5");
		final HttpServer server = serve(200);
		try {
			final String url = "http://localhost:" + server.getAddress().getPort() + "/";
			assertRefused(folder + "/other/ is not the folder of " + url + ": their db.xml.gz differ", upload(1, "", "--yes",
				folder + "/tree", url, "file:localhost", folder + "/other"));
			assertTrue(upload(0, "", "--yes", folder + "/tree", url, "file:localhost", site.toString()).endsWith(
				"Uploaded to " + url));
		}
		finally {
			server.stop(0);
		}
	}
}
