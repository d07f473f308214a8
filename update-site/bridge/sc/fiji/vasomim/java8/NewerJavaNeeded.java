package sc.fiji.vasomim.java8;

import org.scijava.ItemVisibility;
import org.scijava.command.ContextCommand;
import org.scijava.log.LogService;
import org.scijava.plugin.Parameter;
import org.scijava.ui.UIService;

import ij.IJ;

/** What VasoMIM's commands do in a Java that cannot load them: they say so, in a dialog or, headless, in the log. */
public final class NewerJavaNeeded extends ContextCommand {

	/** The byte code of VasoMIM's jar. */
	static final int NEEDED = 17;

	/** The menu item that was chosen. */
	@Parameter(visibility = ItemVisibility.INVISIBLE, persist = false)
	private String command = "VasoMIM";

	@Parameter
	private LogService log;

	@Parameter(required = false)
	private UIService ui;

	@Override
	public void run() {
		final String message = message(command);
		cancel(message);
		if (ui == null || ui.isHeadless()) log.error(message);
		if (IJ.macroRunning()) abortMacro(message);
	}

	/** A canceled command does not stop a macro: only ImageJ's own abort does. */
	private static void abortMacro(final String message) {
		try {
			IJ.error("VasoMIM", message);
		}
		catch (final RuntimeException e) {
			// That is how it aborts, and done by now.
		}
	}

	static String message(final String command) {
		return command.replaceFirst("\\.+$", "") + " needs Java " + NEEDED + " or newer; this Fiji runs on Java " +
			version() + ".\nInstall Fiji-Latest from https://fiji.sc, which brings its own Java,\n" +
			"and add the update site VasoMIM there. Nothing else in this Fiji is affected.";
	}

	static String version() {
		return System.getProperty("java.specification.version");
	}

	/** 8 of "1.8", 17 of "17". */
	static int feature(final String version) {
		return Integer.parseInt(version.startsWith("1.") ? version.substring(2) : version);
	}
}
