package sc.fiji.vasomim.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.scijava.command.CommandModule;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import ij.ImagePlus;

import sc.fiji.vasomim.files.ImageFile;
import sc.fiji.vasomim.sample.AngiogramSettings;
import sc.fiji.vasomim.sample.Coronary;
import sc.fiji.vasomim.sample.SyntheticAngiogram;

class SyntheticAngiogramTest {

	private static final AngiogramSettings SETTINGS = new AngiogramSettings(160, 128, 8, Coronary.RIGHT, 1, 400, 0.5);

	@TempDir
	private Path folder;

	private final CommandBench bench = new CommandBench();

	private final SyntheticAngiogram expected = SyntheticAngiogram.generate(SETTINGS);

	@AfterEach
	void close() {
		bench.close();
	}

	@Test
	void theImagesAreThoseOfTheGenerator() {
		final CommandModule module = bench.succeed(sc.fiji.vasomim.command.SyntheticAngiogram.class, "width", 160, "height",
			128, "seed", 8, "artery", "right", "stenoses", 1, "photons", 400, "blur", 0.5);
		final ImagePlus angiogram = (ImagePlus) module.getOutput("angiogram");
		final ImagePlus segments = (ImagePlus) module.getOutput("segments");
		assertEquals(8, angiogram.getBitDepth());
		assertEquals(16, segments.getBitDepth());
		assertSame(angiogram, segments);
		final AngiogramTruth truth = (AngiogramTruth) CommandBench.result(module);
		assertEquals(SETTINGS, truth.settings());
		assertEquals(expected.segments(), truth.segments());
		assertEquals(expected.stenoses(), truth.stenoses());
	}

	@Test
	void filesHoldTheSameAndTheTruth() throws IOException {
		bench.succeed(SyntheticAngiogramFolder.class, "width", 160, "height", 128, "seed", 7, "artery", "right", "stenoses",
			1, "photons", 400, "blur", 0.5, "count", 2, "output", folder.resolve("out").toFile());
		assertEquals(2, count("images") + count("masks") + count("segments") + count("truth") - 6);
		final ImagePlus angiogram = read("images/synthetic-8.png");
		assertSame(angiogram, read("segments/synthetic-8.tif"));
		final ImagePlus mask = read("masks/synthetic-8.png");
		for (int y = 0; y < 128; y++)
			for (int x = 0; x < 160; x++)
				assertEquals(expected.mask().getAt(x, y).get(), mask.getProcessor().get(x, y));
		final JsonObject truth = JsonParser.parseString(Files.readString(folder.resolve("out/truth/synthetic-8.json")))
			.getAsJsonObject();
		assertEquals(8, truth.getAsJsonObject("settings").get("seed").getAsLong());
		assertEquals(expected.segments().size(), truth.getAsJsonArray("segments").size());
		assertEquals(expected.stenoses().get(0).percent(), truth.getAsJsonArray("stenoses").get(0).getAsJsonObject().get(
			"percent").getAsDouble());
	}

	private void assertSame(final ImagePlus angiogram, final ImagePlus segments) {
		assertArrayEquals(new int[] { 160, 128, 1, 1, 1 }, angiogram.getDimensions());
		for (int y = 0; y < 128; y++)
			for (int x = 0; x < 160; x++) {
				assertEquals(expected.image().getAt(x, y).get(), angiogram.getProcessor().get(x, y));
				assertEquals(expected.labels().getAt(x, y).get(), segments.getProcessor().get(x, y));
			}
	}

	private ImagePlus read(final String file) throws IOException {
		return ImageFile.read(folder.resolve("out").resolve(file));
	}

	private long count(final String name) throws IOException {
		try (var files = Files.list(folder.resolve("out").resolve(name))) {
			return files.count();
		}
	}
}
