package sc.fiji.vasomim.command;

import org.scijava.ItemVisibility;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.Plugin;
import org.scijava.widget.Button;
import org.scijava.widget.InputHarvester;

/** A command that has nothing to ask, or whose script has said all, needs no dialog for the sake of its help button. */
@Plugin(type = PreprocessorPlugin.class, priority = InputHarvester.PRIORITY + 1)
public class UnneededHelp extends AbstractPreprocessorPlugin {

	@Override
	public void process(final Module module) {
		if (!(module.getDelegateObject() instanceof VasoMIMCommand)) return;
		for (final ModuleItem<?> item : module.getInfo().inputs())
			if (asks(item) && !module.isInputResolved(item.getName())) return;
		for (final ModuleItem<?> item : module.getInfo().inputs())
			if (!asks(item)) module.resolveInput(item.getName());
	}

	/** Not so buttons, headings, and what dialogs leave out. */
	private static boolean asks(final ModuleItem<?> item) {
		return item.getVisibility() == ItemVisibility.NORMAL && item.getType() != Button.class;
	}
}
