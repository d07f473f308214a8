package sc.fiji.vasomim.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import sc.fiji.vasomim.Reference;
import sc.fiji.vasomim.model.MaskedAutoencoder;
import sc.fiji.vasomim.model.Unext;
import sc.fiji.vasomim.torch.Precision;
import sc.fiji.vasomim.torch.Script;

/** One pass of pre-training against reference/pretraining: guidance, masks, both losses, all gradients. */
class PretrainingPassTest {

	private static final MaskedAutoencoder NETWORK = new MaskedAutoencoder(64, 8, 24, 2, 3, 16, 2, 4);

	private static final Unext SEGMENTOR = new Unext(5, 6, 9, 13, 24);

	private static final int HIDDEN = 32;

	private static final int GUIDED = 11;

	/**
	 * @param moved a weight that is multiplied by 1.001
	 * @param consistency 1 for the reference's weight of the consistency loss, 0 for none
	 */
	static ReferencePass pass(final String moved, final int consistency) throws IOException {
		return pass(moved, consistency, Precision.FLOAT32);
	}

	private static ReferencePass pass(final String moved, final int consistency, final Precision precision)
		throws IOException
	{
		final Path numbers = Reference.path("pretraining.safetensors");
		final ReferencePass pass = new ReferencePass(ReferencePass.settings(NETWORK, 0.375, 0.75 * consistency, precision),
			SEGMENTOR, numbers, numbers, Reference.path("segmentor.safetensors"));
		if (!moved.isEmpty()) pass.weights.all().get(moved).muli(1.001);
		pass.run(HIDDEN, GUIDED, 1);
		return pass;
	}

	@Test
	void masksLossesAndGradientsEqualTheReference() throws IOException {
		try (ReferencePass pass = pass("", 1)) {
			pass.reference.assertClose("out.losses", pass.sums, 1e-5);
			final double[] losses = pass.reference.values("out.losses");
			for (int i = 0; i < losses.length; i++)
				assertEquals(losses[i], pass.sums.toFloatArray()[i], 1e-5 * losses[i]);
			pass.reference.assertClose("out.masked", pass.masked, 0);
			final double error = Gradients.error(pass.reference, pass.gradients);
			assertTrue(error < 1e-5, "gradients are off by " + error);
		}
	}

	/** The bounds are twice what PyTorch's own float32 leaves, 1.0e-7 and 9.2e-4: see docs/comparisons.md. */
	@Test
	void everyEntryOfTheGradientsEqualsTheReference() throws IOException {
		try (ReferencePass pass = pass("", 1)) {
			final double floor = Gradients.floor(pass.reference, "gradient.", pass.gradients);
			assertTrue(floor < 2e-7, "1e-4 of itself and " + floor + " of its tensor's largest");
			final double share = Gradients.shareBeyond(pass.reference, "gradient.", pass.gradients);
			assertTrue(share < 2e-3, share + " of the entries are off by more than 1e-4 of themselves");
		}
	}

	@Test
	void lossesInBfloat16AreNear() throws IOException {
		try (ReferencePass pass = pass("", 1, Precision.BFLOAT16)) {
			final double[] losses = pass.reference.values("out.losses");
			for (int i = 0; i < 3; i++)
				assertEquals(losses[i], pass.sums.toFloatArray()[i], 2e-2 * losses[i]);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "cls_token", "blocks.0.norm1.bias", "mask_token", "decoder_blocks.1.mlp.fc1.weight" })
	void aWeightThatIsOffByAThousandthIsSeen(final String name) throws IOException {
		try (ReferencePass pass = pass(name, 1)) {
			assertTrue(Gradients.error(pass.reference, pass.gradients) > 1e-5);
		}
	}

	@Test
	void anotherWeightOfTheConsistencyIsSeen() throws IOException {
		try (ReferencePass pass = pass("", 0)) {
			assertTrue(Gradients.error(pass.reference, pass.gradients) > 1e-2);
			final float[] sums = pass.sums.toFloatArray();
			assertEquals(sums[1], sums[0], "without consistency the total is the reconstruction loss");
		}
	}

