package sc.fiji.vasomim.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ai.djl.Device;

import sc.fiji.vasomim.Reference;
import sc.fiji.vasomim.torch.CounterRandom;
import sc.fiji.vasomim.torch.CounterRandom.Purpose;

class InitialiserTest {

	/** The float64 table, rounded: at most the last of 24 bits may differ. */
	@Test
	void positionsEqualNumpys() throws IOException {
		try (Reference reference = new Reference("positions")) {
			assertTrue(Reference.relativeError(reference.values("grid7.width12"), positions(7, 12)) <= 6e-8);
			final double[] base = positions(14, 768);
			final double[] expected = reference.values("grid14.width768");
			for (int row = 0; row * 768 < expected.length; row++)
				assertArrayEquals(Arrays.copyOfRange(expected, row * 768, (row + 1) * 768), Arrays.copyOfRange(base, 13 * row *
					768, (13 * row + 1) * 768), 6e-8, "row " + 13 * row);
			assertFalse(Reference.relativeError(reference.values("grid7.width12"), Arrays.copyOf(positions(8, 12), 50 *
				12)) <= 6e-8);
		}
	}

	@Test
	void withoutAClassTokenPositionsBeginWithThePatches() {
		final double[] withToken = positions(3, 8);
		assertArrayEquals(new double[8], Arrays.copyOf(withToken, 8));
		assertArrayEquals(Arrays.copyOfRange(withToken, 8, withToken.length), fill(Initialiser.sineCosine(3, 8), 9 * 8));
	}

	private static double[] positions(final int grid, final int width) {
		return fill(Initialiser.sineCosine(grid, width), (1 + grid * grid) * width);
	}

	private static double[] fill(final Initialiser initialiser, final int n) {
		final FloatBuffer values = FloatBuffer.allocate(n);
		initialiser.fill(values, new CounterRandom(4, Purpose.INITIAL_WEIGHTS, 0, 0));
		final double[] doubles = new double[n];
		Arrays.setAll(doubles, values::get);
		return doubles;
	}

	/** Of a ViT-B: sqrt(6 / (fan in + fan out)), Conv2d's default of 1 / sqrt(fan in) for the embedding's bias. */
	@ParameterizedTest
	@CsvSource({ "blocks.5.attn.qkv.weight, 0.04419417382415922", "blocks.5.mlp.fc1.weight, 0.03952847075210474",
		"patch_embed.proj.weight, 0.0625", "patch_embed.proj.bias, 0.03608439182435161",
		"decoder_embed.weight, 0.06846531968814577" })
	void uniformWeightsFillTheirBounds(final String name, final double bound) {
		final double[] values = start(MaskedAutoencoder.Variant.BASE.forSize(224), name);
		final double largest = Arrays.stream(values).map(Math::abs).max().getAsDouble();
		assertTrue(largest <= bound && largest > bound * (1 - 20.0 / values.length), name + " reaches " + largest);
		assertMoments(values, bound / Math.sqrt(3), 9.0 / 5);
	}

	@ParameterizedTest
	@CsvSource({ "cls_token, 0.02", "mask_token, 0.02" })
	void tokensAreNormal(final String name, final double std) {
		assertMoments(start(MaskedAutoencoder.Variant.BASE.forSize(224), name), std, 3);
	}

	/** Of UNeXt-S: sqrt(2 / fan out) for kernels of tokens; 9 a depthwise one; 0.02 for linear layers. */
	@ParameterizedTest
	@CsvSource({ "patch_embed4.proj.weight, 0.041666666666666664",
		"block2.0.mlp.dwconv.dwconv.weight, 0.4714045207910317", "block2.0.mlp.fc1.weight, 0.02" })
	void kernelsOfTokensAreNormal(final String name, final double std) {
		assertMoments(start(Unext.SMALL, name), std, 3);
	}

