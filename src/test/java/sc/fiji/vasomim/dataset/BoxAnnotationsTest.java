package sc.fiji.vasomim.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ij.gui.Line;
import ij.gui.OvalRoi;
import ij.gui.Roi;
import ij.io.RoiEncoder;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.files.IntensityRule;
import sc.fiji.vasomim.metrics.Box;
import sc.fiji.vasomim.metrics.TrueBox;

class BoxAnnotationsTest {

	/** Two annotations of one id; a crowd and an ignored one of another class; image 10 has none. */
	private static final String COCO = """
		{"annotations": [
		{"id": 1, "image_id": 20, "category_id": 26, "bbox": [1, 2, 3.5, 4], "segmentation": {"counts": "x"}, "iscrowd": 0},
		{"id": 1, "image_id": 20, "category_id": 26, "bbox": [9.5, 7, 3, 1.5]},
		{"id": 2, "image_id": 20, "category_id": 3, "bbox": [0, 0, 12, 8], "iscrowd": 1},
		{"id": 3, "image_id": 20, "category_id": 3, "bbox": [2, 2, 2, 2], "ignore": true}],
		"categories": [{"id": 26, "name": "stenosis"}, {"id": 3, "name": "device"}, {"id": 4, "name": "unused"}],
		"images": [{"id": 20, "width": 12, "height": 8, "file_name": "2.png"},
		{"id": 10, "width": 12, "height": 8, "file_name": "10.png"}]}""";

	private static final String VOC = """
		<annotation><folder>data</folder><filename>other.bmp</filename>
		<size><width>12</width><height>8</height><depth>1</depth></size>
		<object><name>Stenosis</name><difficult>0</difficult>
		<bndbox><xmin>3</xmin><ymin>2</ymin><xmax>6</xmax><ymax>8</ymax></bndbox></object>
		<object><name>Stenosis</name><difficult>1</difficult>
		<bndbox><xmin>1</xmin><ymin>1</ymin><xmax>12</xmax><ymax>1</ymax></bndbox></object></annotation>""";

	@TempDir
	Path folder;

	private final List<String> log = new ArrayList<>();

	@BeforeEach
	void images() throws IOException {
		for (final String name : List.of("2", "10"))
			TinyAngiograms.png(folder.resolve("images/" + name + ".png"), new byte[12 * 8], 12, 8);
		Files.createDirectories(folder.resolve("boxes"));
	}

	private BoxedImages read(final String boxes, final String... classes) throws IOException {
		return BoxAnnotations.read(folder.resolve("images"), folder.resolve(boxes), List.of(classes), new IntensityRule(
			IntensityRule.Polarity.DARK), Progress.NONE, log::add);
	}

	private BoxedImages coco(final String text, final String... classes) throws IOException {
		Files.writeString(folder.resolve("train.json"), text);
		return read("train.json", classes);
	}

	private BoxedImages voc(final String text) throws IOException {
		Files.writeString(folder.resolve("boxes/2.xml"), text);
		Files.writeString(folder.resolve("boxes/10.xml"), "<annotation/>");
		return read("boxes");
	}

	private void zip(final String name, final Roi... rois) throws IOException {
		try (OutputStream file = Files.newOutputStream(folder.resolve("boxes/" + name + ".zip"));
				ZipOutputStream zip = new ZipOutputStream(file))
		{
			for (int i = 0; i < rois.length; i++) {
				zip.putNextEntry(new ZipEntry(i + ".roi"));
				zip.write(RoiEncoder.saveAsByteArray(rois[i]));
			}
		}
	}

	private static Roi named(final String name, final Roi roi) {
		roi.setName(name);
		return roi;
	}

	private static void assertRefused(final Class<? extends Exception> type, final String words,
		final org.junit.jupiter.api.function.Executable reading)
	{
		final Exception e = assertThrows(type, reading);
		assertTrue(e.getMessage().contains(words), e.getMessage());
	}

	/** The second box hangs over the right border by half a px and the lower one by half a px: it is cut there. */
	@Test
	void cocoKeepsRepeatedIdsCrowdsAndIgnoredBoxes() throws IOException {
		final BoxedImages data = coco(COCO);
		assertEquals(List.of("device", "stenosis"), data.classes());
		assertEquals(List.of("2.png", "10.png"), data.images().stream().map(BoxedImage::name).toList());
		assertEquals(List.of(new TrueBox(new Box(1, 2, 3.5, 4), 2), new TrueBox(new Box(9.5, 7, 2.5, 1), 2), new TrueBox(
			new Box(0, 0, 12, 8), 1, true, false), new TrueBox(new Box(2, 2, 2, 2), 1, false, true)), data.images().get(0)
				.boxes());
		assertEquals(List.of(), data.images().get(1).boxes());
	}