	@Test
	void guidanceMapAndDistributionEqualTheReference() throws IOException {
		try (ReferencePass pass = pass("", 1);
				Script masking = Script.load("masking", "Guidance", Map.of("patch", 8), Device.cpu());
				Script unext = Script.load("unext", "Unext", Map.of("kind", 6), Device.cpu()))
		{
			final NDArray vessels = unext.call(pass.manager, "probability", pass.segmentor.all(), pass.reference.tensor(
				pass.manager, "in.image")).get(0);
			final NDArray anatomy = pass.reference.tensor(pass.manager, "in.anatomy").toType(DataType.FLOAT32, true).div(255);
			final NDList results = masking.call(pass.manager, "proportional", anatomy, vessels, 0.375);
			pass.reference.assertClose("out.guidance", results.get(0), 1e-5);
			pass.reference.assertClose("out.probability", results.get(1), 1e-5);
			final NDList sampled = masking.call(pass.manager, "sample", results.get(1), pass.reference.tensor(pass.manager,
				"in.noise"), HIDDEN, GUIDED);
			pass.reference.assertClose("out.masked", sampled.get(0), 0);
			pass.reference.assertClose("out.keep", sampled.get(2), 0);
		}
	}

	@Test
	void aHalfShareTwiceIsTheWhole() throws IOException {
		try (ReferencePass pass = pass("", 1)) {
			final NDArray[] gradients = pass.gradients.values().stream().map(NDArray::duplicate).toArray(NDArray[]::new);
			final float[] sums = pass.sums.toFloatArray();
			pass.gradients.values().forEach(g -> g.muli(0));
			pass.sums.muli(0);
			pass.run(HIDDEN, GUIDED, 0.5);
			pass.run(HIDDEN, GUIDED, 0.5);
			int i = 0;
			for (final NDArray g : pass.gradients.values())
				assertArrayEquals(gradients[i++].toFloatArray(), g.toFloatArray());
			assertArrayEquals(sums, pass.sums.toFloatArray());
		}
	}

	@Test
	void theSegmentorStaysAsItIs() throws IOException {
		try (ReferencePass pass = pass("", 1); Reference reference = new Reference("segmentor")) {
			for (final Map.Entry<String, NDArray> weight : pass.segmentor.all().entrySet())
				assertEquals(0, reference.error(weight.getKey(), weight.getValue()), weight.getKey());
		}
	}

	@Test
	void evaluationEqualsTheReference() throws IOException {
		try (ReferencePass pass = pass("", 1)) {
			final NDArray losses = pass.script.call(pass.manager, "evaluate", pass.weights.all(), pass.reference.tensor(
				pass.manager, "in.image"), Gradients.wholeImages(pass.manager, 3, 64), visible(pass)).get(0);
			pass.reference.assertClose("out.evaluation", losses, 1e-5);
		}
	}

	/** The reference hides the patches with the smallest numbers of the noise's second half. */
	private static NDArray visible(final ReferencePass pass) throws IOException {
		final float[] noise = pass.reference.tensor(pass.manager, "in.noise").toFloatArray();
		final int images = 3;
		final int patches = noise.length / (2 * images);
		final long[] keep = new long[images * (patches - HIDDEN)];
		for (int image = 0; image < images; image++) {
			final int first = (images + image) * patches;
			final List<Integer> order = IntStream.range(0, patches).boxed().sorted(Comparator.comparing(i -> noise[first + i]))
				.toList();
			final long[] shown = order.subList(HIDDEN, patches).stream().sorted().mapToLong(i -> i).toArray();
			System.arraycopy(shown, 0, keep, image * shown.length, shown.length);
		}
		return pass.manager.create(keep, new Shape(images, patches - HIDDEN));
	}
}
