package sc.fiji.vasomim.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ij.gui.EllipseRoi;
import ij.gui.Line;
import ij.gui.OvalRoi;
import ij.gui.PolygonRoi;
import ij.gui.Roi;
import ij.gui.ShapeRoi;
import ij.io.RoiEncoder;

class RoiImagesTest {

	private static final int SIDE = 6;

	private static final byte M = (byte) 255;

	@TempDir
	Path folder;

	private final List<String> log = new ArrayList<>();

	@BeforeEach
	void data() throws IOException {
		TinyAngiograms.png(folder.resolve("images/a.png"), new byte[SIDE * SIDE], SIDE, SIDE);
		Files.createDirectory(folder.resolve("rois"));
	}

	private static Roi roi(final String name, final int group, final Roi roi) {
		roi.setName(name);
		if (group > 0) roi.setGroup(group);
		return roi;
	}

	private static Roi square(final String name, final int group, final int x, final int y) {
		return roi(name, group, new Roi(x, y, 2, 2));
	}

	/** As the ROI Manager saves them. */
	private void zip(final Roi... rois) throws IOException {
		try (OutputStream file = Files.newOutputStream(folder.resolve("rois/a.zip"));
				ZipOutputStream zip = new ZipOutputStream(file))
		{
			for (int i = 0; i < rois.length; i++) {
				zip.putNextEntry(new ZipEntry("000" + i + "-0001.roi"));
				zip.write(RoiEncoder.saveAsByteArray(rois[i]));
			}
		}
	}

	private LabelledImages open(final String... classes) throws IOException {
		return LabelledImages.open(folder.resolve("images"), folder.resolve("rois"), List.of(classes), log::add);
	}

	private byte[] labels(final String... classes) throws IOException {
		return open(classes).samples().get(0).labels().read(SIDE, SIDE);
	}

	private byte at(final byte[] labels, final int x, final int y) {
		return labels[y * SIDE + x];
	}

	@Test
	void namesWithoutTheirCountersAreClasses() throws IOException {
		zip(square("D1-1", 0, 0, 0), square("D1-2", 0, 4, 0), square("16", 0, 0, 4), square("9a_2", 0, 4, 4), square("D1",
			0, 1, 1), square("LAD 2", 0, 4, 2));
		assertEquals(List.of("9a", "16", "D1", "LAD 2"), open().classes());
		final byte[] labels = labels();
		assertEquals(3, at(labels, 5, 1));
		assertEquals(2, at(labels, 0, 4));
		assertEquals(1, at(labels, 5, 5));
		assertEquals(3, at(labels, 2, 2));
		assertEquals(4, at(labels, 4, 2));
		assertEquals(0, at(labels, 3, 3));
		assertEquals(M, at(labels("LAD"), 4, 2));
	}

	@Test
	void chosenClassesLeaveTheOthersOut() throws IOException {
		zip(square("stenosis-1", 0, 0, 0), square("catheter", 0, 1, 1));
		final byte[] labels = labels("stenosis");
		assertEquals(M, at(labels, 1, 1), "what is left out hides nothing");
		assertEquals(0, at(labels, 2, 2));
		assertEquals(List.of("1 objects of the class catheter are left out"), log);
		assertRefused("classes: ", "has none of [stent], but [catheter, stenosis]", "stent");
	}

	@Test
	void groupsAreClassesWhereNamesAreTheManagers() throws IOException {
		zip(square("0001-0001", 2, 0, 0), square(null, 10, 4, 4));
		assertEquals(List.of("2", "10"), open().classes());
		assertEquals(1, at(labels(), 0, 0));
		Files.writeString(folder.resolve("rois/classes.txt"), "LM\nLAD\n3\n4\n5\n6\n7\n8\n9\nD1");
		assertEquals(2, at(labels(), 0, 0));
		assertEquals(10, at(labels(), 4, 4));
		assertEquals(M, at(labels("D1"), 4, 4));
	}

	@Test
	void namelessRoisAreOneClass() throws IOException {
		zip(square(null, 0, 0, 0), square("0005-0005", 0, 4, 4));
		assertEquals(List.of("vessel"), open().classes());
		assertEquals(M, at(labels(), 5, 5));
		assertEquals(M, at(labels("stenosis"), 5, 5));
		assertRefused("labels: 2 ROIs in ", "neither a name nor a group", "a", "b");
	}

	@Test
	void aSingleRoiFileIsNamedAfterTheImageAlone() throws IOException {
		Files.write(folder.resolve("rois/a.roi"), RoiEncoder.saveAsByteArray(square("a", 0, 0, 0)));
		assertEquals(List.of("vessel"), open().classes());
	}

	@Test
	void anEmptyZipIsAnEmptyMask() throws IOException {
		zip();
		assertRefused("labels: ", "holds no ROI");
		assertArrayEquals(new byte[SIDE * SIDE], labels("stenosis"));
	}

	@Test
	void roisMayLieBesideTheImages() throws IOException {
		zip(square(null, 0, 0, 0));
		Files.move(folder.resolve("rois/a.zip"), folder.resolve("images/a.zip"));
		final Path images = folder.resolve("images");
		assertEquals(1, LabelledImages.open(images, images, log::add).samples().size());
	}

