package sc.fiji.vasomim.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.EventQueue;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.module.Module;
import org.scijava.util.ClassUtils;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.ImageRoi;
import ij.gui.Overlay;
import ij.process.ImageProcessor;

import sc.fiji.vasomim.figure.LabelColours;
import sc.fiji.vasomim.inference.HandMadeNetwork;
import sc.fiji.vasomim.model.ModelFile;
import sc.fiji.vasomim.model.Weights;

/** The previews of the two vessel commands, driven as a dialog drives them: set a value, ask for the preview. */
@Timeout(60)
class VesselPreviewTest {

	private final CommandBench bench = new CommandBench();

	private final ImagePlus image = TestImages.tree();

	private final Overlay original = image.getOverlay();

	private final byte[] before = ((byte[]) image.getProcessor().getPixels()).clone();

	@AfterEach
	void close() {
		bench.close();
	}

	private static void preview(final Module dialog, final Map<String, Object> values)
		throws InterruptedException, InvocationTargetException
	{
		EventQueue.invokeAndWait(() -> {
			values.forEach(dialog::setInput);
			dialog.preview();
		});
	}

	/** Waits for the picture of a preview, or for another one than that given. */
	private ImageProcessor shown(final ImageProcessor other) throws InterruptedException {
		while (true) {
			final Overlay overlay = image.getOverlay();
			if (overlay != null && overlay.get(overlay.size() - 1) instanceof ImageRoi) {
				final ImageProcessor picture = ((ImageRoi) overlay.get(overlay.size() - 1)).getProcessor();
				if (other == null || !Arrays.equals(pixels(picture), pixels(other))) return picture;
			}
			Thread.sleep(5);
		}
	}

	private static int[] pixels(final ImageProcessor picture) {
		return Arrays.stream((int[]) picture.convertToRGB().getPixels()).map(rgb -> rgb & 0xffffff).toArray();
	}

	private void assertRestored() throws InterruptedException {
		while (image.getOverlay() != original)
			Thread.sleep(5);
		assertEquals(1, original.size());
		assertArrayEquals(before, (byte[]) image.getProcessor().getPixels());
	}

	private static int[] tinted(final ImagePlus mask) {
		final int[] tinted = new int[mask.getWidth() * mask.getHeight()];
		for (int i = 0; i < tinted.length; i++)
			tinted[i] = mask.getProcessor().get(i) > 0 ? 0xee7733 : 0;
		return tinted;
	}

	@Test
	void maskIsThatOfTheCommandAndFollowsTheSettings() throws Exception {
		final Module dialog = bench.dialog(ExtractVascularAnatomy.class);
		preview(dialog, Map.of("input", image, "preview", true, "leastsize", 20));
		final ImageProcessor first = shown(null);
		assertArrayEquals(tinted(mask("leastsize", 20)), pixels(first));
		preview(dialog, Map.of("percentile", 97.0));
		assertArrayEquals(tinted(mask("leastsize", 20, "percentile", 97.0)), pixels(shown(first)));
		EventQueue.invokeAndWait(dialog::cancel);
		assertRestored();
	}

	private ImagePlus mask(final Object... settings) {
		final Object[] inputs = new Object[settings.length + 2];
		System.arraycopy(settings, 0, inputs, 0, settings.length);
		inputs[settings.length] = "input";
		inputs[settings.length + 1] = image;
		return (ImagePlus) bench.succeed(ExtractVascularAnatomy.class, inputs).getOutput("mask");
	}

	/** A change of the threshold alone is quick, another model is another picture; all in the first label's colour. */
	@Test
	void vesselsOfANetworkAreThoseOfTheCommandAndFollowTheSettings(@TempDir final Path folder) throws Exception {
		final File model = folder.resolve("dark.safetensors").toFile();
		try (Weights weights = HandMadeNetwork.of(List.of("vessel"), 64, new float[] { -2 }, new float[] { 0 })) {
			ModelFile.write(model.toPath(), weights, "by hand");
		}
		final Module dialog = bench.dialog(SegmentVessels.class);
		preview(dialog, Map.of("input", image, "preview", true, "model", model, "threshold", 0.8, "device", "cpu"));
		final ImageProcessor first = shown(null);
		assertArrayEquals(coloured(segmented(model, 0.8)), pixels(first));
		preview(dialog, Map.of("threshold", 0.5));
		assertArrayEquals(coloured(segmented(model, 0.5)), pixels(shown(first)));
		preview(dialog, Map.of("model", folder.resolve("none").toFile()));
		assertRestored();
		preview(dialog, Map.of("model", model));
		shown(null);
		dialog.run();
		assertRestored();
		assertNotNull(dialog.getOutput("mask"));
	}

