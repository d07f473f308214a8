package sc.fiji.vasomim.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import sc.fiji.vasomim.Reference;
import sc.fiji.vasomim.model.FasterRcnn;
import sc.fiji.vasomim.model.FasterRcnnTest;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Script;

/** One pass of detection training against detectron2: reference/detection. */
class DetectionPassTest {

	/** The losses to 1e-5, gradients to 5e-5: detectron2's own float32 is off by 3e-5 from its float64 here. */
	@Test
	void lossesAndGradientsEqualTheReference() throws IOException {
		try (NDManager manager = Devices.newManager(Device.cpu()); Reference reference = new Reference("detection")) {
			final NDArray sums = manager.zeros(new Shape(5));
			final Map<String, NDArray> gradients = Gradients.zeros(manager, reference);
			final FasterRcnn network = FasterRcnnTest.SMALL;
			assertEquals(network.parameters().size(), gradients.size());
			try (Weights weights = Weights.read(network, reference.file(), Device.cpu());
					Script script = Script.load("detection", "DetectionTraining", attributes(network), Device.cpu()))
			{
				final NDArray extent = reference.tensor(manager, "in.extent");
				final NDArray shift = manager.zeros(extent.getShape());
				final NDArray held = script.call(manager, "gradients", weights.all(), gradients, reference.tensor(manager,
					"in.coarse").repeat(1, 8).repeat(2, 8), extent, extent, shift, shift.get(":, 0"), both(manager, reference,
						"in.boxes."), both(manager, reference, "in.labels."), reference.tensor(manager, "in.anchor_noise"),
					reference.tensor(manager, "in.region_noise"), manager.ones(new Shape(3, 2, 2)), sums).get(0);
				assertEquals(6, held.getLong(), "as detectron2 draws");
			}
			reference.assertClose("out.losses", sums, 1e-5);
			final double error = Gradients.error(reference, gradients);
			assertTrue(error < 5e-5, "gradients are off by " + error);
		}
	}

	private static Map<String, Object> attributes(final FasterRcnn network) {
		final Map<String, Object> attributes = new LinkedHashMap<>(network.scriptAttributes());
		attributes.put("drawn_anchors", network.counts().anchors());
		attributes.put("regions", network.counts().regions());
		attributes.put("kind", 6);
		return attributes;
	}

	private static List<NDArray> both(final NDManager manager, final Reference reference, final String name)
		throws IOException
	{
		return List.of(reference.tensor(manager, name + 0), reference.tensor(manager, name + 1));
	}
}
