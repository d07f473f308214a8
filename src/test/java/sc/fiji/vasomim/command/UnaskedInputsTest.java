package sc.fiji.vasomim.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.File;
import java.util.List;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;
import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandModule;
import org.scijava.module.ModuleException;
import org.scijava.module.ModuleItem;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.PluginService;

/** What a dialog would still ask for. */
class UnaskedInputsTest {

	@Test
	void theDialogOfPreTrainingLeavesOutWhatFewNeed() throws ModuleException {
		assertEquals(List.of("datahead", "images", "masks", "output", "vessels", "unreadable", "methodhead", "segmentor",
			"preset", "network", "traininghead", "size", "epochs", "warmup", "batch", "baserate", "runhead", "saveevery", "seed",
			"device", "precision"), asked(PreTrainVasoMIM.class));
	}

	@Test
	void whoGivesSomeInputsIsAskedOnlyForWhatHasNoDefault() throws ModuleException {
		assertEquals(List.of("fileshead", "input", "output"), asked(SegmentVesselsFolder.class, "threshold", 0.4));
		assertEquals(List.of("fileshead", "output"), asked(SegmentVesselsFolder.class, "input", new File("a.png")));
		assertEquals(List.of("input"), asked(SegmentVessels.class, "outlines", "overlay"));
	}

	/** As in each macro, also in one that gives nothing and so asks for the dialog. */
	@Test
	void aButtonIsNotGiven() throws ModuleException {
		assertEquals(asked(SegmentVesselsFolder.class), asked(SegmentVesselsFolder.class, "help", null));
	}

	@Test
	void itIsAmongThePreprocessors() {
		try (Context context = new Context(PluginService.class)) {
			assertNotNull(context.service(PluginService.class).getPlugin(UnaskedInputs.class, PreprocessorPlugin.class));
		}
	}

	/** The parameters that are left to the dialog, headings among them, but not its button. */
	private static List<String> asked(final Class<? extends VasoMIMCommand> command, final Object... given)
		throws ModuleException
	{
		final CommandModule module = new CommandModule(new CommandInfo(command));
		for (int i = 0; i < given.length; i += 2) {
			module.setInput((String) given[i], given[i + 1]);
			module.resolveInput((String) given[i]);
		}
		new UnaskedInputs().process(module);
		return StreamSupport.stream(module.getInfo().inputs().spliterator(), false).map(ModuleItem::getName).filter(
			name -> !module.isInputResolved(name) && !List.of("context", "log", "tasks", "status", "platforms", "help").contains(
				name)).toList();
	}
}
