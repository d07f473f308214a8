package sc.fiji.vasomim.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

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
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.TensorFile;

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
				AdamW optimiser = new AdamW(weights, beta1, beta2, decay, null))
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
				AdamW optimiser = new AdamW(weights, 0.9, 0.95, 0.05, null))
		{
			give(manager, reference, optimiser, 1);
			optimiser.step(RATES[0]);
			TensorFile.write(file, Map.of(), optimiser.state());
			resumed.all().forEach((name, array) -> weights.all().get(name).copyTo(array));
			try (SafetensorsFile saved = SafetensorsFile.open(file);
					AdamW second = new AdamW(resumed, 0.9, 0.95, 0.05, saved))
			{
				for (final AdamW one : new AdamW[] { optimiser, second }) {
					give(manager, reference, one, 2);
					one.step(RATES[1]);
				}
			}
			weights.all().forEach((name, array) -> assertEquals(array, resumed.all().get(name), name));
		}
	}
}
