package sc.fiji.vasomim.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.scijava.command.CommandInfo;
import org.scijava.command.CommandModuleItem;
import org.scijava.module.ModuleItem;
import org.scijava.plugin.Parameter;
import org.scijava.util.Types;

/** Every parameter of every command with values that it must refuse: macros and scripts are held to nothing before. */
class BadValueTest {

	@TempDir
	private static Path folder;

	private static SoundInputs sound;

	private static CommandBench bench;

	@BeforeAll
	static void open() {
		sound = new SoundInputs(folder);
		bench = new CommandBench();
	}

	@AfterAll
	static void close() {
		bench.close();
	}

	/** Just outside of each stated range, and a word that is none of the choices. */
	static Stream<Arguments> valuesBeyondTheStatedLimits() {
		final List<Arguments> values = new ArrayList<>();
		for (final Class<? extends VasoMIMCommand> command : CommandRulesTest.commands())
			for (final ModuleItem<?> item : new CommandInfo(command).inputs()) {
				final Parameter limits = ((CommandModuleItem<?>) item).getParameter();
				if (limits.choices().length > 0) values.add(Arguments.of(command, item.getName(), "bogus"));
				if (!limits.min().isEmpty()) values.add(beyond(command, item, Double.parseDouble(limits.min()), -1));
				if (!limits.max().isEmpty()) values.add(beyond(command, item, Double.parseDouble(limits.max()), 1));
				final boolean real = Types.box(item.getType()) == Double.class;
				if (real) values.add(Arguments.of(command, item.getName(), Double.NaN));
			}
		return values.stream();
	}

	private static Arguments beyond(final Class<?> command, final ModuleItem<?> item, final double limit, final int side) {
		final boolean real = Types.box(item.getType()) == Double.class;
		return Arguments.of(command, item.getName(), real ? (Object) (limit + side * 0.01) : (Object) ((int) limit + side));
	}

	@ParameterizedTest
	@MethodSource("valuesBeyondTheStatedLimits")
	void statedLimitsAreKept(final Class<? extends VasoMIMCommand> command, final String key, final Object value) {
		assertRefused(command, key, value, String.valueOf(value));
	}

	/** Limits that depend on other values, on the machine, or that no minimum can state. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { //
		"FrangiVesselFilter | alpha | 0 | above 0", "FrangiVesselFilter | beta | 0 | above 0",
		"FrangiVesselFilter | sigmas | one, two | numbers separated by commas", "FrangiVesselFilter | sigmas | '' | numbers",
		"FrangiVesselFilter | sigmas | ',' | at least one", "FrangiVesselFilter | sigmas | 1,-2 | above 0",
		"FrangiVesselFilter | sigmas | NaN | above 0", "FrangiVesselFilter | sigmas | 1,1000 | 0.3..100 px",
		"FrangiVesselFilter | sigmas | 0.01 | 0.3..100 px", "SyntheticAngiogram | photons | 5 | 10..1e9",
		"FrangiVesselFilterFolder | sigmas | one, two | numbers separated by commas",
		"SyntheticAngiogramFolder | photons | 5 | 10..1e9",
		"PreviewCoGuidanceMask | slices | 3 | 0..2, the number of epochs",
		"PreviewCoGuidanceMaskFolder | slices | 3 | 0..2, the number of epochs",
		"PreviewCoGuidanceMask | maskratio | 0 | between 0 and 1", "PreviewCoGuidanceMask | maskratio | 1 | between 0 and 1",
		"PreviewCoGuidanceMask | maskratio | 0.99 | must leave at least one of the 16 patches visible, but was 0.99",
		"PreTrainVasoMIM | maskratio | 0.99 | must leave at least one of the 16 patches visible, but was 0.99",
		"PreviewCoGuidanceMask | size | 33 | multiple of 32", "PreviewCoGuidanceMaskFolder | size | 33 | multiple of 32",
		"PreviewCoGuidanceMask | device | tpu | auto, cpu or gpu0", "PreviewCoGuidanceMask | device | gpu99 | Use auto or cpu",
		"ReconstructMaskedAngiogram | maskratio | 1 | between 0 and 1",
		"ReconstructMaskedAngiogramFolder | device | tpu | auto, cpu or gpu0",
		"SegmentVessels | device | tpu | auto, cpu or gpu0", "SegmentVesselsFolder | device | gpu99 | Use auto or cpu",
		"SegmentVessels | outlines | manager | needs a display", "SegmentVessels | scale | 0.0001 | Choose a larger one",
		"TrainSegmentor | size | 33 | multiple of 32", "TrainSegmentor | batch | 4 | 1..3, the number of images",
		"TrainSegmentor | rate | 0 | positive", "TrainSegmentor | minscale | 0 | more than 0",
		"TrainSegmentor | device | tpu | auto, cpu or gpu0", "PreTrainVasoMIM | size | 40 | multiple",
		"PreTrainVasoMIM | warmup | 2 | 0..1, less than the epochs", "PreTrainVasoMIM | batch | 4 | 1..3, the number of images",
		"PreTrainVasoMIM | baserate | 0 | positive", "PreTrainVasoMIM | decay | 1 | 0..1",
		"PreTrainVasoMIM | maskratio | 1 | between 0 and 1", "PreTrainVasoMIM | minscale | 0 | more than 0",
		"PreTrainVasoMIM | device | tpu | auto, cpu or gpu0", "RunVasoMIMDemo | device | tpu | auto, cpu or gpu0" })
	void otherLimitsAreKept(final String command, final String key, final String text, final String remedy)
		throws ClassNotFoundException
	{
		final Class<? extends VasoMIMCommand> type = Class.forName("sc.fiji.vasomim.command." + command).asSubclass(
			VasoMIMCommand.class);
		final Class<?> field = Types.box(new CommandInfo(type).getInput(key).getType());
		final Object value = field == Double.class ? (Object) Double.valueOf(text) : field == Integer.class
			? (Object) Integer.valueOf(text) : text;
		assertRefused(type, key, value, remedy);
	}

	@Test
	void aRangeOfItsOwnMayBeMetExactly() {
		final Map<String, Object> inputs = sound.of(SyntheticAngiogram.class, "blur", 5);
		inputs.put("photons", 0);
		assertEquals(false, bench.run(SyntheticAngiogram.class, inputs).isCanceled());
	}

	private static void assertRefused(final Class<? extends VasoMIMCommand> command, final String key,
		final Object value, final String remedy)
	{
		CommandBench.assertRefused(bench.run(command, sound.of(command, key, value)), key, remedy);
		assertEquals(Map.of(), SoundInputs.listing(sound.output()), "left in the output");
	}
}
