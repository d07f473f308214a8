package sc.fiji.vasomim.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.scijava.Context;
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.module.ModuleItem;
import org.scijava.plugin.PluginInfo;
import org.scijava.task.TaskService;

import ij.ImagePlus;
import ij.WindowManager;
import ij.macro.Interpreter;

import sc.fiji.vasomim.command.VasoMIMCommand;

/**
 * Runs the lines of a documented macro through the command service, one image being the active one. It knows the lines
 * that documents have, and refuses others: what Fiji's own interpreter makes of them only a real Fiji tells.
 */
final class MacroLines implements AutoCloseable {

	private static final Pattern RUN = Pattern.compile("run\\(\"([^\"]+)\"(?:, \"([^\"]*)\")?\\);");

	private static final Pattern SELECT = Pattern.compile("selectImage\\(\"([^\"]+)\"\\);");

	private static final Pattern OPTION = Pattern.compile("(\\w+)=(?:\\[([^\\]]*)\\]|(\\S+)) ?");

	private final Context context = new Context(CommandService.class, TaskService.class);

	private final Map<String, CommandInfo> commands = new HashMap<>();

	private final String folder;

	private Object result;

	/** @param folder with a separator at its end: what the macro's variable {@code folder} is */
	MacroLines(final String folder) {
		this.folder = folder;
		for (final PluginInfo<Command> plugin : context.getPluginIndex().getPlugins(Command.class))
			if (plugin.getMenuPath() != null && plugin.getClassName().startsWith("sc.fiji.vasomim.command.")) commands.put(plugin
				.getMenuPath().getLeaf().getName(), new CommandInfo(plugin));
		// Images have titles for others to find them by, but no windows.
		Interpreter.batchMode = true;
	}

	void run(final String line) {
		if (line.startsWith("folder = getDirectory(")) return;
		final String plain = line.replace("\" + folder + \"", folder);
		final Matcher select = SELECT.matcher(plain);
		if (select.matches()) {
			final ImagePlus image = WindowManager.getImage(select.group(1));
			assertNotNull(image, line);
			WindowManager.setTempCurrentImage(image);
			return;
		}
		final Matcher run = RUN.matcher(plain);
		assertTrue(run.matches(), "a line that this test can't read: " + line);
		final CommandInfo command = commands.get(run.group(1));
		assertNotNull(command, run.group(1) + " is no command");
		run(command, inputs(command, run.group(2) == null ? "" : run.group(2)));
	}

	private static Map<String, Object> inputs(final CommandInfo command, final String options) {
		final Map<String, Object> inputs = new LinkedHashMap<>();
		final Map<String, Option> known = new HashMap<>();
		Option.of(command).forEach(option -> known.put(option.key(), option));
		final Matcher option = OPTION.matcher(options);
		int end = 0;
		for (; option.find() && option.start() == end; end = option.end()) {
			assertTrue(known.containsKey(option.group(1)), command.getLabel() + " has no key " + option.group(1));
			final String value = option.group(2) == null ? option.group(3) : option.group(2);
			inputs.put(option.group(1), known.get(option.group(1)).parse(value));
		}
		assertTrue(end == options.length(), options);
		for (final ModuleItem<?> item : command.inputs())
			if (item.getType() == ImagePlus.class) inputs.put(item.getName(), WindowManager.getCurrentImage());
		return inputs;
	}

	private void run(final CommandInfo command, final Map<String, Object> inputs) {
		final CommandModule module;
		try {
			module = context.service(CommandService.class).run(command, true, inputs).get();
		}
		catch (final ExecutionException | InterruptedException e) {
			throw new AssertionError(command.getLabel(), e);
		}
		assertFalse(module.isCanceled(), module.getCancelReason());
		result = ((VasoMIMCommand) module.getCommand()).result();
		for (final Object output : module.getOutputs().values())
			if (output instanceof ImagePlus) {
				Interpreter.addBatchModeImage((ImagePlus) output);
				WindowManager.setTempCurrentImage((ImagePlus) output);
			}
	}

	/** Of the last command. */
	Object result() {
		return result;
	}

	@Override
	public void close() {
		WindowManager.setTempCurrentImage(null);
		Interpreter.batchMode = false;
		context.dispose();
	}
}