	private ImagePlus segmented(final File model, final double threshold) {
		final ImagePlus mask = (ImagePlus) bench.succeed(SegmentVessels.class, "input", image, "model", model, "threshold",
			threshold, "device", "cpu").getOutput("mask");
		final int inside = (int) mask.getStatistics().getHistogram()[255];
		assertTrue(inside > 0 && inside < 2000, inside + " px of the selection's 2000");
		return mask;
	}

	private static int[] coloured(final ImagePlus mask) {
		final int colour = LabelColours.of(1).getRGB() & 0xffffff;
		return Arrays.stream(tinted(mask)).map(value -> value == 0 ? 0 : colour).toArray();
	}

	@Test
	void runningTheCommandEndsItsPreview() throws Exception {
		final Module dialog = bench.dialog(ExtractVascularAnatomy.class);
		preview(dialog, Map.of("input", image, "preview", true, "leastsize", 20));
		assertNotNull(shown(null));
		dialog.run();
		assertRestored();
		assertNotNull(dialog.getOutput("mask"));
	}

	@Test
	void uncheckingEndsIt() throws Exception {
		final Module dialog = bench.dialog(FrangiVesselFilter.class);
		preview(dialog, Map.of("input", image, "preview", true));
		assertNotNull(shown(null));
		preview(dialog, Map.of("preview", false));
		assertRestored();
	}

	@Test
	void vesselnessIsThatOfTheCurrentPlane() throws Exception {
		final ImageStack stack = new ImageStack();
		stack.addSlice(image.getProcessor().createProcessor(image.getWidth(), image.getHeight()));
		stack.addSlice(image.getProcessor().duplicate());
		final ImagePlus run = new ImagePlus("run", stack);
		run.setSlice(2);
		image.killRoi();
		final ImagePlus alone = (ImagePlus) bench.succeed(FrangiVesselFilter.class, "input", image).getOutput("output");
		final ImageProcessor expected = alone.getProcessor();
		expected.setMinAndMax(0, expected.getStats().max);
		final Module dialog = bench.dialog(FrangiVesselFilter.class);
		preview(dialog, Map.of("input", run, "preview", true));
		while (run.getOverlay() == null)
			Thread.sleep(5);
		assertArrayEquals(pixels(expected), pixels(((ImageRoi) run.getOverlay().get(0)).getProcessor()));
		assertEquals(2, run.getCurrentSlice());
	}

	@Test
	void settingsThatCannotWorkShowNothing() throws Exception {
		final Module dialog = bench.dialog(FrangiVesselFilter.class);
		preview(dialog, Map.of("input", image, "preview", true));
		assertNotNull(shown(null));
		preview(dialog, Map.of("sigmas", "1, two"));
		assertRestored();
	}

	/** Of the two stages, a change of the threshold repeats the second alone; a change of the polarity both. */
	@Test
	void theFilterRunsAgainOnlyIfItMust() throws Exception {
		final ExtractVascularAnatomy command = new ExtractVascularAnatomy();
		set(command, "leastsize", 20);
		final MaskPreview preview = new MaskPreview(said -> {});
		EventQueue.invokeAndWait(() -> preview.show(image, command));
		final ImageProcessor first = shown(null);
		final Object vesselness = preview.vesselness();
		set(command, "percentile", 97.0);
		EventQueue.invokeAndWait(() -> preview.show(image, command));
		final ImageProcessor second = shown(first);
		assertSame(vesselness, preview.vesselness());
		set(command, "vessels", "bright");
		EventQueue.invokeAndWait(() -> preview.show(image, command));
		shown(second);
		assertNotSame(vesselness, preview.vesselness());
	}

	private static void set(final ExtractVascularAnatomy command, final String key, final Object value) {
		ClassUtils.setValue(ClassUtils.getField(AbstractExtractVascularAnatomy.class, key), command, value);
	}

	/** A value that the closing dialog still commits asks for the preview when the command has run. */
	@Test
	void aRequestAfterTheRunShowsNothing() throws Exception {
		final Module dialog = bench.dialog(FrangiVesselFilter.class);
		preview(dialog, Map.of("input", image, "preview", true));
		assertNotNull(shown(null));
		dialog.run();
		preview(dialog, Map.of("beta", 0.7));
		assertRestored();
		Thread.sleep(300);
		assertRestored();
	}
}
