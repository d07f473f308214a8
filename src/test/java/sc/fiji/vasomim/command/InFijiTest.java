package sc.fiji.vasomim.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.Component;
import java.awt.Container;
import java.awt.EventQueue;
import java.awt.GraphicsEnvironment;
import java.awt.Window;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import javax.swing.JButton;
import javax.swing.JDialog;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.scijava.Context;
import org.scijava.plugin.Plugin;
import org.scijava.ui.UIService;

import ij.IJ;
import ij.ImagePlus;
import ij.Menus;
import ij.WindowManager;
import ij.plugin.frame.Recorder;

/**
 * Commands by their menus, dialogs, the recorder and macros, in a real ImageJ2 on a display:
 *
 * <pre>
 * mvn -Pfiji verify
 * </pre>
 *
 * Without that profile ImageJ alone is in the class path, whose recorder and macros know no SciJava: all are skipped.
 */
class InFijiTest {

	private static final long PATIENCE_MS = 60_000;

	private static final String EXTRACT = "Extract Vascular Anatomy...";

	private static Context context;

	@BeforeEach
	void start() throws Exception {
		try {
			// First of all: it changes ImageJ's classes before they are loaded.
			Class.forName("net.imagej.legacy.LegacyService");
		}
		catch (final ClassNotFoundException e) {
			assumeTrue(false, "imagej-legacy is not in the class path; mvn -Pfiji brings it");
		}
		assumeFalse(GraphicsEnvironment.isHeadless(), "there is no display");
		if (context != null) return;
		context = new Context();
		context.service(UIService.class).showUI();
		await("ImageJ's window", () -> IJ.getInstance() != null && IJ.getInstance().isShowing());
	}

	@AfterEach
	void closeImages() throws Exception {
		if (context == null) return;
		EventQueue.invokeAndWait(() -> {
			if (Recorder.getInstance() != null) Recorder.getInstance().close();
		});
		WindowManager.closeAllWindows();
	}

	@AfterAll
	static void stop() {
		if (context != null) context.dispose();
	}

	@Test
	void theMenuHasEachCommand() {
		for (final Class<? extends VasoMIMCommand> command : CommandRulesTest.commands()) {
			final String path = command.getAnnotation(Plugin.class).menuPath();
			assertNotNull(Menus.getCommands().get(path.substring(path.lastIndexOf('>') + 1)), path);
		}
	}

	@Test
	void whatADialogRecordsGivesTheSamePixelsAsAMacro() throws Exception {
		IJ.runMacro("run('Coronary Angiogram');");
		EventQueue.invokeAndWait(Recorder::new);
		IJ.doCommand(EXTRACT);
		press("Extract Vascular Anatomy", "OK");
		await("a mask", () -> WindowManager.getImage("vessels of coronary-angiogram") != null);
		await("a recorded line", () -> Recorder.getInstance().getText().contains("preview=false"));
		final String line = Recorder.getInstance().getText().lines().filter(text -> text.contains(EXTRACT)).findFirst()
			.orElseThrow();
		assertEquals("run(\"" + EXTRACT + "\", \"preset=default vessels=auto percentile=92.0 strong=92.0 border=20 " +
			"neighbours=8 keep=[at least] leastsize=800 fit=true preview=false\");", line);
		final byte[] shown = mask();
		WindowManager.closeAllWindows();
		IJ.runMacro("run('Coronary Angiogram'); " + line);
		assertArrayEquals(shown, mask());
		WindowManager.closeAllWindows();
		IJ.runMacro("setBatchMode(true); run('Coronary Angiogram'); " + line + " setBatchMode('exit and display');");
		assertArrayEquals(shown, mask());
	}

	/** SciJava alone would open a dialog that asks for them, in the midst of the macro. */
	@Test
	void aMacroIsNotAskedForKeysThatItLeavesOut() throws Exception {
		final Thread macro = new Thread(() -> IJ.runMacro("run('Coronary Angiogram'); run('" + EXTRACT +
			"', 'percentile=95');"));
		macro.start();
		macro.join(PATIENCE_MS);
		assertFalse(macro.isAlive(), "it waits for " + dialogs());
		assertEquals(List.of(), dialogs());
		assertNotNull(WindowManager.getImage("vessels of coronary-angiogram"));
	}

	@Test
	void headingsAndRareKeysAreNotRecorded() throws Exception {
		EventQueue.invokeAndWait(Recorder::new);
		IJ.doCommand("Pre-train VasoMIM...");
		press("Pre-train VasoMIM", "OK");
		press("ImageJ2", "OK");
		assertFalse(Recorder.getInstance().getText().contains("datahead"), Recorder.getInstance().getText());
		assertFalse(Recorder.getInstance().getText().contains("microbatch"), Recorder.getInstance().getText());
	}

	@Test
	void aRefusalEndsTheMacroWithItsReason() throws Exception {
		final String[] said = new String[1];
		final Thread macro = new Thread(() -> said[0] = IJ.runMacro("run('Coronary Angiogram'); run('" + EXTRACT +
			"', 'percentile=120'); newImage('after', '8-bit black', 9, 9, 1);"));
		macro.start();
		while (macro.isAlive() && dialogs().isEmpty())
			Thread.sleep(100);
		final List<String> shown = dialogs();
		for (final Window window : Window.getWindows())
			if (window.isShowing() && window instanceof java.awt.Dialog) EventQueue.invokeAndWait(window::dispose);
		macro.join(PATIENCE_MS);
		assertTrue(shown.size() > 0 || "[aborted]".equals(said[0]), "neither a message nor an abort: " + said[0]);
		assertEquals(null, WindowManager.getImage("after"));
	}

	private static byte[] mask() {
		final ImagePlus mask = WindowManager.getImage("vessels of coronary-angiogram");
		assertNotNull(mask, () -> "no mask, but " + Arrays.toString(WindowManager.getImageTitles()));
		return (byte[]) mask.getProcessor().getPixels();
	}

	private static List<String> dialogs() {
		return Stream.of(Window.getWindows()).filter(window -> window.isShowing() && window instanceof java.awt.Dialog)
			.map(window -> ((java.awt.Dialog) window).getTitle()).toList();
	}

	/** Presses a button of a dialog, once there is one. */
	private static void press(final String title, final String name) throws Exception {
		await("the dialog " + title, () -> button(title, name) != null);
		EventQueue.invokeLater(() -> click(button(title, name)));
	}

	private static void click(final Component button) {
		if (button instanceof JButton) ((JButton) button).doClick();
		// ImageJ's own message.
		else ((java.awt.Window) button.getParent().getParent()).dispose();
	}

	private static Component button(final String title, final String name) {
		return Stream.of(Window.getWindows()).filter(window -> window.isShowing() && window instanceof java.awt.Dialog &&
			title.equals(((java.awt.Dialog) window).getTitle())).flatMap(InFijiTest::parts).filter(
				part -> part instanceof JButton && name.equals(((JButton) part).getText()) || part instanceof java.awt.Button &&
					name.equals(((java.awt.Button) part).getLabel().trim())).findFirst().orElse(null);
	}

	private static Stream<Component> parts(final Component part) {
		return part instanceof Container ? Stream.concat(Stream.of(part), Stream.of(((Container) part).getComponents())
			.flatMap(InFijiTest::parts)) : Stream.of(part);
	}

	private static void await(final String what, final Callable<Boolean> there) throws Exception {
		final long end = System.currentTimeMillis() + PATIENCE_MS;
		while (!there.call()) {
			assertTrue(System.currentTimeMillis() < end, "waited in vain for " + what + "; open are " + dialogs());
			Thread.sleep(50);
		}
	}
}