	@Test
	void areasAreFilledAsCreateMaskDoes() throws IOException {
		final ShapeRoi ring = new ShapeRoi(new Roi(0, 0, 5, 5)).not(new ShapeRoi(new Roi(1, 1, 3, 3)));
		zip(ring);
		assertRows("#####.", "#...#.", "#...#.", "#...#.", "#####.", "......");
		zip(new PolygonRoi(new float[] { 1, 5, 5 }, new float[] { 1, 1, 6 }, Roi.POLYGON));
		assertRows("......", ".####.", "..###.", "...##.", "....#.", "......");
		zip(new OvalRoi(1, 1, 4, 4));
		assertRows("......", "..##..", ".####.", ".####.", "..##..", "......");
		zip(new Roi(-2, 4, 5, 5));
		assertRows("......", "......", "......", "......", "###...", "###...");
	}

	@Test
	void linesAreAsWideAsTheirStroke() throws IOException {
		final Roi line = new Line(1, 3, 5, 3);
		line.setStrokeWidth(2);
		zip(line);
		assertRows("......", "......", ".####.", ".####.", "......", "......");
		final Roi bend = new PolygonRoi(new float[] { 1, 5, 5 }, new float[] { 2, 2, 6 }, Roi.POLYLINE);
		bend.setStrokeWidth(2);
		zip(bend);
		final byte[] labels = labels();
		assertEquals(M, at(labels, 2, 2));
		assertEquals(M, at(labels, 5, 5));
		assertEquals(0, at(labels, 2, 4));
	}

	private void assertRows(final String... rows) throws IOException {
		final byte[] labels = labels();
		for (int y = 0; y < SIDE; y++) {
			final StringBuilder row = new StringBuilder();
			for (int x = 0; x < SIDE; x++)
				row.append(at(labels, x, y) == 0 ? '.' : '#');
			assertEquals(rows[y], row.toString(), "row " + y + " of " + Arrays.toString(rows));
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "0 | 5 | 0 | lies on another slice",
		"0 | 0 | 30 | lies far outside its image of 6 x 6 px",
		"1 | 0 | 0 | is a line without a width", "9 | 0 | 0 | lies far outside" })
	void roisThatDoNotFitAreNamed(final int kind, final int slice, final int x, final String words) throws IOException {
		final Roi roi = kind == 0 ? new Roi(x, 0, 2, 2) : new Line(0, 0, 3, 3);
		if (kind == 9) roi.setStrokeWidth(1000);
		roi.setName("odd");
		roi.setPosition(slice);
		zip(roi);
		final Exception e = assertThrows(IllegalArgumentException.class, this::labels);
		assertTrue(e.getMessage().startsWith("labels: ") && e.getMessage().contains("a.zip: the ROI odd " + words),
			e.getMessage());
	}

	@Test
	void bothKindsOfLabelsAreRefused() throws IOException {
		zip(square(null, 0, 0, 0));
		TinyAngiograms.png(folder.resolve("rois/b.png"), new byte[4], 2, 2);
		assertRefused("labels: ", "holds both images and ROI files");
	}

	@Test
	void theVersionTellsClassesApart() throws IOException {
		zip(square("a-1", 0, 0, 0), square("b-1", 0, 0, 0));
		assertNotEquals(open("a", "b").samples().get(0).labels().version(), open("b", "a").samples().get(0).labels()
			.version());
	}

	/** Whatever becomes of some bytes, there are labels or a reason, soon. */
	@Test
	void damagedRoisAreRefusedOrFilled() throws IOException {
		final Roi bend = new PolygonRoi(new float[] { 1, 4.5f, 4 }, new float[] { 2, 2, 5 }, Roi.POLYLINE);
		bend.setStrokeWidth(2);
		final Roi line = new Line(1, 1, 4, 5);
		line.setStrokeWidth(3);
		final List<byte[]> originals = Stream.of(bend, line, new Roi(1.5, 1, 3, 3), new OvalRoi(1, 1, 3, 3),
			new EllipseRoi(1, 1, 4, 4, .5), new ShapeRoi(new Roi(1, 1, 3, 3)).or(new ShapeRoi(new OvalRoi(3, 3, 2, 2))))
			.map(RoiEncoder::saveAsByteArray).toList();
		final Random random = new Random(2);
		assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
			int refused = 0;
			for (int i = 0; i < 2000; i++) {
				final byte[] bytes = originals.get(i % originals.size()).clone();
				for (int k = random.nextInt(3); k >= 0; k--)
					bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
				Files.write(folder.resolve("rois/a.roi"), bytes);
				try {
					labels("vessel");
				}
				catch (final IOException | IllegalArgumentException e) {
					refused++;
				}
			}
			assertTrue(refused > 100 && refused < 1900, refused + " refused");
		});
	}

	private void assertRefused(final String start, final String words, final String... classes) {
		final Exception e = assertThrows(IllegalArgumentException.class, () -> open(classes));
		assertTrue(e.getMessage().startsWith(start) && e.getMessage().contains(words), e.getMessage());
	}
}
