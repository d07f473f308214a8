package sc.fiji.vasomim.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import ij.ImagePlus;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.files.ImageFile;
import sc.fiji.vasomim.files.Json;
import sc.fiji.vasomim.guidance.MaskingSettings;
import sc.fiji.vasomim.model.MaskedAutoencoder;
import sc.fiji.vasomim.training.PretrainingSettings;
import sc.fiji.vasomim.training.SegmentorSettings;

/** The demo with two epochs of each training, at 64 px. */
class DemoTest {

	private static final Demo.Effort SECONDS = new Demo.Effort(new SegmentorSettings(64, 2, 7, 2e-3, 0.2, 1, 3, "cpu",
		"float32"), new PretrainingSettings(MaskedAutoencoder.Variant.TINY.forSize(64), 2, 1, 2, 0.04, 0.05,
			0, MaskingSettings.VASOMIM, 1, 0.2, 1, 0, 1, 0, 3, "cpu", "float32"));

	@TempDir
	private Path folder;

	private final List<String> log = new ArrayList<>();

	@Test
	void twoRealFramesAreNeverTrainedOn() throws IOException {
		final DemoFrames frames = DemoFrames.write(folder, 1);
		assertEquals(9, frames.all().size());
		final Set<String> trained = names("train/images");
		final Set<String> heldOut = names("heldout/images");
		assertEquals(7, trained.size());
		assertEquals(2, heldOut.size());
		assertTrue(trained.contains("synthetic"));
		assertEquals(trained, names("train/masks"));
		assertEquals(heldOut, names("heldout/masks"));
		assertTrue(trained.stream().noneMatch(heldOut::contains), "no frame is on both sides");
		assertEquals(heldOut, frames.heldOut().stream().map(DemoFrames.Frame::name).collect(Collectors.toSet()));
		assertEquals(List.of(7, 2), List.of(frames.pairs(false).size(), frames.pairs(true).size()));
		for (int i = 0; i < 2; i++)
			assertTrue(frames.pairs(true).get(i).name().startsWith(frames.heldOut().get(i).name()), "in the same order");
	}

	@Test
	void aFolderOfSomebodyElseStaysAsItIs() throws IOException {
		final Path page = Files.writeString(folder.resolve("index.html"), "mine");
		assertEquals("output: " + folder + " holds files, but no demo. Choose a new or empty folder.", assertThrows(
			IllegalArgumentException.class, () -> Demo.run(folder, SECONDS, Progress.NONE, log::add)).getMessage());
		assertEquals("mine", Files.readString(page));
		assertFalse(Files.exists(folder.resolve("data")));
	}

	@Test
	void thePageShowsWhatThereIsAndTheFiguresAreNumbers() throws IOException {
		final DemoResult result = Demo.run(folder, SECONDS, Progress.NONE, log::add);
		final String page = Files.readString(folder.resolve(result.report()));
		final Set<String> pictures = new HashSet<>();
		final Matcher links = Pattern.compile("(?:src|href)=\"([^\"]*)\"").matcher(page);
		while (links.find())
			pictures.add(links.group(1));
		assertEquals(6, pictures.size(), pictures.toString());
		for (final String picture : pictures) {
			final ImagePlus image = ImageFile.read(folder.resolve(picture));
			assertTrue(image.getProcessor().getStats().stdDev > 5, picture + " shows something");
			assertTrue(image.getWidth() >= 200 && image.getHeight() >= 100, picture);
		}
		// Nine rows of four tiles of 256 px, with gaps of 6 px and titles of 20 px.
		final ImagePlus anatomy = ImageFile.read(folder.resolve("anatomy.png"));
		assertEquals(4 * 262 + 6, anatomy.getWidth());
		assertEquals(9 * 282 + 6, anatomy.getHeight());

		final JsonObject json = JsonParser.parseString(Json.line(result)).getAsJsonObject();
		for (final String key : json.keySet()) {
			final JsonElement value = json.get(key);
			if (value.getAsJsonPrimitive().isNumber()) assertTrue(Double.isFinite(value.getAsDouble()) && value
				.getAsDouble() > 0, key + " is " + value);
		}
		assertEquals(List.of(9, 7, 6L), List.of(result.frames(), result.trainframes(), result.pretrainsteps()));
		// Two frames as three equal channels, each patch normalised over the three: the constant is somewhat below 1.
		assertTrue(result.constantpatchloss() > 0.3 && result.constantpatchloss() < 1, result.toString());
		assertNotEquals(result.heldoutlossstart(), result.heldoutlossend());
		assertFalse(page.contains(folder.toString()), "no place of the disk");
	}

	@Test
	void aStoppedDemoGoesOn() throws IOException {
		final Progress stop = new Progress() {

			private boolean trained;

			@Override
			public void report(final long done, final long total, final String message) {
				trained |= message.startsWith("pre-training");
			}

			@Override
			public boolean isCanceled() {
				return trained;
			}
		};
		assertThrows(CancellationException.class, () -> Demo.run(folder, SECONDS, stop, log::add));
		assertFalse(Files.exists(folder.resolve("index.html")));
		assertEquals(6, Demo.run(folder, SECONDS, Progress.NONE, log::add).pretrainsteps());
		assertEquals(List.of(), log);
	}

	private Set<String> names(final String part) throws IOException {
		try (Stream<Path> files = Files.list(folder.resolve(part))) {
			return files.map(file -> file.getFileName().toString().replaceFirst("\\.\\w+$", "")).collect(Collectors.toSet());
		}
	}
}
