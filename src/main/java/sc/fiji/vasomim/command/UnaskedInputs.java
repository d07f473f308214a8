package sc.fiji.vasomim.command;

import org.scijava.Context;
import org.scijava.ItemVisibility;
import org.scijava.Priority;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.Plugin;
import org.scijava.service.Service;
import org.scijava.widget.Button;

/**
 * Takes the defaults of inputs that no dialog shall ask for: those that are not visible, and, once a macro or a script has
 * given some, the others too. SciJava's dialogs show the former, and stop macros and scripts to ask for the latter.
 */
// After what reads a macro's options, before what takes the active image, which nobody has given.
@Plugin(type = PreprocessorPlugin.class, priority = 2 * Priority.VERY_HIGH - 1)
public class UnaskedInputs extends AbstractPreprocessorPlugin {

	@Override
	public void process(final Module module) {
		if (!(module.getDelegateObject() instanceof VasoMIMCommand)) return;
		boolean given = false;
		for (final ModuleItem<?> item : module.getInfo().inputs())
			given |= isSetByUsers(item) && module.isInputResolved(item.getName());
		for (final ModuleItem<?> item : module.getInfo().inputs()) {
			final boolean hasDefault = !item.isRequired() || item.getValue(module) != null;
			final boolean unasked = given && isSetByUsers(item) || item.getVisibility() == ItemVisibility.INVISIBLE;
			if (unasked && hasDefault) module.resolveInput(item.getName());
		}
	}

	/** Buttons are not: SciJava takes them for given in every macro, also in one that asks for the dialog. */
	private static boolean isSetByUsers(final ModuleItem<?> item) {
		final Class<?> type = item.getType();
		return item.getVisibility() != ItemVisibility.MESSAGE && type != Button.class && type != Context.class &&
			!Service.class.isAssignableFrom(type);
	}
}
