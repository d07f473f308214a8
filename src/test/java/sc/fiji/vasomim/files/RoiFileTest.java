package sc.fiji.vasomim.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
import org.junit.jupiter.params.provider.MethodSource;

import ij.gui.Arrow;
import ij.gui.EllipseRoi;
import ij.gui.OvalRoi;
import ij.gui.PointRoi;
import ij.gui.PolygonRoi;
import ij.gui.Roi;
import ij.gui.ShapeRoi;
import ij.gui.TextRoi;
import ij.io.RoiDecoder;
import ij.io.RoiEncoder;

class RoiFileTest {

	@TempDir
	Path folder;

	private Path file;

	@BeforeEach
	void file() {
		file = folder.resolve("a.roi");
	}

	private static byte[] zip(final Object... namesAndBytes) throws IOException {
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
			for (int i = 0; i < namesAndBytes.length; i += 2) {
				zip.putNextEntry(new ZipEntry((String) namesAndBytes[i]));
				zip.write((byte[]) namesAndBytes[i + 1]);
			}
		}
		return bytes.toByteArray();
	}

	private static byte[] named(final String name) {
		final Roi roi = new OvalRoi(1, 2, 3, 4);
		roi.setName(name);
		return RoiEncoder.saveAsByteArray(roi);
	}

	@Test
	void zipsKeepOrderAndNames() throws IOException {
		Files.write(file, zip("z/b.roi", named("stenosis"), "a.roi", named(null), "__MACOSX/._a.roi", new byte[9], "x.txt",
			new byte[3]));
		assertEquals(List.of("stenosis", "a"), RoiFile.read(file).stream().map(RoiFile.Entry::name).toList());
		Files.write(file, zip());
		assertEquals(List.of(), RoiFile.read(file));
	}

	@Test
	void aFileOfOneRoiHasTheNameThatItWasGiven() throws IOException {
		Files.write(file, named("LAD"));
		assertEquals("LAD", RoiFile.read(file).get(0).name());
		Files.write(file, named("a"));
		assertEquals("", RoiFile.read(file).get(0).name());
		Files.write(file, named(null));
		assertEquals("", RoiFile.read(file).get(0).name());
	}

	static Stream<Object[]> noAreas() {
		return Stream.of(new Object[] { new PointRoi(1, 1), "Point" }, new Object[] { new Arrow(1, 1, 5, 5), "Arrow" },
			new Object[] { new PolygonRoi(new float[] { 1, 5, 9 }, new float[] { 1, 5, 1 }, Roi.ANGLE), "Angle" },
			new Object[] { new TextRoi(1, 1, "LAD"), "Text" });
	}

	@ParameterizedTest
	@MethodSource("noAreas")
	void whatHasNoAreaIsNamed(final Roi roi, final String type) throws IOException {
		Files.write(file, zip("mine.roi", RoiEncoder.saveAsByteArray(roi)));
		assertRefused("a.roi: ROI mine.roi: " + type + " selections have no area");
	}

	@Test
	void whatIsNoRoiFileIsRefused() throws IOException {
		Files.write(file, new byte[0]);
		assertRefused("it is empty");
		Files.writeString(file, "Iout");
		assertRefused("it is no ImageJ ROI");
		Files.write(file, zip("image.png", new byte[9]));
		assertRefused("it holds no .roi files");
		Files.write(file, zip("big.roi", new byte[(1 << 24) + 1]));
		assertTrue(Files.size(file) < 100_000, "a zip bomb");
		assertRefused("ROI big.roi: it is larger than 16 MiB");
		Files.write(file, Arrays.copyOf(zip("a.roi", named("a")), 60));
		assertRefused("");
	}

	@Test
	void sizesBeyondTheFileAreNotBelieved() throws IOException {
		final byte[] polygon = RoiEncoder.saveAsByteArray(new PolygonRoi(new float[] { 1, 5, 9 }, new float[] { 1, 5, 1 },
			Roi.POLYGON));
		assertRefused(polygon, RoiDecoder.N_COORDINATES, 0, "announces 2147483647 values");
		final byte[] shape = RoiEncoder.saveAsByteArray(new ShapeRoi(new Roi(1, 1, 3, 3)).or(new ShapeRoi(new Roi(8, 8, 1,
			1))));
		assertRefused(shape, RoiDecoder.SHAPE_ROI_SIZE, Integer.MAX_VALUE, "announces 2147483647 values");
		final byte[] name = named("x");
		assertRefused(name, ByteBuffer.wrap(name).getInt(RoiDecoder.HEADER2_OFFSET) + RoiDecoder.NAME_LENGTH, 1 << 30,
			"announces 1073741824 values");
	}

	@Test
	void coordinatesWithoutBoundsAreRefused() throws IOException {
		final byte[] ellipse = RoiEncoder.saveAsByteArray(new EllipseRoi(1, 1, 9, 9, .5));
		ByteBuffer.wrap(ellipse).putFloat(RoiDecoder.X2, 1e30f);
		Files.write(file, ellipse);
		assertRefused("it has the coordinate 1.0E30");
		final byte[] polygon = RoiEncoder.saveAsByteArray(new PolygonRoi(new float[] { 1, 5.5f, 9 }, new float[] { 1, 5,
			1 }, Roi.POLYGON));
		ByteBuffer.wrap(polygon).putFloat(RoiDecoder.COORDINATES + 3 * 4, Float.NaN);
		Files.write(file, polygon);
		assertRefused("it has the coordinate NaN");
	}

	private void assertRefused(final byte[] roi, final int place, final int value, final String words)
		throws IOException
	{
		if (place == RoiDecoder.N_COORDINATES) ByteBuffer.wrap(roi).putShort(place, (short) 0).putInt(RoiDecoder.SIZE,
			Integer.MAX_VALUE);
		else ByteBuffer.wrap(roi).putInt(place, value);
		Files.write(file, roi);
		assertRefused(words);
	}

	private void assertRefused(final String words) {
		final Exception e = assertThrows(IOException.class, () -> RoiFile.read(file));
		assertTrue(e.getMessage().startsWith("Cannot read " + file) && e.getMessage().contains(words), e.getMessage());
	}

	/** Whatever becomes of some bytes, there are ROIs or a reason, soon. */
	@Test
	void damagedFilesAreRefusedOrRead() {
		final PolygonRoi spline = new PolygonRoi(new float[] { 1, 5.5f, 9 }, new float[] { 1, 5, 1 }, Roi.POLYLINE);
		spline.fitSpline();
		final List<byte[]> originals = Stream.of(new Roi(1, 1, 3, 3), new OvalRoi(1, 1, 3, 3), spline, new EllipseRoi(1, 1,
			9, 9, .5), new ShapeRoi(new Roi(1, 1, 3, 3)).or(new ShapeRoi(new OvalRoi(8, 8, 9, 9))))
			.map(RoiEncoder::saveAsByteArray).toList();
		final Random random = new Random(1);
		assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
			int refused = 0;
			for (int i = 0; i < 3000; i++) {
				final byte[] bytes = originals.get(i % originals.size()).clone();
				for (int k = random.nextInt(3); k >= 0; k--)
					bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
				Files.write(file, i % 10 == 0 ? zip("a.roi", bytes) : bytes);
				try {
					RoiFile.read(file);
				}
				catch (final IOException e) {
					refused++;
				}
			}
			assertTrue(refused > 100 && refused < 2900, refused + " refused");
		});
	}
}
