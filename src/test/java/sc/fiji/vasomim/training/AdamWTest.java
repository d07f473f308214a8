package sc.fiji.vasomim.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

import sc.fiji.vasomim.Reference;
import sc.fiji.vasomim.files.SafetensorsFile;
import sc.fiji.vasomim.model.MaskedAutoencoder;
import sc.fiji.vasomim.model.ParameterSpec;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.TensorFile;
import sc.fiji.vasomim.training.AdamW.Rule;

/** Three steps with given gradients against reference/adamw. */
class AdamWTest {

	private static final MaskedAutoencoder NETWORK = new MaskedAutoencoder(8, 4, 4, 1, 1, 4, 1, 1);

	private static final double[] RATES = { 1e-3, 5e-4, 2e-3 };

	@TempDir
	Path folder;

	@Test
	void threeStepsEqualTheReference() throws IOException {
		final double error = error(0.9, 0.95, 0.05);
		assertTrue(error < 1e-6, "off by " + error);
	}

	@ParameterizedTest
	@CsvSource({ "0.91, 0.95, 0.05", "0.9, 0.951, 0.05", "0.9, 0.95, 0.04" })
	void otherConstantsAreSeen(final double beta1, final double beta2, final double decay) throws IOException {
		assertTrue(error(beta1, beta2, decay) > 1e-6);
	}

	private static double error(final double beta1, final double beta2, final double decay) throws IOException {
		try (NDManager manager = Devices.newManager(Device.cpu());
				Reference reference = new Reference("adamw");
				Weights weights = Weights.read(NETWORK, reference.file(), Device.cpu());
				AdamW optimiser = new AdamW(weights, beta1, beta2, Rule.kernelDecay(decay), null))
		{
			for (int t = 1; t <= 3; t++) {
				give(manager, reference, optimiser, t);
				optimiser.step(RATES[t - 1]);
				assertTrue(Gradients.allZero(optimiser.gradients().values().stream().toList()), "gradients start anew");
			}
			double error = 0;
			for (final Map.Entry<String, NDArray> weight : weights.all().entrySet()) {
				final boolean trained = optimiser.gradients().containsKey(weight.getKey());
				assertEquals(!weight.getKey().contains("pos_embed"), trained, weight.getKey());
				error = Math.max(error, reference.error((trained ? "after." : "") + weight.getKey(), weight.getValue()));
			}
			return error;
		}
	}

	private static void give(final NDManager manager, final Reference reference, final AdamW optimiser, final int step)
		throws IOException
	{
		for (final Map.Entry<String, NDArray> gradient : optimiser.gradients().entrySet())
			gradient.getValue().addi(reference.tensor(manager, "gradient" + step + "." + gradient.getKey()));
	}

	@Test
	void savedAndRestoredItGoesOnToTheBit() throws IOException {
		final Path file = folder.resolve("optimiser.safetensors");
		try (NDManager manager = Devices.newManager(Device.cpu());
				Reference reference = new Reference("adamw");
				Weights weights = Weights.read(NETWORK, reference.file(), Device.cpu());
				Weights resumed = Weights.read(NETWORK, reference.file(), Device.cpu());
				AdamW optimiser = new AdamW(weights, 0.9, 0.95, Rule.kernelDecay(0.05), null))
		{
			give(manager, reference, optimiser, 1);
			optimiser.step(RATES[0]);
			TensorFile.write(file, Map.of(), optimiser.state());
			resumed.all().forEach((name, array) -> weights.all().get(name).copyTo(array));
			try (SafetensorsFile saved = SafetensorsFile.open(file);
					AdamW second = new AdamW(resumed, 0.9, 0.95, Rule.kernelDecay(0.05), saved))
			{
				for (final AdamW one : new AdamW[] { optimiser, second }) {
					give(manager, reference, one, 2);
					one.step(RATES[1]);
				}
			}
			weights.all().forEach((name, array) -> assertEquals(array, resumed.all().get(name), name));
		}
	}

	/** Adam's first step is the rate against the gradient's sign, whatever its size. */
	@Test
	void eachParameterHasItsOwnRateAndDecay() throws IOException {
		try (Weights weights = Weights.initialise(NETWORK, 1, Device.cpu());
				AdamW optimiser = new AdamW(weights, 0.9, 0.95, AdamWTest::rule, null))
		{
			assertEquals(Set.of("norm.bias", "norm.weight", "decoder_norm.weight"), optimiser.gradients().keySet());
			optimiser.gradients().values().forEach(gradient -> gradient.addi(3));
			optimiser.step(0.125);
			final Map<String, NDArray> w = weights.all();
			assertArrayEquals(new float[] { -0.125f, -0.125f, -0.125f, -0.125f }, w.get("norm.bias").toFloatArray(), 1e-6f);
			assertArrayEquals(new float[] { 0.75f, 0.75f, 0.75f, 0.75f }, w.get("norm.weight").toFloatArray(), 1e-6f);
			assertArrayEquals(new float[] { 0.625f, 0.625f, 0.625f, 0.625f }, w.get("decoder_norm.weight").toFloatArray(),
				1e-6f);
			assertArrayEquals(new float[] { 0, 0, 0, 0 }, w.get("decoder_norm.bias").toFloatArray());
		}
	}

	/** 1 - 2 x 0.125 = 0.75 by rate 2; by rate 2 and decay 0.5: 1 x (1 - 0.25 x 0.5) - 0.25 = 0.625. */
	private static Rule rule(final ParameterSpec parameter) {
		return switch (parameter.name()) {
			case "norm.bias" -> new Rule(1, 0);
			case "norm.weight" -> new Rule(2, 0);
			case "decoder_norm.weight" -> new Rule(2, 0.5);
			default -> Rule.FROZEN;
		};
	}

	/** Four threes and eight zeros have the norm 6. */
	@ParameterizedTest
	@CsvSource({ "2, 1", "6, 3", "12, 3" })
	void gradientsAreClippedByTheirCommonNorm(final double most, final float expected) throws IOException {
		try (Weights weights = Weights.initialise(NETWORK, 1, Device.cpu());
				AdamW optimiser = new AdamW(weights, 0.9, 0.95, AdamWTest::rule, null))
		{
			optimiser.gradients().get("norm.bias").addi(3);
			optimiser.clip(most);
			assertArrayEquals(new float[] { expected, expected, expected, expected }, optimiser.gradients().get("norm.bias")
				.toFloatArray(), 1e-5f);
			assertArrayEquals(new float[4], optimiser.gradients().get("norm.weight").toFloatArray());
		}
	}
}