	@Test
	void otherClassesThanTheWantedAreLeftOutAndTold() throws IOException {
		assertEquals(2, coco(COCO, "stenosis").images().get(0).boxes().size());
		assertTrue(log.contains("2 objects of the class device are left out"), log.toString());
		assertRefused(IllegalArgumentException.class, "has none of the classes [stent], but [device, stenosis]", () -> coco(
			COCO, "stent"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
		"[1, 2, 3.5, 4] | [1, 2, 3.5] | annotation 1: \"bbox\" must be x, y, width and height, but has 3 numbers",
		"\"bbox\": [1, 2, 3.5, 4], | | annotation 1: \"bbox\" is missing",
		"\"image_id\": 20, \"category_id\": 3 | \"image_id\": 7, \"category_id\": 3 | annotation 3: there is no image of id 7",
		"2.png | ../secret.png | lists ../secret.png, which is not a path inside the folder of images",
		"2.png | /etc/passwd | lists /etc/passwd, which is not a path inside the folder of images",
		"[1, 2, 3.5, 4] | [1, 2, NaN, 4] | Cannot read" })
	void badJsonIsNamed(final String from, final String to, final String words) {
		assertRefused(IOException.class, words, () -> coco(COCO.replaceFirst(java.util.regex.Pattern.quote(from),
			to == null ? "" : to)));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "[1, 2, 0, 4] | train.json, annotation 1 | has no area",
		"[1, 2, 3, -4] | train.json, annotation 1 | has no area",
		"[10, 2, 3.5, 4] | on 2.png | reaches outside of it, 12 x 8 px",
		"[-1.5, 2, 3.5, 4] | on 2.png | reaches outside of it, 12 x 8 px",
		"[3, 2, 0.009, 4] | train.json, annotation 1 | is thinner than 0.01 px",
		"[12.2, 2, 0.5, 4] | on 2.png | reaches outside of it, 12 x 8 px",
		"[1e999, 2, 3.5, 4] | train.json, annotation 1 | a coordinate that is no number" })
	void badBoxesAreNamed(final String box, final String where, final String words) {
		assertRefused(IllegalArgumentException.class, where, () -> coco(COCO.replace("[1, 2, 3.5, 4]", box)));
		assertRefused(IllegalArgumentException.class, words, () -> coco(COCO.replace("[1, 2, 3.5, 4]", box)));
	}

	@Test
	void aMissingImageAndOneOfAnotherSizeAreNamed() throws IOException {
		assertRefused(IllegalArgumentException.class, "lacks 1 of the 2 images of train.json (3.png)", () -> coco(COCO
			.replace("2.png", "3.png")));
		assertRefused(IllegalArgumentException.class, "2.png were drawn on an image of 13 x 8 px, but it is 12 x 8",
			() -> coco(COCO.replaceFirst("\"width\": 12", "\"width\": 13")));
	}

