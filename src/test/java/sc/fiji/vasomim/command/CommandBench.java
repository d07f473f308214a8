package sc.fiji.vasomim.command;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.module.ModuleException;
import org.scijava.log.LogLevel;
import org.scijava.log.LogService;
import org.scijava.service.AbstractService;
import org.scijava.service.ServiceHelper;
import org.scijava.task.DefaultTask;
import org.scijava.task.Task;
import org.scijava.task.TaskService;

/** Runs commands as menus, macros and scripts do, through SciJava's CommandService, without a display. */
final class CommandBench implements AutoCloseable {

	private final Context context = new Context(true);

	private final List<String> warnings = Collections.synchronizedList(new ArrayList<>());

	private final List<String> infos = Collections.synchronizedList(new ArrayList<>());

	/** With the services that Fiji has. */
	CommandBench() {
		start(TaskService.class);
	}

	/** Whose tasks are canceled once they have reported so often. */
	CommandBench(final int reports) {
		context.getServiceIndex().add(new StoppingTasks(reports));
		start();
	}

	@SafeVarargs
	private void start(final Class<? extends org.scijava.service.Service>... services) {
		final ServiceHelper helper = new ServiceHelper(context, List.of(services));
		helper.loadServices();
		helper.loadService(CommandService.class);
		context.service(LogService.class).addLogListener(message -> {
			if (message.level() == LogLevel.WARN) warnings.add(message.text());
			if (message.level() == LogLevel.INFO) infos.add(message.text());
		});
	}

	/** @param inputs key, value, key, value; all else is the command's default */
	CommandModule run(final Class<? extends VasoMIMCommand> command, final Object... inputs) {
		try {
			return context.service(CommandService.class).run(command, true, inputs).get();
		}
		catch (final ExecutionException | InterruptedException e) {
			throw new AssertionError("an exception left " + command.getSimpleName(), e);
		}
	}

	CommandModule run(final Class<? extends VasoMIMCommand> command, final Map<String, Object> inputs) {
		return run(command, inputs.entrySet().stream().flatMap(e -> java.util.stream.Stream.of(e.getKey(), e.getValue()))
			.toArray());
	}

	/** A command as an open dialog holds it: not run yet. */
	CommandModule dialog(final Class<? extends VasoMIMCommand> command) throws ModuleException {
		final CommandModule module = new CommandModule(new CommandInfo(command));
		context.inject(module.getCommand());
		return module;
	}

	/** Runs a command that must succeed. */
	CommandModule succeed(final Class<? extends VasoMIMCommand> command, final Object... inputs) {
		final CommandModule module = run(command, inputs);
		assertFalse(module.isCanceled(), module.getCancelReason());
		return module;
	}

	<S extends org.scijava.service.Service> S service(final Class<S> type) {
		return context.service(type);
	}

	/** What was said in the log, as warnings, since the start. */
	List<String> warnings() {
		return List.copyOf(warnings);
	}

	/** What was said in the log, neither warning nor worse, since the start. */
	List<String> infos() {
		return List.copyOf(infos);
	}

	static Object result(final CommandModule module) {
		return ((VasoMIMCommand) module.getCommand()).result();
	}

	/** The reason begins with the first word and holds the others, and there is no result. */
	static void assertRefused(final CommandModule module, final String... words) {
		assertTrue(module.isCanceled(), "should have been refused");
		final String reason = String.valueOf(module.getCancelReason());
		assertTrue(reason.startsWith(words[0]), reason);
		for (final String word : words)
			assertTrue(reason.contains(word), reason + " lacks " + word);
		assertTrue(result(module) == null);
	}

	@Override
	public void close() {
		context.dispose();
	}

	private static final class StoppingTasks extends AbstractService implements TaskService {

		private final int reports;

		private StoppingTasks(final int reports) {
			this.reports = reports;
		}

		@Override
		public Task createTask(final String name) {
			return new DefaultTask(null, null) {

				private int reported;

				@Override
				public void setProgressValue(final long done) {
					super.setProgressValue(done);
					if (++reported == reports) cancel("by the test");
				}
			};
		}
	}
}
