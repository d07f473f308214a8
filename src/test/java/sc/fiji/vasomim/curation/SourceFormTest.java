package sc.fiji.vasomim.curation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.vasomim.curation.Run.FrameFile;
import sc.fiji.vasomim.files.ImageFolder;

/** Made-up trees of each published form; the files are empty, for listing does not look into images. */
class SourceFormTest {

	private static final Pseudonyms SECRET = new Pseudonyms("of a test");

	@TempDir
	Path folder;

	@Test
	void cadicaByPatientAndVideoWithItsKeyFrames() throws IOException {
		final String p1v1 = "CADICA/selectedVideos/p1/v1/", p12v3 = "CADICA/selectedVideos/p12/v3/";
		make(p1v1 + "input/p1_v1_00009.png", p1v1 + "input/p1_v1_00010.png", p1v1 + "input/p1_v1_00011.png", p12v3 +
			"input/p12_v3_00001.png", p1v1 + "groundtruth/p1_v1_00010.png", "CADICA/nonselectedVideos/p1/v2/input/p1_v2_00001.png",
			"CADICA/selectedVideos/p1/lesionVideos.txt");
		Files.writeString(folder.resolve(p1v1 + "p1_v1_selectedFrames.txt"), "p1_v1_00010\n11\r\n\n");
		final List<Run> runs = runs("CADICA", SourceForm.CADICA);
		assertEquals(List.of("p1_v1", "p12_v3"), runs.stream().map(Run::id).toList());
		assertEquals(List.of("9 false", "10 true", "11 true"), runs.get(0).files().stream().map(file -> file.number() + " " +
			file.key()).toList());
		assertEquals("p1_v1_00009", runs.get(0).stem(9));
		assertEquals("selectedVideos/p12/v3/input/p12_v3_00001.png", runs.get(1).files().get(0).source());
		assertEquals(List.of("p1_v1", "p12_v3"), runs("", SourceForm.CADICA).stream().map(Run::id).toList(),
			"rejected videos are left out wherever the set lies");
		assertEquals(List.of("p1_v2"), runs("CADICA/nonselectedVideos", SourceForm.CADICA).stream().map(Run::id).toList());
	}

	@Test
	void aListOfKeyFramesThatIsNoneIsNamed() throws IOException {
		make("p1/v1/input/p1_v1_00009.png");
		Files.writeString(folder.resolve("p1/v1/p1_v1_selectedFrames.txt"), "see the paper");
		assertTrue(assertThrows(IOException.class, () -> runs("", SourceForm.CADICA)).getMessage().contains(
			"'see the paper' is no frame's name"));
	}

	@Test
	void coronaryDominanceByStudy() throws IOException {
		make("Left_Dominance/1.2.3/LCA/a.npz", "Left_Dominance/1.2.3/RCA/b.npz", "Right_Dominance/1.2.4/LCA/a.npz",
			"readme.png");
		final List<Run> runs = runs("", SourceForm.DOMINANCE);
		assertEquals(3, runs.size());
		assertEquals(runs.get(0).patient(), runs.get(1).patient());
		assertNotEquals(runs.get(0).patient(), runs.get(2).patient());
		assertEquals(3, runs.stream().map(Run::id).distinct().count());
		assertTrue(runs.stream().noneMatch(run -> run.id().contains("1.2.")));
	}

	@Test
	void xcadsTrainingFramesAlone() throws IOException {
		make("train/trainA/003_PPA_-29_PSA_29_2.png", "train/trainA/010_PPA_30_PSA_0_7.png",
			"train/trainB/003_PPA_-29_PSA_29_2.png", "train/trainC/003_PPA_-29_PSA_29_2.png",
			"train/fake_grayvessel_width/81.png", "test/img/004_PPA_1_PSA_2_3.png", "test/gt/004_PPA_1_PSA_2_3.png");
		final List<Run> runs = runs("", SourceForm.XCAD);
		assertEquals(List.of("003", "010"), runs.stream().map(Run::patient).toList());
		assertEquals(List.of("train/trainA/003_PPA_-29_PSA_29_2.png"), runs.get(0).files().stream().map(FrameFile::source)
			.toList());
		assertEquals(2, runs("train", SourceForm.XCAD).size());
	}

