package sc.fiji.vasomim.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import ij.ImagePlus;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;

import sc.fiji.vasomim.files.ImageFile;
import sc.fiji.vasomim.torch.CounterRandom;
import sc.fiji.vasomim.torch.CounterRandom.Purpose;

class LabelFolderTest {

	private static final byte M = (byte) 255;

	@TempDir
	Path folder;

	@BeforeEach
	void data() throws IOException {
		for (final String name : new String[] { "a", "b" })
			TinyAngiograms.png(folder.resolve("images/" + name + ".png"), new byte[4], 2, 2);
		labels("a", 0, 0, 0, 0);
	}

	private void labels(final String name, final int... values) throws IOException {
		final byte[] pixels = new byte[values.length];
		for (int i = 0; i < values.length; i++)
			pixels[i] = (byte) values[i];
		TinyAngiograms.png(folder.resolve("labels/" + name + ".png"), pixels, 2, 2);
	}

	private void tiff(final ImageProcessor processor) throws IOException {
		ImageFile.writeTiff(folder.resolve("labels/b.tif"), new ImagePlus("", processor));
	}

	private LabelledImages open(final String... classes) throws IOException {
		return LabelledImages.open(folder.resolve("images"), folder.resolve("labels"), List.of(classes), message -> {});
	}

	private byte[] b(final String... classes) throws IOException {
		return open(classes).samples().get(1).labels().read(2, 2);
	}

	@Test
	void masksOfEitherValueAreOneClass() throws IOException {
		labels("b", 0, 255, 255, 0);
		assertEquals(List.of("vessel"), open().classes());
		assertArrayEquals(new byte[] { 0, M, M, 0 }, b());
		labels("b", 0, 1, 1, 0);
		assertEquals(List.of("vessel"), open().classes());
		assertArrayEquals(new byte[] { 0, M, M, 0 }, b());
		assertEquals(List.of("stent"), open("stent").classes());
		assertArrayEquals(new byte[] { 0, M, M, 0 }, b("stent"));
		labels("b", 3, 252, 255, 120);
		assertArrayEquals(new byte[] { 0, M, M, 0 }, b());
	}

	@Test
	void numbersAreTheNamesOfLabelsWithoutNames() throws IOException {
		labels("b", 0, 3, 1, 0);
		assertEquals(List.of("1", "2", "3"), open().classes());
		assertArrayEquals(new byte[] { 0, 3, 1, 0 }, b());
		assertEquals(List.of("LAD", "LCX", "RCA", "LM"), open("LAD", "LCX", "RCA", "LM").classes());
	}

