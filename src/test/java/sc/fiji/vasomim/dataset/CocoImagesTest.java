package sc.fiji.vasomim.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CocoImagesTest {

	/** Two annotations of one id, overlapping; 9a comes before 10 by its id, not by its name; nobody uses stenosis. */
	private static final String JSON = """
		{"info": {"year": [2023, {"x": null}]},
		"annotations": [
		{"id": 1, "image_id": 20, "category_id": 10, "segmentation": [[0.9, 0, 2, 0, 2, 1.99, 0, 1]], "iscrowd": 0},
		{"id": 1, "image_id": 20, "category_id": 11, "segmentation": [[2, 0, 3, 0, 3, 0], [3, 2, 3, 2, 3, 2]]}],
		"categories": [{"id": 11, "name": "10"}, {"id": 26, "name": "stenosis"}, {"id": 10, "name": "9a"}],
		"images": [{"id": 20, "width": 4, "height": 3, "file_name": "p/2.png"},
		{"id": 10, "width": 4, "height": 3, "file_name": "p/10.png", "license": 0}]}""";

	@TempDir
	Path folder;

	private final List<String> log = new ArrayList<>();

	private Path json;

	@BeforeEach
	void data() throws IOException {
		json = folder.resolve("train.json");
		for (final String name : new String[] { "p/2", "p/10" })
			TinyAngiograms.png(folder.resolve("images/" + name + ".png"), new byte[12], 4, 3);
	}

	private LabelledImages open(final String text, final String... classes) throws IOException {
		Files.writeString(json, text);
		return LabelledImages.open(folder.resolve("images"), json, List.of(classes), log::add);
	}

	private static byte[] labels(final LabelledImages images, final int index) throws IOException {
		return images.samples().get(index).labels().read(4, 3);
	}

	@Test
	void classesAreTheCategoriesInUseAndTheLaterAnnotationWins() throws IOException {
		final LabelledImages images = open(JSON);
		assertEquals(List.of("9a", "10"), images.classes());
		assertEquals(List.of("p/2.png", "p/10.png"), images.samples().stream().map(Sample::name).toList());
		// Truncated, 0.9 is 0 and 1.99 is 1.
		assertArrayEquals(new byte[] { 1, 1, 2, 2, 1, 1, 1, 0, 0, 0, 0, 2 }, labels(images, 0));
		assertArrayEquals(new byte[12], labels(images, 1));
		assertEquals(List.of("1 of 2 images have no annotation in train.json, so they count as empty: p/10.png"), log);
	}

	@Test
	void chosenClassesSetTheNumbers() throws IOException {
		assertArrayEquals(new byte[] { 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 3 }, labels(open(JSON, "stenosis", "11", "10"), 0));
		assertEquals(List.of("train.json has no class 11", "1 objects of the class 9a are left out"), log.subList(0, 2));
	}

	@Test
	void aSingleClassIsAMask() throws IOException {
		final byte m = (byte) 255;
		assertArrayEquals(new byte[] { m, m, m, 0, m, m, m, 0, 0, 0, 0, 0 }, labels(open(JSON, "9a"), 0));
		final LabelledImages joined = open(JSON).joined("vessel");
		assertEquals(List.of("vessel"), joined.classes());
		assertArrayEquals(new byte[] { m, m, m, m, m, m, m, 0, 0, 0, 0, m }, labels(joined, 0));
	}

	@Test
	void theVersionTellsPolygonsAndClassesApart() throws IOException {
		final Labels labels = open(JSON).samples().get(0).labels();
		assertEquals(labels.version(), open(JSON).samples().get(0).labels().version());
		for (final LabelledImages other : List.of(open(JSON, "10", "9a"), open(JSON.replace("0.9", "1.9")), open(
			JSON).joined("vessel"), open(JSON, "9a")))
			assertNotEquals(labels.version(), other.samples().get(0).labels().version());
	}

	@Test
	void anImageOfAnotherSizeIsNamed() throws IOException {
		final Labels labels = open(JSON).samples().get(0).labels();
		final Exception e = assertThrows(IllegalArgumentException.class, () -> labels.read(3, 4));
		assertTrue(e.getMessage()
			.startsWith("labels: train.json on p/2.png was drawn on an image of 4 x 3 px, but it is 3 x 4"),
			e.getMessage());
	}

	@Test
	void imagesOnOneSideOnlyAreNamed() throws IOException {
		TinyAngiograms.png(folder.resolve("images/spare.png"), new byte[12], 4, 3);
		open(JSON);
		assertEquals("1 of 3 images are left out, for train.json does not list them: spare.png", log.get(0));
		Files.delete(folder.resolve("images/p/2.png"));
		final Exception e = assertThrows(IllegalArgumentException.class, () -> open(JSON));
		assertTrue(e.getMessage().contains("lacks 1 of the 2 images of train.json (p/2.png)"), e.getMessage());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
		"\"categories\": [ | \"kinds\": [ | it has no \"categories\"",
		"\"image_id\": 20, | | annotation 1: \"image_id\" is missing",
		"\"image_id\": 20, | \"image_id\": 21, | annotation 1: there is no image of id 21",
		"\"category_id\": 11 | \"category_id\": 12 | annotation 2: there is no category of id 12",
		"\"file_name\": \"p/2.png\" | \"file\": 2 | image 1: \"file_name\" is missing",
		"p/2.png | ../images.png | lists ../images.png, which is not a path inside the folder of images",
		"p/2.png | /etc/passwd | lists /etc/passwd, which is not a path inside",
		"p/2.png | p\\u0000 | which is not a path inside",
		"p/2.png | p/../p/10.png | lists p/10.png twice",
		"\"width\": 4 | \"width\": 0 | image 1: sides must lie in 1..65535 px, but are 0 and 3",
		"\"width\": 4 | \"width\": 4000000000 | Expected an int but was 4000000000",
		"\"id\": 10, \"width\" | \"id\": 20, \"width\" | image 2: the id 20 occurs twice",
		"\"id\": 11, | \"id\": 26, | category 2: the id 26 occurs twice",
		"\"stenosis\" | \"10\" | category 2: the name 10 occurs twice",
		", 2, 1.99, 0, 1]] | ]] | a polygon needs pairs of coordinates, 3 or more, but has 4 numbers",
		"1.99, 0, 1 | 1.99, 0 | a polygon needs pairs of coordinates, 3 or more, but has 7 numbers",
		"[[0.9, 0, 2, 0, 2, 1.99, 0, 1]] | [] | annotation 1: \"segmentation\" holds no polygon",
		"[[0.9, 0, 2, 0, 2, 1.99, 0, 1]] | {\"counts\": [1, 2], \"size\": [3, 4]} | annotation 1: run-length encoded",
		"1.99 | NaN | malformed",
		"1.99 | \"NaN\" | a coordinate is \"NaN\"",
		"1.99 | 1e999 | a coordinate is",
		"1.99 | 1e12 | annotation 1: reaches from (0, 0) to (2, 2147483647), far outside p/2.png of 4 x 3 px",
		"0}]} | 0}] | End of input", "0}]} | 0}]} 1 | malformed" })
	void whatIsWrongIsSaid(final String old, final String changed, final String message) {
		final String text = JSON.replace(old, changed == null ? "" : changed);
		assertNotEquals(JSON, text);
		final Exception e = assertThrows(IOException.class, () -> open(text));
		assertTrue(e.getMessage().contains("train.json") && e.getMessage().contains(message), e.getMessage());
	}

	@Test
	void unknownClassesAndNoneAreRefused() {
		final Exception unknown = assertThrows(IllegalArgumentException.class, () -> open(JSON, "stenoses"));
		assertTrue(unknown.getMessage().startsWith("classes: train.json has none of [stenoses], but [9a, 10, stenosis]"),
			unknown.getMessage());
		final String none = JSON.replaceAll("(?s)\"annotations\": .*\"categories\"", "\"annotations\": [], \"categories\"");
		assertTrue(assertThrows(IllegalArgumentException.class, () -> open(none)).getMessage()
			.contains("has no annotation"));
	}

	/** Whatever becomes of a byte or two, there is a data set or a reason. */
	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void damagedFilesAreRefusedOrRead(final long seed) throws IOException {
		final Random random = new Random(seed);
		int refused = 0;
		for (int i = 0; i < 500; i++) {
			final byte[] bytes = JSON.getBytes(StandardCharsets.UTF_8);
			for (int k = random.nextInt(3); k >= 0; k--)
				bytes[random.nextInt(bytes.length)] = (byte) (random.nextBoolean() ? random.nextInt(256)
					: "[]{}\",:-9e".charAt(
					random.nextInt(10)));
			Files.write(json, bytes);
			try {
				labels(LabelledImages.open(folder.resolve("images"), json, message -> {}), 0);
			}
			catch (final IOException | IllegalArgumentException e) {
				refused++;
				assertTrue(e.getMessage().contains("train.json"), e.getMessage());
			}
		}
		assertTrue(refused > 100 && refused < 500, refused + " refused");
	}
}
