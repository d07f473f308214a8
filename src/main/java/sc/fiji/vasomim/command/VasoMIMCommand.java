package sc.fiji.vasomim.command;

import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.net.URL;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

import org.scijava.command.CommandInfo;
import org.scijava.command.CommandModuleItem;
import org.scijava.command.ContextCommand;
import org.scijava.app.StatusService;
import org.scijava.command.Previewable;
import org.scijava.log.LogService;
import org.scijava.module.ModuleItem;
import org.scijava.platform.PlatformService;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.task.Task;
import org.scijava.task.TaskService;
import org.scijava.util.ClassUtils;
import org.scijava.widget.Button;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.macro.Interpreter;

import sc.fiji.vasomim.batch.PartialResult;
import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.batch.TimeLeft;
import sc.fiji.vasomim.torch.EngineLog;

/**
 * What all commands share: one way to run, to show progress, to refuse and to hand back a result.
 * <p>
 * A subclass holds parameters and {@link #execute}. Bad input is an {@link IllegalArgumentException} whose message
 * names the parameter, the value and the remedy; a file that can't be read or written is an {@link IOException}. Both
 * end the command with that message as its cancel reason, in dialogs, macros, scripts and the shell alike. Anything
 * else is a fault of ours and goes up as it is.
 */
public abstract class VasoMIMCommand extends ContextCommand {

	/** Style of number fields: dialogs show as many decimals as the default has, and would round what users type. */
	protected static final String DECIMALS = "format:0.######";

	@Parameter
	private LogService log;

	@Parameter
	private TaskService tasks;

	@Parameter(required = false)
	private StatusService status;

	@Parameter(required = false)
	private PlatformService platforms;

	@Parameter(label = "Help", callback = "openHelp", required = false, persist = false,
		description = "Open this command's page in the browser: what it does, and what each value means")
	private Button help;

	private Object result;

	private Exception failure;

	/**
	 * Validates the parameters, then does the work.
	 *
	 * @return a record of figures for the log, the shell's JSON line and scripts; null if there is nothing to say
	 */
	protected abstract Object execute(Progress progress) throws IOException;

	/** What {@link #execute} returned; null before it ran, if it failed, or if there is nothing to say. */
	public Object result() {
		return result;
	}

	/** Why the command refused or failed; null if it did not. */
	public Exception failure() {
		return failure;
	}

	protected LogService log() {
		return log;
	}

	/** Shows a line to the user, where there is a status bar. */
	protected void status(final String message) {
		if (status != null) status.showStatus(message);
	}

	/** The help button's callback. */
	private void openHelp() {
		final String page = HelpPage.address(label());
		log.info(label() + ": opens " + page);
		try {
			platforms.open(new URL(page));
		}
		catch (final IOException e) {
			log.warn("No browser could be started; the address is " + page);
		}
	}

	/** The menu's name of this command, without the dots. */
	protected String label() {
		return getClass().getAnnotation(Plugin.class).label();
	}

	@Override
	public final void run() {
		// OK ends a preview as Cancel does: the dialog's picture must not stay over the image.
		if (this instanceof Previewable) ((Previewable) this).cancel();
		final Task task = tasks.createTask(label());
		task.start();
		EngineLog.tell(log::info, log::warn);
		try {
			ParameterLimits.check(this);
			result = execute(new TaskProgress(task));
			tell();
			showInHeadlessMacro();
		}
		catch (final CancellationException e) {
			fail(e, "Stopped" + (e.getMessage() == null ? "" : ": " + e.getMessage()));
		}
		catch (final IllegalArgumentException e) {
			fail(e, e.getMessage());
		}
		catch (final IOException e) {
			fail(e, e.getMessage());
		}
		finally {
			clearStatus();
			task.finish();
		}
	}

	/** The bar too: it stays where the last report that was shown has left it. */
	private void clearStatus() {
		if (status == null) return;
		status.showProgress(1, 1);
		status.clearStatus();
	}

	/** The shell prints the result by itself; in Fiji, the log is where figures and failed files are seen. */
	private void tell() {
		log.info(MacroLine.of(this));
		if (result != null) log.info(label() + ": " + result);
		if (result instanceof PartialResult && ((PartialResult) result).failed() > 0) log.warn(label() + ": " +
			((PartialResult) result).failed() + " inputs failed; the result names them and says why");
	}

	private void fail(final Exception e, final String message) {
		failure = e;
		log.debug(e);
		cancel(message);
		if (IJ.macroRunning()) abortMacro(message);
		// Dialogs say it by themselves, and so does the shell, which has no status; a headless Fiji would not.
		else if (status != null && GraphicsEnvironment.isHeadless()) log.error(label() + ": " + message);
	}

	/** A canceled command does not stop a macro: only ImageJ's own abort does. */
	private void abortMacro(final String message) {
		try {
			IJ.error(label(), message);
		}
		catch (final RuntimeException e) {
			// That is how it aborts, and done by now; further up it would end as a stack trace in place of the message.
		}
	}

	/** Without a display, nobody but the command itself makes its images known to the macro's next line. */
	private void showInHeadlessMacro() {
		if (!IJ.macroRunning() || !GraphicsEnvironment.isHeadless()) return;
		for (final ModuleItem<?> item : new CommandInfo(getClass()).outputs()) {
			final Object output = ClassUtils.getValue(((CommandModuleItem<?>) item).getField(), this);
			if (output instanceof ImagePlus) ((ImagePlus) output).show();
		}
		// Else this thread, which SciJava uses again, would take the image for its current one whatever a macro selects.
		WindowManager.setTempCurrentImage(null);
		macroThreads().forEach(thread -> WindowManager.setTempCurrentImage(thread, null));
	}

	/** What a macro selected is remembered for its own thread, which is not the one that runs the command. */
	private static Stream<Thread> macroThreads() {
		return Thread.getAllStackTraces().entrySet().stream().filter(entry -> Arrays.stream(entry.getValue()).anyMatch(
			call -> call.getClassName().equals(Interpreter.class.getName()))).map(Map.Entry::getKey);
	}

	private final class TaskProgress implements Progress {

		private static final long SHOWN_MS = 100;

		private final Task task;

		private long shown;

		private final TimeLeft timeLeft = new TimeLeft();

		private TaskProgress(final Task task) {
			this.task = task;
		}

		@Override
		public synchronized void report(final long done, final long total, final String message) {
			task.setStatusMessage(message);
			task.setProgressMaximum(total);
			task.setProgressValue(done);
			final long now = System.nanoTime();
			if (timeLeft.isNew(done, total)) timeLeft.begin(done, total, now);
			if (status == null || System.currentTimeMillis() < shown + SHOWN_MS) return;
			shown = System.currentTimeMillis();
			final double share = total > 0 ? (double) done / total : 0;
			status.showStatus((int) (share * 1000), 1000, label() + ": " + message + " " + timeLeft.words(done,
				now));
		}

		@Override
		public boolean isCanceled() {
			return task.isCanceled();
		}
	}
}
