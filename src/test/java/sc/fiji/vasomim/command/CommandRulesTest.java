package sc.fiji.vasomim.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** All commands keep the rules, and the rules catch those that don't. */
class CommandRulesTest {

	@Test
	void allCommandsKeepTheRules() {
		assertEquals("", String.join("\n", CommandRules.broken("Plugins>VasoMIM", commands())));
	}

	@Test
	void aPairThatKeepsTheRulesPasses() {
		assertEquals(List.of(), broken(BadCommands.GoodNaturedFilter.class, BadCommands.GoodNaturedFilterFolder.class));
	}

	@Test
	void aClassWithoutAnnotationIsCaught() {
		assertEquals(List.of("Unannotated has no @Plugin(type = Command.class)"),
			broken(BadCommands.Unannotated.class));
	}

	@Test
	void badNamesAreCaught() {
		assertEquals(List.of(
			"BadName does not say headless = true",
			"BadName has no description",
			"BadName has the menu path 'Plugins>Elsewhere>Bad Name' instead of Plugins>Bad>...>Misnamed...",
			"BadName should be called Misnamed, after its label",
			"BadName shares its label 'Misnamed' with another command",
			"Misnamed has no description",
			"Misnamed shares its label 'Misnamed' with another command"),
			broken(BadCommands.BadName.class, BadCommands.Misnamed.class));
	}

	@Test
	void badParametersAreCaught() {
		assertEquals(List.of(
			"BadParameters Invalid final parameter: private final boolean " +
				BadCommands.BadParameters.class.getName() + ".fixed",
			"BadParameters head, a heading, is remembered: persist = false is missing",
			"BadParameters head, a heading, is not in bold",
			"BadParameters head, a heading, has more than a label",
			"BadParameters bare has no label",
			"BadParameters bare has no description",
			"BadParameters tileSize is no macro key: one word in lower case",
			"BadParameters alpha is remembered from run to run: persist = false is missing",
			"BadParameters beta has neither min nor max nor style",
			"BadParameters beta has no number format in its style",
			"BadParameters gamma has the default 3.0 outside of its range",
			"BadParameters mode has the default 'slow', not one of [fast, exact]"),
			broken(BadCommands.BadParameters.class));
	}

	@Test
	void aMissingOrEstrangedSiblingIsCaught() {
		assertEquals(List.of("LonelyFilter takes an image but has no sibling on files, LonelyFilterFolder"),
			broken(BadCommands.LonelyFilter.class));
		assertEquals(List.of(
			"Estranged shares no abstract superclass with EstrangedFolder",
			"EstrangedFolder is not in the menu Plugins>Bad>Batch",
			"EstrangedFolder has no File parameter 'output'"),
			broken(BadCommands.Estranged.class, BadCommands.EstrangedFolder.class));
	}

	@SafeVarargs
	private static List<String> broken(final Class<? extends VasoMIMCommand>... commands) {
		return CommandRules.broken("Plugins>Bad", List.of(commands));
	}

	static List<Class<? extends VasoMIMCommand>> commands() {
		final List<Class<? extends VasoMIMCommand>> commands = new ArrayList<>();
		for (final JavaClass type : new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
			.importPackages("sc.fiji.vasomim.command"))
		{
			if (!type.isAssignableTo(VasoMIMCommand.class)) continue;
			final Class<?> command = type.reflect();
			if (!Modifier.isAbstract(command.getModifiers())) commands.add(command.asSubclass(VasoMIMCommand.class));
		}
		return commands;
	}
}
