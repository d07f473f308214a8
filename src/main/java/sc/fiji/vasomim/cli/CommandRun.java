package sc.fiji.vasomim.cli;

import java.util.Map;
import java.util.concurrent.CancellationException;

import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandModule;
import org.scijava.module.ModuleException;
import org.scijava.module.ModuleItem;
import org.scijava.service.Service;
import org.scijava.service.ServiceHelper;

import sc.fiji.vasomim.batch.PartialResult;
import sc.fiji.vasomim.command.VasoMIMCommand;

/**
 * One run of a command and how it ended. Values that a dialog remembers are not looked at: what isn't given is the
 * command's own default.
 *
 * @param code the shell's exit code
 * @param message why it did not succeed; null if it did
 * @param result the command's record; null for none
 * @param fault an exception that no command should throw; null for none
 */
record CommandRun(ExitCode code, String message, Object result, Throwable fault) {

	/** @param values the inputs that were given, by key */
	static CommandRun of(final Context context, final CommandInfo info, final Map<String, Object> values) {
		try {
			loadServices(context, info);
			final CommandModule module = (CommandModule) info.createModule();
			context.inject(module);
			values.forEach((key, value) -> {
				module.setInput(key, value);
				module.resolveInput(key);
			});
			module.initialize();
			module.run();
			return ended((VasoMIMCommand) module.getCommand(), context.service(ShellTasks.class).isStopped());
		}
		catch (final OutOfMemoryError e) {
			return fault("Out of memory; give Java more, for example VASOMIM_JAVA_OPTS=-Xmx8g", e);
		}
		catch (final ModuleException | RuntimeException | Error e) {
			return fault("Internal error: " + e, e);
		}
	}

	private static CommandRun fault(final String message, final Throwable e) {
		return new CommandRun(ExitCode.FAILED, message, null, e);
	}

	private static CommandRun ended(final VasoMIMCommand command, final boolean stopped) {
		final String message = command.failure() == null && stopped ? "Stopped" : command.getCancelReason();
		return new CommandRun(code(command, stopped), message, command.result(), null);
	}

	private static ExitCode code(final VasoMIMCommand command, final boolean stopped) {
		final Exception failure = command.failure();
		if (failure instanceof IllegalArgumentException) return ExitCode.REFUSED;
		if (failure instanceof CancellationException || failure == null && stopped) return ExitCode.STOPPED;
		if (failure != null || command.isCanceled()) return ExitCode.FAILED;
		return command.result() instanceof PartialResult r && r.failed() > 0 ? ExitCode.PARTIAL : ExitCode.SUCCESS;
	}

	/** The context starts with next to nothing; each command names what it needs. */
	private static void loadServices(final Context context, final CommandInfo info) {
		final ServiceHelper helper = new ServiceHelper(context);
		for (final ModuleItem<?> item : info.inputs()) {
			if (item.isRequired() && Service.class.isAssignableFrom(item.getType())) {
				helper.loadService(item.getType().asSubclass(Service.class));
			}
		}
	}
}
