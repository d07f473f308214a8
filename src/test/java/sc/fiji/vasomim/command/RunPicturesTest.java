package sc.fiji.vasomim.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.Rectangle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.vasomim.training.TrainingLog;

class RunPicturesTest {

	@TempDir
	Path run;

	/** Else a flat line at 0 squeezes the curves, and one of two equal curves hides the other. */
	@Test
	void withoutConsistencyOneCurveIsDrawn() throws IOException {
		Files.writeString(run.resolve("log.jsonl"), """
			{"epoch":1,"step":1,"train_loss":0.9,"train_rec_loss":0.6,"train_consistency_loss":0.3,"train_lr":0.001}
			{"epoch":2,"step":2,"train_loss":0.8,"train_rec_loss":0.55,"train_consistency_loss":0.25,"train_lr":0.001}
			""");
		final TrainingLog log = TrainingLog.read(run);
		final Map<String, double[]> one = RunPictures.losses(log, false);
		assertEquals(List.of("total: reconstruction alone"), List.copyOf(one.keySet()));
		assertArrayEquals(new double[] { 0.9, 0.8 }, one.values().iterator().next());
		final Map<String, double[]> all = RunPictures.losses(log, true);
		assertEquals(List.of("total", "reconstruction", "consistency"), List.copyOf(all.keySet()));
		assertArrayEquals(new double[] { 0.3, 0.25 }, all.get("consistency"));
	}

	@Test
	void thePanelLeavesThePlotToBeSeen() {
		assertEquals(700, RunPictures.beside(new Rectangle(100, 50, 600, 400), 1000, 1920));
		assertEquals(200, RunPictures.beside(new Rectangle(1200, 50, 600, 400), 1000, 1920));
		assertEquals(0, RunPictures.beside(new Rectangle(870, 50, 572, 366), 1066, 1920));
		assertEquals(920, RunPictures.beside(new Rectangle(300, 50, 700, 400), 1000, 1920));
		assertEquals(0, RunPictures.beside(new Rectangle(300, 50, 700, 400), 2000, 1920));
	}
}