	/** Of UNeXt: fan out 9 x 256, and 9 a depthwise kernel. */
	@ParameterizedTest
	@CsvSource({ "patch_embed4.proj.weight, 0.029462782549439483",
		"block2.0.mlp.dwconv.dwconv.weight, 0.4714045207910317", "dblock1.0.mlp.fc2.weight, 0.02" })
	void kernelsOfTokensAreNormalInTheFullSize(final String name, final double std) {
		assertMoments(start(Unext.FULL, name), std, 3);
	}

	@ParameterizedTest
	@CsvSource({ "encoder2.weight, 0.11785113019775793", "encoder2.bias, 0.11785113019775793",
		"decoder1.weight, 0.029462782549439483", "final.weight, 0.35355339059327373" })
	void kernelsOfStagesAreUniform(final String name, final double bound) {
		final double[] values = start(Unext.SMALL, name);
		assertTrue(Arrays.stream(values).map(Math::abs).max().getAsDouble() <= bound, name);
		assertMoments(values, bound / Math.sqrt(3), 9.0 / 5);
	}

	/** Of a detector: 0.02 at the published width, 0.02 x sqrt(768 / 192) at a quarter of it. */
	@ParameterizedTest
	@CsvSource({ "768, 12, blocks.2.attn.qkv, 0.02", "192, 3, blocks.2.attn.proj, 0.04",
		"192, 3, blocks.5.mlp.fc2, 0.04" })
	void narrowDetectorsBeginAsLoud(final int width, final int heads, final String layer, final double std) {
		final VitDet network = new VitDet(512, width, 12, heads, 14, List.of(2, 5, 8, 11), 14);
		assertMoments(start(network, VitDet.NAME + layer + ".weight"), std, 3);
	}

	@Test
	void detectorsBeginWithThePositionsOfMae() {
		final String name = VitDet.NAME + VisionTransformer.POSITIONS;
		assertArrayEquals(positions(7, 12), start(new VitDet(64, 12, 2, 3, 14, List.of(), 7), name));
	}

	private static double[] start(final Network network, final String name) {
		final ParameterSpec spec = network.parameters().stream().filter(p -> p.name().equals(name)).findFirst().get();
		return fill(spec.initialiser(), (int) spec.shape().size());
	}

	/** Mean 0 and the standard deviation within five standard errors; {@code kurtosis} is the distribution's. */
	private static void assertMoments(final double[] values, final double std, final double kurtosis) {
		final double n = values.length;
		final double mean = Arrays.stream(values).average().getAsDouble();
		final double variance = Arrays.stream(values).map(x -> x * x).average().getAsDouble();
		assertEquals(0, mean, 5 * std / Math.sqrt(n));
		assertEquals(std * std, variance, 5 * std * std * Math.sqrt((kurtosis - 1) / n));
	}

	@Test
	void biasesAndNormalisationStartNeutral() {
		assertConstant(MaskedAutoencoder.Variant.TINY.forSize(224), Map.of("blocks.3.attn.qkv.bias", 0, "norm.weight", 1,
			"norm.bias", 0));
		assertConstant(Unext.SMALL, Map.of("ebn1.weight", 1, "ebn1.running_mean", 0, "ebn1.running_var", 1,
			"block1.0.mlp.fc1.bias", 0, "dnorm3.weight", 1));
	}

	private static void assertConstant(final Network network, final Map<String, Integer> expected) {
		expected.forEach((name, value) -> assertTrue(Arrays.stream(start(network, name)).allMatch(x -> x == value), name));
	}

	@Test
	void theSeedDecidesAndEachParameterHasItsOwnStream() {
		final MaskedAutoencoder network = new MaskedAutoencoder(32, 8, 16, 2, 2, 16, 1, 2);
		try (Weights a = Weights.initialise(network, 5, Device.cpu());
				Weights again = Weights.initialise(network, 5, Device.cpu());
				Weights other = Weights.initialise(network, 6, Device.cpu()))
		{
			a.all().forEach((name, array) -> assertEquals(array, again.all().get(name), name));
			final String name = "blocks.0.mlp.fc1.weight";
			assertFalse(a.all().get(name).equals(other.all().get(name)));
			assertFalse(a.all().get(name).equals(a.all().get("blocks.1.mlp.fc1.weight")));
		}
	}
}
