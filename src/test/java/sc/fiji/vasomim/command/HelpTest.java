package sc.fiji.vasomim.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scijava.command.CommandModule;
import org.scijava.module.MethodCallException;
import org.scijava.module.ModuleException;
import org.scijava.platform.PlatformService;

/** The dialogs' help buttons. */
class HelpTest {

	static List<Class<? extends VasoMIMCommand>> commands() {
		return CommandRulesTest.commands();
	}

	/** The button is pressed as a dialog does it, with a browser that only notes the address. */
	@ParameterizedTest
	@MethodSource("commands")
	void eachCommandsButtonOpensItsPage(final Class<? extends VasoMIMCommand> command) throws ModuleException,
		MethodCallException, IOException
	{
		final List<String> opened = new ArrayList<>();
		try (CommandBench bench = new CommandBench()) {
			final CommandModule dialog = bench.dialog(command);
			dialog.setInput("platforms", browser(opened));
			dialog.getInfo().getInput("help").callback(dialog);
		}
		final String address = "open " + repository() + "/blob/main/";
		assertEquals(1, opened.size());
		assertTrue(opened.get(0).startsWith(address + "docs/commands/"), opened.get(0));
		assertTrue(Files.isRegularFile(Path.of(opened.get(0).substring(address.length()))), opened.get(0));
	}

	private static Object browser(final List<String> opened) {
		final Class<?>[] services = { PlatformService.class };
		return Proxy.newProxyInstance(HelpTest.class.getClassLoader(), services, (proxy, method, arguments) -> {
			opened.add(method.getName() + " " + arguments[0]);
			return null;
		});
	}

	private static String repository() throws IOException {
		final Matcher url = Pattern.compile("<scm>.*?<url>([^<]*)</url>", Pattern.DOTALL).matcher(Files.readString(Path.of(
			"pom.xml")));
		assertTrue(url.find());
		return url.group(1);
	}

	@Test
	void aButtonAloneIsNoReasonForADialog() {
		try (CommandBench bench = new CommandBench()) {
			assertTrue(bench.succeed(CoronaryAngiogram.class).isInputResolved("help"));
			assertFalse(bench.run(FrangiVesselFilter.class).isInputResolved("help"));
		}
	}

	@Test
	void aCommandAndItsSiblingShareAPage() {
		assertEquals("preview-co-guidance-mask.md", HelpPage.file("Preview Co-Guidance Mask"));
		assertEquals("preview-co-guidance-mask.md", HelpPage.file("Preview Co-Guidance Mask Folder"));
	}
}