	@Test
	void deeperImagesAndPalettesAreLabelsToo() throws IOException {
		Files.createDirectories(folder.resolve("labels"));
		tiff(new ShortProcessor(2, 2, new short[] { 0, 2, 1, 0 }, null));
		assertArrayEquals(new byte[] { 0, 2, 1, 0 }, b());
		tiff(new FloatProcessor(2, 2, new float[] { 0, 2, 1, 0 }));
		assertArrayEquals(new byte[] { 0, 2, 1, 0 }, b());
		Files.delete(folder.resolve("labels/b.tif"));
		final IndexColorModel colors = new IndexColorModel(8, 3, new byte[] { 0, M, 0 }, new byte[] { 0, 0, M },
			new byte[3]);
		final BufferedImage palette = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_INDEXED, colors);
		palette.getRaster().setDataElements(0, 0, 2, 2, new byte[] { 0, 2, 1, 0 });
		ImageIO.write(palette, "png", folder.resolve("labels/b.png").toFile());
		assertArrayEquals(new byte[] { 0, 2, 1, 0 }, b());
	}

	@ParameterizedTest
	@ValueSource(strings = { "classes.txt=\uFEFFbackground\r\n LAD \r\nRCA\r\n", "classes.txt=LAD\nRCA",
		"labels.json=[\"LAD\", \"RCA\"]", "labels.json={\"2\": \"RCA\", \"0\": \"nothing\", \"1\": \"LAD\"}" })
	void namesStandBesideTheLabels(final String file) throws IOException {
		labels("b", 0, 2, 1, 0);
		Files.writeString(folder.resolve("labels").resolve(file.split("=")[0]), file.split("=")[1]);
		assertEquals(List.of("LAD", "RCA"), open().classes());
		assertArrayEquals(new byte[] { 0, 1, 2, 0 }, b("RCA", "LAD"));
		assertArrayEquals(new byte[] { 0, M, 0, 0 }, b("RCA"));
		assertRefused("classes: ", () -> open("LM"), "has none of [LM], but [LAD, RCA]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "classes.txt=LAD\n\nRCA", "classes.txt=LAD\nLAD", "classes.txt=\n",
		"labels.json={\"1\": \"a\", \"3\": \"b\"}",
		"labels.json={\"a\": 1}", "labels.json=[{}]", "labels.json=[", "labels.json=7" })
	void namesThatAreNoneAreRefused(final String file) throws IOException {
		labels("b", 0, 2, 1, 0);
		final String name = file.split("=")[0];
		Files.writeString(folder.resolve("labels").resolve(name), file.split("=")[1]);
		assertTrue(assertThrows(IOException.class, this::open).getMessage().contains(name));
	}

	@Test
	void labelsAboveTheClassesAreNamed() throws IOException {
		labels("b", 0, 2, 7, 0);
		assertRefused("labels: ", () -> b("LAD", "RCA"),
			"b.png has the label 7 at (0, 1), but there are classes for 1..2 only");
	}

	@Test
	void whatIsNoLabelIsRefused() throws IOException {
		labels("b", 0, 2, 1, 255);
		assertRefused("labels: ", this::open, "b.png has both 255 and labels below 128");
		Files.delete(folder.resolve("labels/b.png"));
		tiff(new FloatProcessor(2, 2, new float[] { 0, .5f, 1, 0 }));
		assertRefused("labels: ", this::open, "b.tif has the value 0.5");
		tiff(new FloatProcessor(2, 2, new float[] { 0, -1, Float.NaN, 0 }));
		assertRefused("labels: ", this::open, "b.tif has the value -1.0");
		tiff(new ByteProcessor(2, 2, new byte[] { 1, 2, 3, 4 }).convertToRGB());
		assertRefused("labels: ", () -> b("1", "2"), "b.tif has colours instead of label numbers");
	}

	@Test
	void emptyLabelsAloneAreMasks() throws IOException {
		labels("b", 0, 0, 0, 0);
		assertEquals(List.of("vessel"), open().classes());
	}

	@Test
	void foldersThatAreNoLabelsAreRefused() throws IOException {
		final Path images = folder.resolve("images");
		assertRefused("labels: ", () -> LabelledImages.open(images, images, message -> {}),
			"is the folder of the images itself");
		assertRefused("labels: ", () -> LabelledImages.open(images, folder.resolve("none"), message -> {}),
			"must be an existing");
		assertRefused("images: ", () -> LabelledImages.open(null, images, message -> {}), "must be an existing folder");
		final Path empty = Files.createDirectory(folder.resolve("empty"));
		Files.writeString(empty.resolve("train.json"), "{}");
		assertRefused("labels: ", () -> LabelledImages.open(images, empty, message -> {}), "name the .json file itself");
		labels("a", 0, 255, 0, 0);
		assertRefused("labels: 1 images have no label image", this::open, "(b.png)");
	}

	@Test
	void theVersionTellsClassesApart() throws IOException {
		labels("b", 0, 2, 1, 0);
		assertNotEquals(open("1", "2").samples().get(1).labels().version(), open("1", "2", "3").samples().get(1).labels()
			.version());
	}

	private static LabelledImages fraction(final LabelledImages all, final double share, final long seed) {
		return all.fraction(share, new CounterRandom(seed, Purpose.SPLIT, 0, 0)::permutation);
	}

	@Test
	void fractionsAreNestedAndRepeatable() throws IOException {
		final List<Sample> samples = IntStream.range(0, 40).mapToObj(i -> new Sample("" + i, folder, null))
			.toList();
		final LabelledImages all = new LabelledImages(samples, List.of("vessel"));
		assertEquals(all, fraction(all, 1, 5));
		final LabelledImages quarter = fraction(all, 0.25, 5);
		assertEquals(10, quarter.samples().size());
		assertEquals(quarter.samples(), samples.stream().filter(quarter.samples()::contains).toList(), "order kept");
		assertEquals(quarter, fraction(all, 0.25, 5));
		assertNotEquals(quarter, fraction(all, 0.25, 6));
		assertTrue(quarter.samples().containsAll(fraction(all, 0.1, 5).samples()));
		assertEquals(1, fraction(all, 0.001, 5).samples().size());
		for (final double share : new double[] { 0, 1.01, Double.NaN })
			assertRefused("share: must lie in (0, 1]", () -> fraction(all, share, 5), String.valueOf(share));
	}

	private static void assertRefused(final String start, final Executable call,
		final String words)
	{
		final Exception e = assertThrows(IllegalArgumentException.class, call);
		assertTrue(e.getMessage().startsWith(start) && e.getMessage().contains(words), e.getMessage());
	}
}
