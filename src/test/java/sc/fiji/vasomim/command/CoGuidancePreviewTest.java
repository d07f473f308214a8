package sc.fiji.vasomim.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.scijava.command.CommandInfo;
import org.scijava.command.CommandModule;
import org.scijava.module.ModuleException;

import ij.ImagePlus;
import ij.process.ImageProcessor;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.guidance.PatchGuidance;

/** The figure that is shown while the dialog is open. */
@Timeout(120)
class CoGuidancePreviewTest {

	private final CommandBench bench = new CommandBench();

	@AfterEach
	void close() {
		bench.close();
	}

	/** Of the command, for what the dialog is set to. */
	private ImagePlus figure(final Object... settings) {
		final Object[] inputs = new Object[8 + settings.length];
		System.arraycopy(new Object[] { "input", TestImages.tree(), "size", 64, "device", "cpu", "guidance", "filter" }, 0,
			inputs, 0, 8);
		System.arraycopy(settings, 0, inputs, 8, settings.length);
		return (ImagePlus) bench.succeed(PreviewCoGuidanceMask.class, inputs).getOutput("figure");
	}

	/** The dialog's part without a dialog: a module's inputs, its preview, and a window that is none. */
	private final class Dialog {

		private final BlockingQueue<ImagePlus> shown = new LinkedBlockingQueue<>();

		private final CommandModule module;

		private Dialog() throws ModuleException {
			module = new CommandModule(new CommandInfo(PreviewCoGuidanceMask.class), new PreviewCoGuidanceMask(
				new PictureWindow(shown::add)));
			module.setInput("input", TestImages.tree());
			module.setInput("size", 64);
			module.setInput("device", "cpu");
			module.setInput("guidance", "filter");
		}

		private ImagePlus move(final String key, final Object value) throws InterruptedException {
			module.setInput(key, value);
			module.preview();
			return shown.poll(60, TimeUnit.SECONDS);
		}
	}

	@Test
	void thePreviewShowsWhatTheCommandWillReturn() throws Exception {
		final Dialog dialog = new Dialog();
		dialog.module.preview();
		final ImagePlus window = dialog.move("preview", true);
		assertPixels(figure(), window.getProcessor());
		assertSame(window, dialog.move("maskratio", 0.75));
		assertPixels(figure("maskratio", 0.75), window.getProcessor());
		assertSame(window, dialog.move("guidance", "none"));
		assertPixels(figure("guidance", "none", "maskratio", 0.75), window.getProcessor());
		dialog.module.cancel();
		assertTrue(dialog.shown.isEmpty());
	}

	/** A dialog's last event may come when its command already runs, or is over. */
	@Test
	void aLateEventOpensNothing() throws Exception {
		final Dialog dialog = new Dialog();
		dialog.move("preview", true);
		dialog.module.cancel();
		dialog.module.setInput("maskratio", 0.75);
		dialog.module.preview();
		assertNull(dialog.shown.poll(2, TimeUnit.SECONDS));
	}

	@Test
	void thePreviewIsOfThePlaneThatIsShown() throws Exception {
		final Dialog dialog = new Dialog();
		final ImagePlus image = PreviewCoGuidanceMaskTest.threePlanes();
		image.setSlice(2);
		dialog.module.setInput("input", image);
		final ImageProcessor shown = dialog.move("preview", true).getProcessor();
		final ImagePlus figures = figure("input", image);
		assertArrayEquals((int[]) figures.getStack().getPixels(2), (int[]) shown.getPixels());
		assertFalse(Arrays.equals((int[]) figures.getStack().getPixels(1), (int[]) shown.getPixels()));
		dialog.module.cancel();
	}

	@Test
	void theEndOfAPreviewClosesItsNetworks() throws Exception {
		final BlockingQueue<ImagePlus> shown = new LinkedBlockingQueue<>();
		final CoGuidancePreview preview = new CoGuidancePreview(new PictureWindow(shown::add), said -> {});
		final CoGuidanceSetup setup = PreviewCoGuidanceMaskTest.setup();
		preview.show(() -> setup, TestImages.tree());
		assertNotNull(shown.poll(60, TimeUnit.SECONDS));
		final RandomAccessibleInterval<UnsignedByteType> plane = ArrayImgs.unsignedBytes(64, 64);
		final PatchGuidance guide;
		synchronized (preview) {
			guide = preview.stages.guide(plane, Progress.NONE);
			assertTrue(isOpen(preview.stages, guide));
		}
		preview.close();
		for (boolean open = true; open; Thread.sleep(5))
			synchronized (preview) {
				open = isOpen(preview.stages, guide);
			}
		assertThrows(IllegalStateException.class, () -> preview.stages.guide(ArrayImgs.unsignedBytes(32, 32), Progress.NONE));
	}

	private static boolean isOpen(final CoGuidanceStages stages, final PatchGuidance guide) {
		try {
			stages.figures().mask(guide, 0);
			return true;
		}
		catch (final IllegalStateException e) {
			return false;
		}
	}

	private static void assertPixels(final ImagePlus expected, final ImageProcessor actual) {
		assertArrayEquals((int[]) expected.getProcessor().getPixels(), (int[]) actual.getPixels());
	}

	@Test
	void badValuesDoNoHarmToTheDialog() throws Exception {
		final Dialog dialog = new Dialog();
		dialog.move("preview", true);
		dialog.module.setInput("maskratio", 1.0);
		dialog.module.preview();
		assertPixels(figure(), dialog.move("maskratio", 0.5).getProcessor());
		dialog.module.setInput("preview", false);
		dialog.module.preview();
		assertPixels(figure(), dialog.move("preview", true).getProcessor());
		dialog.module.cancel();
	}

	/** The window goes, and the reason is said; the next good value has a new window. */
	@Test
	void badValuesHaveNoPreview() throws InterruptedException {
		final BlockingQueue<ImagePlus> shown = new LinkedBlockingQueue<>();
		final BlockingQueue<String> said = new LinkedBlockingQueue<>();
		final CoGuidancePreview preview = new CoGuidancePreview(new PictureWindow(shown::add), said::add);
		final CoGuidanceSetup setup = PreviewCoGuidanceMaskTest.setup();
		preview.show(() -> setup, TestImages.tree());
		final ImagePlus first = shown.poll(60, TimeUnit.SECONDS);
		assertEquals("preview: co-guidance of tree", first.getTitle());
		preview.show(() -> {
			throw new IllegalArgumentException("maskratio: is bad");
		}, TestImages.tree());
		assertEquals("No preview: maskratio: is bad", said.poll(60, TimeUnit.SECONDS));
		preview.show(() -> setup, TestImages.tree());
		assertNotSame(first, shown.poll(60, TimeUnit.SECONDS));
		preview.close();
	}
}
