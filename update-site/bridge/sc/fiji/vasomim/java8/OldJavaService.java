package sc.fiji.vasomim.java8;

import java.util.ArrayList;
import java.util.Collections;

import org.scijava.MenuEntry;
import org.scijava.Optional;
import org.scijava.Priority;
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.log.LogService;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.plugin.PluginInfo;
import org.scijava.plugin.PluginService;
import org.scijava.service.AbstractService;
import org.scijava.service.SciJavaService;
import org.scijava.service.Service;

/**
 * In a Fiji whose Java is too old for VasoMIM's byte code, exchanges what its menu items run: each says what is needed,
 * where Fiji would show a stack trace. Its other plugins, which Fiji would try to load with each command of anybody's, are
 * taken out. With a newer Java it does nothing. It comes before the service that makes ImageJ's menus, which take the
 * commands as they are then. Whatever fails in it is a line in the log: Fiji starts all the same.
 */
@Plugin(type = Service.class, priority = Priority.VERY_HIGH)
public final class OldJavaService extends AbstractService implements SciJavaService, Optional {

	private static final String OURS = "sc.fiji.vasomim.command.";

	@Parameter
	private PluginService plugins;

	@Parameter
	private CommandService commands;

	@Parameter
	private LogService log;

	@Override
	public void initialize() {
		try {
			exchangeWhereJavaIsOld();
		}
		catch (final RuntimeException | LinkageError e) {
			log.warn("VasoMIM could not see whether this Java is new enough for it; it needs Java " + NewerJavaNeeded.NEEDED, e);
		}
	}

	private void exchangeWhereJavaIsOld() {
		if (NewerJavaNeeded.feature(NewerJavaNeeded.version()) >= NewerJavaNeeded.NEEDED) return;
		for (final CommandInfo info : commands.getCommandsOfType(Command.class))
			if (info.getClassName().startsWith(OURS)) exchange(info);
		for (final PluginInfo<?> info : new ArrayList<>(plugins.getPlugins()))
			if (info.getClassName().startsWith(OURS)) plugins.removePlugin(info);
		log.warn(NewerJavaNeeded.message("VasoMIM"));
	}

	private static void exchange(final CommandInfo info) {
		final MenuEntry item = info.getMenuPath().getLeaf();
		final String label = item == null ? info.getTitle() : item.getName();
		info.setPluginClass(NewerJavaNeeded.class);
		// ImageJ's menus tell commands apart by class and presets.
		info.setPresets(Collections.singletonMap("command", (Object) label));
	}
}
