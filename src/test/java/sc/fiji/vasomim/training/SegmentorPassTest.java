package sc.fiji.vasomim.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import sc.fiji.vasomim.Reference;
import sc.fiji.vasomim.model.Unext;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Script;

/** One pass of segmentor training against reference/segmentor: logits, losses, running statistics, all gradients. */
class SegmentorPassTest {

	private static final Unext NETWORK = new Unext(5, 6, 9, 13, 24);

	/** Of float32 against float64: off by 0.5e-5 with two threads, by 2e-5 with one, which adds in another order. */
	private static final double GRADIENTS = 5e-5;

	@Test
	void logitsLossesStatisticsAndGradientsEqualTheReference() throws IOException {
		try (NDManager manager = Devices.newManager(Device.cpu()); Reference reference = new Reference("segmentor")) {
			final Pass pass = new Pass(manager, reference, "");
			reference.assertClose("out.training_logits", pass.logits, 1e-5);
			reference.assertClose("out.losses", pass.sums, 1e-5);
			assertEquals(0, pass.failed.getFloat(), "no loss is broken");
			assertEquals(21, pass.statistics.size());
			for (final Map.Entry<String, NDArray> statistic : pass.statistics.entrySet())
				reference.assertClose("after." + statistic.getKey(), statistic.getValue(), 1e-5);
			final double error = Gradients.error(reference, pass.gradients);
			assertTrue(error < GRADIENTS, "gradients are off by " + error);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "ebn1.weight", "dblock1.0.mlp.fc2.weight", "dbn2.bias", "final.weight" })
	void aWeightThatIsOffByAThousandthIsSeen(final String name) throws IOException {
		try (NDManager manager = Devices.newManager(Device.cpu()); Reference reference = new Reference("segmentor")) {
			final Pass pass = new Pass(manager, reference, name);
			assertTrue(reference.error("out.training_logits", pass.logits) > 1e-5);
			assertTrue(Gradients.error(reference, pass.gradients) > GRADIENTS);
		}
	}

	private static final class Pass {

		private final NDArray logits;

		private final NDArray sums;

		private final NDArray failed;

		private final Map<String, NDArray> gradients;

		private final Map<String, NDArray> statistics = new TreeMap<>();

		private Pass(final NDManager manager, final Reference reference, final String moved) throws IOException {
			sums = manager.zeros(new Shape(3));
			failed = manager.zeros(new Shape());
			gradients = Gradients.zeros(manager, reference);
			try (Weights weights = Weights.read(NETWORK, reference.file(), Device.cpu());
					Script script = Script.load("segmentor", "SegmentorTraining", Map.of("size", 64, "kind", 6), Device.cpu()))
			{
				if (!moved.isEmpty()) weights.all().get(moved).muli(1.001);
				logits = script.call(manager, "gradients", weights.all(), gradients, reference.tensor(manager, "in.image"),
					reference.tensor(manager, "in.anatomy"), Gradients.wholeImages(manager, 3, 64), manager.zeros(new Shape(3)),
					sums, 7, failed).get(0);
				for (final String name : reference.names("after.")) {
					final NDArray statistic = weights.all().get(name).duplicate();
					statistic.attach(manager);
					statistics.put(name, statistic);
				}
			}
		}
	}
}