	/** Pixels 3..6 of a row, both included, are the interval 2 to 6. */
	@Test
	void vocCountsPixelsFromOne() throws IOException {
		final BoxedImages data = voc(VOC);
		assertEquals(List.of("Stenosis"), data.classes());
		assertEquals(List.of(new TrueBox(new Box(2, 1, 4, 7), 1), new TrueBox(new Box(0, 0, 12, 1), 1, false, true)), data
			.images().get(0).boxes());
		assertEquals(List.of(), data.images().get(1).boxes());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "<xmin>3</xmin> | | object 1: there must be one <xmin> in <bndbox>, but there are 0",
		"<xmin>3</xmin> | <xmin>left</xmin> | <xmin> must be a number, but was left",
		"<annotation> | <html> | Cannot read", "</annotation> | | Cannot read" })
	void badXmlIsNamed(final String from, final String to, final String words) {
		assertRefused(IOException.class, words, () -> voc(VOC.replace(from, to == null ? "" : to)));
	}

	@Test
	void anotherRootIsNamed() {
		assertRefused(IOException.class, "it holds <html> in place of <annotation>", () -> voc("<html/>"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "<xmax>6</xmax> | <xmax>2</xmax> | has no area",
		"<xmax>6</xmax> | <xmax>NaN</xmax> | no number", "<xmax>6</xmax> | <xmax>14</xmax> | outside",
		"<width>12</width> | <width>10</width> | were drawn on an image of 10 x 8 px" })
	void badVocBoxesAreNamed(final String from, final String to, final String words) {
		assertRefused(IllegalArgumentException.class, words, () -> voc(VOC.replace(from, to)));
	}

	/** Neither a billion laughs nor another file's text comes in. */
	@Test
	void documentTypesAreRefused() throws IOException {
		final StringBuilder bomb = new StringBuilder("<!DOCTYPE annotation [<!ENTITY a0 \"ha\">");
		for (int i = 1; i < 30; i++)
			bomb.append("<!ENTITY a").append(i).append(" \"").append(("&a" + (i - 1) + ";").repeat(10)).append("\">");
		final String refusal = "it has a DOCTYPE, by which it could read other files or fill the memory";
		assertRefused(IOException.class, refusal, () -> voc(bomb + "]><annotation>&a29;</annotation>"));
		final Path secret = Files.writeString(folder.resolve("secret.txt"), "7");
		assertRefused(IOException.class, refusal, () -> voc("<!DOCTYPE annotation [<!ENTITY s SYSTEM \"" + secret.toUri() +
			"\">]>" + VOC.replace(">3<", ">&s;<")));
	}

	@Test
	void imagesAndXmlThatAreAloneAreNamed() throws IOException {
		Files.writeString(folder.resolve("boxes/2.xml"), VOC);
		assertRefused(IllegalArgumentException.class, "1 images have no XML file", () -> read("boxes"));
		Files.writeString(folder.resolve("boxes/10.xml"), VOC);
		Files.writeString(folder.resolve("boxes/11.xml"), VOC);
		assertRefused(IllegalArgumentException.class, "lacks the images of 1 of the 3 XML files (11.xml)", () -> read(
			"boxes"));
	}

	@Test
	void roisAreTakenByTheBoxesAroundThem() throws IOException {
		zip("2", named("stenosis-1", new Roi(1, 2, 3, 4)), named("stenosis-2", new OvalRoi(5, 1, 4, 6)), named("stent-1",
			new Roi(2.5, 3.25, 1.5, 2.75)));
		zip("10");
		final BoxedImages data = read("boxes");
		assertEquals(List.of("stenosis", "stent"), data.classes());
		assertEquals(List.of(new TrueBox(new Box(1, 2, 3, 4), 1), new TrueBox(new Box(5, 1, 4, 6), 1), new TrueBox(new Box(
			2.5, 3.25, 1.5, 2.75), 2)), data.images().get(0).boxes());
	}

	@Test
	void roisWithoutANameAreOfTheOneClassThereIs() throws IOException {
		// As the ROI Manager calls what nobody named: by its place.
		zip("2", named("0004-0003", new Roi(1, 2, 3, 4)));
		zip("10");
		assertEquals(List.of("stenosis"), read("boxes").classes());
		assertEquals(1, read("boxes", "stent").images().get(0).boxes().get(0).label());
		zip("10", named("stenosis-1", new Roi(1, 2, 3, 4)));
		assertEquals(List.of("stenosis"), read("boxes").classes());
		zip("10", named("stent-1", new Roi(1, 2, 3, 4)));
		assertRefused(IllegalArgumentException.class, "1 ROIs in", () -> read("boxes"));
		zip("10");
		Files.writeString(folder.resolve("boxes/classes.txt"), "stenosis\nstent\n");
		assertRefused(IllegalArgumentException.class, "have neither a name nor a group. Name them.", () -> read("boxes"));
	}

	@Test
	void roisOfOtherClassesAloneAreRefused() throws IOException {
		zip("2", named("stent-1", new Roi(1, 2, 3, 4)));
		zip("10");
		assertRefused(IllegalArgumentException.class, "has none of the classes [stenosis], but [stent]", () -> read("boxes",
			"stenosis"));
		Files.writeString(folder.resolve("boxes/classes.txt"), "stenosis\noccluded\n");
		assertRefused(IllegalArgumentException.class, "has none of the classes [stenosis, occluded], but [stent]", () -> read(
			"boxes"));
	}

	@Test
	void roisThatAreNoBoxesAreNamed() throws IOException {
		zip("10");
		zip("2", named("stenosis", new Line(1, 2, 8, 2)));
		assertRefused(IllegalArgumentException.class, "2.zip, the ROI stenosis", () -> read("boxes"));
		zip("2", named("stenosis", new Roi(4, 4, 10, 2)));
		assertRefused(IllegalArgumentException.class, "reaches outside", () -> read("boxes"));
		final Roi later = named("stenosis", new Roi(1, 1, 2, 2));
		later.setPosition(3);
		zip("2", later);
		assertRefused(IllegalArgumentException.class, "lies on another slice", () -> read("boxes"));
	}

	@Test
	void foldersThatSayNothingAreNamed() throws IOException {
		assertRefused(IllegalArgumentException.class, "holds neither .xml (Pascal VOC) nor ROI files", () -> read("boxes"));
		assertRefused(IllegalArgumentException.class, "boxes: must be a .json file", () -> read("none"));
		Files.writeString(folder.resolve("boxes/2.xml"), "<annotation/>");
		Files.writeString(folder.resolve("boxes/10.xml"), "<annotation/>");
		assertRefused(IllegalArgumentException.class, "holds no box", () -> read("boxes"));
		zip("2");
		assertRefused(IllegalArgumentException.class, "holds both .xml and ROI files", () -> read("boxes"));
	}
}
