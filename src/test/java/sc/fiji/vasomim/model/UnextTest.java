package sc.fiji.vasomim.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

import sc.fiji.vasomim.Reference;
import sc.fiji.vasomim.model.ParameterSpec.Role;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Precision;
import sc.fiji.vasomim.torch.Script;

class UnextTest {

	/** The network of reference/segmentor; its widths fill the five channel groups unevenly. */
	private static final Unext SMALL = new Unext(5, 6, 9, 13, 24);

	private static Stream<Arguments> publishedSizes() {
		return Stream.of(Arguments.of(Unext.SMALL, "unext_small.txt", 253_561, 359), Arguments.of(Unext.FULL,
			"unext_full.txt", 1_471_921, 1_031));
	}

	/** BatchNorm's statistics: two a channel, a counter a layer; 2 x (16 + 32 + 128 + 160 + 128 + 32 + 16) + 7 in UNeXt. */
	@ParameterizedTest
	@MethodSource("publishedSizes")
	void namesShapesAndNumbersAreThePublishedOnes(final Unext network, final String names, final long trained,
		final long statistics) throws IOException
	{
		final List<ParameterSpec> table = network.parameters();
		assertEquals(101, table.size());
		assertEquals(trained, table.stream().filter(p -> p.role() == Role.TRAINED).mapToLong(p -> p.shape().size()).sum());
		assertEquals(statistics, table.stream().filter(p -> p.role() == Role.STATISTIC).mapToLong(p -> p.shape().size())
			.sum());
		assertEquals(Files.readAllLines(Reference.path(names)).stream().sorted().toList(), table.stream().map(
			ParameterSpec::toString).sorted().toList());
	}

	@Test
	void logitsOfTheFullSizeEqualTheReference() throws IOException {
		assertTrue(fullError("") < 1e-5);
	}

	@ParameterizedTest
	@ValueSource(strings = { "encoder3.weight", "dblock1.0.mlp.dwconv.dwconv.bias", "dbn2.running_var", "final.bias" })
	void aWeightOfTheFullSizeThatIsOffByAThousandthIsSeen(final String name) throws IOException {
		assertTrue(fullError(name) > 1e-5);
	}

	private static double fullError(final String moved) throws IOException {
		try (NDManager manager = Devices.newManager(Device.cpu());
				Reference reference = new Reference("unext_full");
				Weights weights = Weights.initialise(Unext.FULL, 1, Device.cpu());
				Script script = Script.load("stages", "Stages", Map.of("depth", 0, "heads", 0, "kind", 6), Device.cpu()))
		{
			Reference.scramble(weights.all());
			if (!moved.isEmpty()) weights.all().get(moved).muli(1.001);
			return reference.error("out.logits", script.call(manager, "logits", weights.all(), reference.tensor(manager,
				"in.image")).get(0));
		}
	}

	@Test
	void logitsEqualTheReference() throws IOException {
		assertTrue(error("") < 1e-5);
	}

	@ParameterizedTest
	@ValueSource(strings = { "encoder2.weight", "ebn3.running_mean", "block2.0.mlp.dwconv.dwconv.weight",
		"dblock2.0.mlp.fc1.weight", "decoder1.bias", "dbn4.running_var" })
	void aWeightThatIsOffByAThousandthIsSeen(final String name) throws IOException {
		assertTrue(error(name) > 1e-5);
	}

	private static double error(final String moved) throws IOException {
		try (NDManager manager = Devices.newManager(Device.cpu());
				Reference reference = new Reference("segmentor");
				Weights weights = Weights.read(SMALL, reference.file(), Device.cpu());
				Script script = Script.load("stages", "Stages", Map.of("depth", 0, "heads", 0, "kind", 6), Device.cpu()))
		{
			if (!moved.isEmpty()) weights.all().get(moved).muli(1.001);
			return reference.error("out.logits", script.call(manager, "logits", weights.all(), reference.tensor(manager,
				"in.image")).get(0));
		}
	}

	@ParameterizedTest
	@CsvSource({ "FLOAT32, 1e-5", "BFLOAT16, 2e-2" })
	void probabilityIsTheLogisticOfTheLogitsAndMovesNoStatistic(final Precision precision, final double tolerance)
		throws IOException
	{
		try (NDManager manager = Devices.newManager(Device.cpu());
				Reference reference = new Reference("segmentor");
				Weights weights = Weights.read(SMALL, reference.file(), Device.cpu());
				Script script = Script.load("unext", "Unext", Map.of("kind", precision.kind()), Device.cpu()))
		{
			final NDArray probability = script.call(manager, "probability", weights.all(), reference.tensor(manager,
				"in.image")).get(0);
			final double[] expected = reference.values("out.logits");
			for (int i = 0; i < expected.length; i++)
				expected[i] = 1 / (1 + Math.exp(-expected[i]));
			assertTrue(Reference.relativeError(expected, Reference.doubles(probability)) < tolerance);
			for (final String name : List.of("ebn1.running_mean", "dbn4.running_var", "dbn1.num_batches_tracked"))
				assertEquals(0, reference.error(name, weights.all().get(name)));
		}
	}

	@Test
	void tooFewChannelsAreRefused() {
		final Exception e = assertThrows(IllegalArgumentException.class, () -> new Unext(8, 16, 4, 64, 128));
		assertTrue(e.getMessage().contains("4"), e.getMessage());
	}
}
