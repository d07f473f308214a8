package sc.fiji.vasomim.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What update-site/upload.sh uploads, and how it looks whether it is there. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is a POSIX shell's")
class UploadTest extends UploadTrial {

	@Test
	void whatChangesIsShownUploadedAndFoundThere() throws IOException, InterruptedException {
		final String said = toSite(0, "y\n");
		assertTrue(said.contains("Would upload '" + PLUGIN + "'\nVasoMIM: 1.1.0 -> 1.2.0\nUpload this to file:" + site +
			"/? [y/N] "), said);
		assertTrue(said.endsWith("Uploaded to file:" + site + "/"), said);
		assertEquals("add-update-site VasoMIM file:" + site + "/ file:localhost " + site + "/\nlist-from-site VasoMIM\n" +
			"upload --simulate --update-site VasoMIM " + TOOLS + " " + PLUGIN + "\nupload --update-site VasoMIM " + TOOLS + " " +
			PLUGIN + "\n", Files.readString(folder.resolve("asked")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "n\n", "" })
	void withoutAYesNothingIsUploaded(final String answer) throws IOException, InterruptedException {
		assertRefused("nothing was uploaded", toSite(1, answer).replace("[y/N] ", ""));
	}

	@ParameterizedTest
	@ValueSource(strings = { "1.2.1", "1.10.0", "2.0.0-SNAPSHOT" })
	void aNewerVersionIsNotReplacedUnasked(final String newer) throws IOException, InterruptedException {
		writeList("site", "plugins/vasomim-" + newer + ".jar-10", TOOLS + "-10");
		assertRefused("file:" + site + "/ has VasoMIM " + newer + ", newer than 1.2.0; users would get the older one; say " +
			"--older if they must", toSite(1, "", "--yes"));
		assertTrue(toSite(0, "", "--yes", "--older").contains("VasoMIM: " + newer + " -> 1.2.0\n"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "1.2.0-SNAPSHOT", "0.13.0" })
	void anOlderVersionIsReplaced(final String older) throws IOException, InterruptedException {
		writeList("site", "plugins/vasomim-" + older + ".jar-10", TOOLS + "-10");
		assertTrue(toSite(0, "", "--yes").contains("VasoMIM: " + older + " -> 1.2.0\n"));
	}

	@Test
	void otherContentsOfTheSameVersionAreRefused() throws IOException, InterruptedException {
		writeList("site", PLUGIN + "-10", TOOLS + "-10");
		write("list", PLUGIN + "\t(MODIFIED)\t10\n" + TOOLS + "\t(INSTALLED)\t10\n");
		assertRefused("file:" + site + "/ has another VasoMIM 1.2.0; give this one a new version, or say --older", toSite(1,
			"", "--yes"));
		assertTrue(toSite(0, "", "--yes", "--older").endsWith("Uploaded to file:" + site + "/"));
	}

	@Test
	void aSnapshotGetsIntoAFolderButNotOntoAPublicSite() throws IOException, InterruptedException {
		Files.move(folder.resolve("tree/" + PLUGIN), folder.resolve("tree/plugins/vasomim-1.2.0-SNAPSHOT.jar"));
		assertRefused("1.2.0-SNAPSHOT is not a release, and a public site keeps what it gets; see update-site/release.sh",
			upload(1, "", "--older", folder + "/tree", "https://example.org/", "webdav:me", "."));
		write("after/plugins/vasomim-1.2.0-SNAPSHOT.jar-20", "new plugin");
		writeList("after", "plugins/vasomim-1.2.0-SNAPSHOT.jar-20", TOOLS + "-10");
		assertTrue(toSite(0, "", "--yes").contains("VasoMIM: 1.1.0 -> 1.2.0-SNAPSHOT\n"));
	}

	@Test
	void aSiteThatChangedAfterItWasShownIsLeftAlone() throws IOException, InterruptedException {
		writeList("changed", "plugins/vasomim-1.1.0.jar-10", TOOLS + "-10", "plugins/others-1.0.jar-15");
		write("simulate", "cp changed/db.xml.gz site");
		assertRefused("file:" + site + "/ has changed since what was shown; start again", toSite(1, "", "--yes"));
	}

	@Test
	void whatDidNotGetThereIsNamed() throws IOException, InterruptedException {
		write("after/" + PLUGIN + "-20", "new plug");
		assertTrue(toSite(1, "", "--yes").endsWith("upload: " + PLUGIN + "-20 at file:" + site + "/ is not as in the tree"));
		reset();
		Files.delete(folder.resolve("after/" + PLUGIN + "-20"));
		assertTrue(toSite(1, "", "--yes").endsWith("upload: " + PLUGIN + "-20 is in the list of files of file:" + site +
			"/, but is not there"));
		reset();
		writeList("after", PLUGIN + "-20");
		assertTrue(toSite(1, "", "--yes").endsWith("upload: " + TOOLS + " is not in the list of files of file:" + site +
			"/"));
	}

	@Test
	void aFailedUpdaterIsNoUpload() throws IOException, InterruptedException {
		write("upload", "exit 1");
		assertTrue(toSite(1, "", "--yes").endsWith("upload: the updater failed; look at file:" + site +
			"/ before you try again"));
		write("simulated", "[ERROR] Unresolved upload conflicts!\n");
		assertTrue(toSite(1, "", "--yes").endsWith("upload: the updater sees conflicts"));
	}

	@Test
	void theSameAgainIsNothingToUploadIfItIsAllThere() throws IOException, InterruptedException {
		toSite(0, "", "--yes");
		write("list", PLUGIN + "\t(INSTALLED)\t20\n" + TOOLS + "\t(INSTALLED)\t10\n");
		write("simulated", "[INFO] Nothing to upload\n");
		assertEquals("Nothing to upload", toSite(0, ""));
		Files.delete(site.resolve(TOOLS + "-10"));
		assertTrue(toSite(1, "").endsWith("upload: " + TOOLS + "-10 is in the list of files of file:" + site +
			"/, but is not there"));
	}

	/** Its name is a pattern that fits a file in the folder where the script runs. */
	@Test
	void whatOthersPutThereIsRemovedOnRequestOnly() throws IOException, InterruptedException {
		write("list", "update-site/up*.sh\t(NOT_INSTALLED)\t5\n" + TOOLS + "\t(INSTALLED)\t10\n");
		writeList("after", PLUGIN + "-20", TOOLS + "-10", "update-site/up*.sh-5");
		assertTrue(toSite(0, "n\ny\n").contains("On the site, but not in the tree:\nupdate-site/up*.sh\n"));
		assertFalse(Files.readString(folder.resolve("asked")).contains("up*.sh"));
		reset();
		assertTrue(toSite(1, "", "--yes", "--remove").endsWith("upload: update-site/up*.sh is still in the list of files " +
			"of file:" + site + "/"));
		reset();
		writeList("after", PLUGIN + "-20", TOOLS + "-10");
		assertTrue(toSite(0, "y\ny\n").endsWith("Uploaded to file:" + site + "/"));
		assertTrue(Files.readString(folder.resolve("asked")).endsWith("upload --update-site VasoMIM " + TOOLS + " " + PLUGIN +
			" update-site/up*.sh\n"));
	}
}
