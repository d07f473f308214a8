package sc.fiji.vasomim.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.dataset.Augmentation;
import sc.fiji.vasomim.dataset.PixelCache;
import sc.fiji.vasomim.dataset.TinyAngiograms;
import sc.fiji.vasomim.model.UNet;

class SegmentationTrainerTest {

	private static final List<String> VESSEL = List.of("vessel"), SIDES = List.of("left", "right");

	@TempDir
	Path folder;

	@BeforeEach
	void write() throws IOException {
		TinyAngiograms.write(folder, 4, 32);
	}

	@Test
	void learnsTinyVessels() throws IOException {
		try (PixelCache data = TinyAngiograms.open(folder)) {
			final TrainingResult result = train(VESSEL, 60, 3, data, data);
			assertEquals(60, result.steps());
			assertTrue(result.scores().get("val_dice") > 0.9, result.toString());
		}
	}

	/** One of the two classes alone would score 0.5 at most. */
	@Test
	void learnsToTellClassesApart() throws IOException {
		try (PixelCache data = TinyAngiograms.openSides(folder)) {
			final TrainingResult result = train(SIDES, 60, 1, data, data);
			assertTrue(result.scores().get("val_dice") > 0.6, result.toString());
		}
	}

	@Test
	void labelsOfOtherClassesAreRefusedBeforeAnythingIsWritten() throws IOException {
		try (PixelCache masks = TinyAngiograms.open(folder); PixelCache sides = TinyAngiograms.openSides(folder)) {
			final String one = " has the label 1, but for one class labels are masks of 0 and 255. ";
			final String two = " has the label 255, but the network has 2 classes. ";
			assertRefused("data: 0.png" + one, VESSEL, sides, masks);
			assertRefused("validation: 0.png" + one, VESSEL, masks, sides);
			assertRefused("data: 0.png" + two, SIDES, masks, sides);
			assertRefused("validation: 0.png" + two, SIDES, sides, masks);
		}
	}

	private void assertRefused(final String words, final List<String> classes, final PixelCache data,
		final PixelCache validation)
	{
		final String message = assertThrows(IllegalArgumentException.class, () -> train(classes, 1, 1, data, validation))
			.getMessage();
		assertTrue(message.startsWith(words), message);
		assertFalse(Files.exists(folder.resolve("run")));
	}

	private TrainingResult train(final List<String> classes, final int epochs, final long seed,
		final PixelCache data, final PixelCache validation) throws IOException
	{
		final SegmentationSettings settings = new SegmentationSettings(new UNet(List.of(8, 16), classes, 32), epochs, epochs > 2
			? 2 : 0, 4, 1e-2, 0, 0.9, Augmentation.NONE, 20, 60, seed, "cpu", "float32");
		return SegmentationTrainer.train(settings, null, data, validation, folder.resolve("run"), Progress.NONE, message -> {});
	}
}
