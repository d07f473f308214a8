package sc.fiji.vasomim.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;

import sc.fiji.vasomim.Reference;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Script;

/** The loss functions of given logits against reference/finetuning_losses, and what augmentation does to grey values. */
class FineTuningLossTest {

	private final NDManager manager = Devices.newManager(Device.cpu());

	@AfterEach
	void close() {
		manager.close();
	}

	private static Script script(final String normalisation, final double cldice, final int iterations) {
		return Script.load("losses", "Losses", Map.of("normalisation", normalisation, "cldice", cldice, "iterations",
			iterations), Device.cpu());
	}

	@ParameterizedTest
	@ValueSource(strings = { "vessel", "classes" })
	void lossesAndGradientsEqualTheReference(final String name) throws IOException {
		try (Script script = script("", 0.375, 3); Reference reference = new Reference("finetuning_losses")) {
			final NDList found = gradient(script, reference, name);
			reference.assertClose(name + ".losses", found.get(0), 1e-6);
			reference.assertClose(name + ".gradient", found.get(1), 1e-5);
		}
	}

	@ParameterizedTest
	@CsvSource({ "vessel, 0.375, 2", "vessel, 0.25, 3", "classes, 0.375, 2", "classes, 0.25, 3" })
	void otherWeightsAndIterationsAreSeen(final String name, final double cldice, final int iterations)
		throws IOException
	{
		try (Script script = script("", cldice, iterations); Reference reference = new Reference("finetuning_losses")) {
			assertTrue(reference.error(name + ".gradient", gradient(script, reference, name).get(1)) > 1e-3);
		}
	}

	private NDList gradient(final Script script, final Reference reference, final String name) throws IOException {
		return script.call(manager, "gradient", reference.tensor(manager, name + ".logits"), reference.tensor(manager, name +
			".target"), reference.tensor(manager, name + ".balance"));
	}

	@Test
	void theSoftSkeletonEqualsTheReference() throws IOException {
		try (Script script = script("", 0, 3); Reference reference = new Reference("finetuning_losses")) {
			reference.assertClose("skeleton", script.call(manager, "skeleton", reference.tensor(manager, "probability")).get(0),
				1e-6);
		}
	}

	/** Of a bar three px high, the middle row: opening with the 3 x 3 square after the cross leaves a fringe beside it. */
	@Test
	void theSkeletonOfABarIsItsMiddle() {
		try (Script script = script("", 0, 3)) {
			final NDArray bar = manager.zeros(new Shape(1, 1, 9, 15));
			bar.set(new NDIndex("0, 0, 3:6, :"), 1);
			final NDArray skeleton = script.call(manager, "skeleton", bar).get(0);
			assertEquals(1, skeleton.getFloat(0, 0, 4, 7));
			assertEquals(0, skeleton.getFloat(0, 0, 3, 7));
			assertEquals(15, skeleton.sum().getFloat());
		}
	}

	/**
	 * Grey 100 and 150 are 125 +- d with d = sqrt(25^2 + 1), here x -+ 25 / d; gain 1.2, offset 0.5 and noise 0.25 are in
	 * units of d for both networks.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "image", "imagenet" })
	void gainOffsetAndNoiseCountInDeviationsOfTheImage(final String normalisation) {
		final double d = Math.sqrt(626);
		final double[] changed = { -25 / d * 1.2 + 0.75, 25 / d * 1.2 + 0.75 };
		final float[] found = augment(normalisation, 1, 1.2f, 0.5f, 0.25f);
		for (int i = 0; i < 2; i++)
			assertEquals(normalisation.equals("image") ? changed[i] : ((changed[i] * d + 125) / 255 - 0.485) / 0.229, found[i],
				1e-5);
	}

	/** (100 / 255)^2 x 255 = 39.2157 and 88.2353, around 63.7255. */
	@Test
	void gammaChangesTheGreyValues() {
		final float[] found = augment("imagenet", 2, 1, 0, 0);
		assertEquals((39.2157 / 255 - 0.485) / 0.229, found[0], 1e-4);
		assertEquals((88.2353 / 255 - 0.485) / 0.229, found[1], 1e-4);
	}

	/** The first channel's upper left pixel, of grey 100, and upper right one, of grey 150. */
	private float[] augment(final String normalisation, final float gamma, final float gain, final float offset,
		final float noise)
	{
		try (Script script = script(normalisation, 0, 1)) {
			final NDArray grey = manager.create(new float[] { 100, 100, 150, 150 }, new Shape(1, 1, 4)).repeat(1, 4);
			final NDArray x = script.call(manager, "augment", grey, manager.create(new float[] { 1, 0, 0, 0, 1, 0 }, new Shape(
				1, 2, 3)), manager.create(new float[] { gamma, gain, offset }, new Shape(1, 3)), manager.full(new Shape(1, 4, 4),
					noise)).get(0);
			assertEquals(new Shape(1, normalisation.equals("image") ? 1 : 3, 4, 4), x.getShape());
			return new float[] { x.getFloat(0, 0, 0, 0), x.getFloat(0, 0, 0, 3) };
		}
	}
}