	@Test
	void syntaxByFolderElseByNumberAndOnlyIfAsked() throws IOException {
		make("by folder/12/a.png", "by folder/12/b.png", "by folder/Smith/a.png", "by number/images/7_1.png",
			"by number/images/7_2.png", "by number/images/8_1.png");
		final List<Run> folders = listed("by folder", SourceForm.SYNTAX);
		assertEquals(List.of("12", "12", Pseudonyms.OPEN.of("Smith")), folders.stream().map(Run::patient).toList());
		assertEquals(3, folders.stream().map(Run::id).distinct().count());
		assertEquals(List.of("7", "7", "8"), listed("by number", SourceForm.SYNTAX).stream().map(Run::patient).toList());
		assertEquals(SourceForm.FOLDER, recognised("by number"));
	}

	@Test
	void aFolderOfImagesIsARunAndTheFirstFolderThePatient() throws IOException {
		make("Smith/left/frame9.png", "Smith/left/frame10.png", "Smith/right/a.jpg", "Jones/a.png", "alone.png");
		final List<Run> runs = runs("", SourceForm.FOLDER);
		assertEquals(4, runs.size());
		assertEquals(3, runs.stream().map(Run::patient).distinct().count());
		final Run left = runs.stream().filter(run -> run.files().size() == 2).findFirst().orElseThrow();
		assertEquals(List.of("frame9.png", "frame10.png"), left.files().stream().map(file -> file.path().getFileName()
			.toString()).toList());
		assertEquals(List.of(1, 2), left.files().stream().map(FrameFile::number).toList());
		assertEquals("12 hexadecimal digits", left.patient().replaceFirst("^[0-9a-f]{12}$", "12 hexadecimal digits"));
		final List<Run> others = SourceForm.FOLDER.runs(folder, ImageFolder.list(folder), new Pseudonyms("other"));
		assertTrue(runs.stream().noneMatch(run -> others.stream().anyMatch(other -> other.patient().equals(run.patient()))));
	}

	@Test
	void dicomRunsByPatientElseStudyElseFolder() throws IOException {
		final byte[] frame = TestFrames.frame(1, 50);
		TestFrames.dicom(folder.resolve("monday/IM1"), "4711", "1.2.3", frame);
		TestFrames.dicom(folder.resolve("tuesday/IM1.dcm"), "4711 ", "1.2.4", frame);
		TestFrames.dicom(folder.resolve("tuesday/IM2.dcm"), "", "1.2.5", frame);
		TestFrames.dicom(folder.resolve("tuesday/IM3.dcm"), "", "1.2.5", frame);
		TestFrames.dicom(folder.resolve("friday/IM4.dcm"), "1.2.5", "1.2.6", frame);
		Files.writeString(folder.resolve("friday/damaged.dcm"), "no DICOM");
		final List<Run> runs = runs("", SourceForm.DICOM);
		final List<String> patients = runs.stream().map(Run::patient).toList();
		assertEquals(6, runs.size());
		assertEquals(patients.get(2), patients.get(3));
		assertEquals(patients.get(4), patients.get(5));
		assertEquals(4, patients.stream().distinct().count());
	}

	private List<Run> runs(final String root, final SourceForm form) throws IOException {
		assertEquals(form, recognised(root));
		return listed(root, form);
	}

	private SourceForm recognised(final String root) throws IOException {
		return SourceForm.recognise(folder.resolve(root), files(folder.resolve(root)));
	}

	private List<Run> listed(final String root, final SourceForm form) throws IOException {
		return form.runs(folder.resolve(root), files(folder.resolve(root)), SECRET);
	}

	private static List<Path> files(final Path root) throws IOException {
		return ImageFolder.list(root, file -> FolderSource.isArchive(file) || ImageFolder.isImage(file));
	}

	private void make(final String... files) throws IOException {
		for (final String file : files) {
			Files.createDirectories(folder.resolve(file).getParent());
			Files.createFile(folder.resolve(file));
		}
	}
}
