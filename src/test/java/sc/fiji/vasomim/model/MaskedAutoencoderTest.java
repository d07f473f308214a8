package sc.fiji.vasomim.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;

import sc.fiji.vasomim.Reference;
import sc.fiji.vasomim.model.MaskedAutoencoder.Variant;
import sc.fiji.vasomim.model.ParameterSpec.Role;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Precision;
import sc.fiji.vasomim.torch.Script;

class MaskedAutoencoderTest {

	/** The network of reference/pretraining. */
	private static final MaskedAutoencoder SMALL = new MaskedAutoencoder(64, 8, 24, 2, 3, 16, 2, 4);

	/** The sizes of the papers: He et al. (2022), and 224 px; the encoder counts its fixed position table. */
	@ParameterizedTest
	@CsvSource({ "BASE, 85798656", "LARGE, 303301632", "HUGE, 630764800" })
	void encodersHaveThePublishedNumberOfParameters(final Variant variant, final long expected) {
		assertEquals(expected, variant.forSize(224).parameters().stream().filter(p -> !isDecoder(p)).mapToLong(
			MaskedAutoencoderTest::size).sum());
	}

	/** Counted by hand: embedding, mask token, eight blocks of 12 x 512^2 + 13 x 512, norm, prediction. */
	@Test
	void decoderHasThePublishedNumberOfParameters() {
		final long trained = 393_728 + 512 + 8 * 3_152_384 + 1_024 + 393_984;
		final List<ParameterSpec> decoder = Variant.BASE.forSize(224).parameters().stream().filter(
			MaskedAutoencoderTest::isDecoder).toList();
		assertEquals(trained, decoder.stream().filter(p -> p.role() == Role.TRAINED).mapToLong(MaskedAutoencoderTest::size)
			.sum());
		assertEquals(26_109_184, decoder.stream().mapToLong(MaskedAutoencoderTest::size).sum(), "with its position table");
	}

	private static long size(final ParameterSpec spec) {
		return spec.shape().size();
	}

	private static boolean isDecoder(final ParameterSpec spec) {
		return spec.name().startsWith("decoder") || spec.name().equals("mask_token");
	}

	@Test
	void namesAndShapesAreThoseOfTimmAndMae() throws IOException {
		final List<ParameterSpec> table = Variant.BASE.forSize(224).parameters();
		assertEquals(Files.readAllLines(Reference.path("mae_base.txt")).stream().sorted().toList(), table.stream().map(
			ParameterSpec::toString).sorted().toList());
	}

	@Test
	void everyStageEqualsTheReference() throws IOException {
		final Stages float32 = new Stages(Precision.FLOAT32, "");
		assertTrue(float32.tokens < 1e-5 && float32.latent < 1e-5 && float32.prediction < 1e-5, float32.toString());
		final Stages bfloat16 = new Stages(Precision.BFLOAT16, "");
		assertTrue(bfloat16.tokens < 2e-2 && bfloat16.latent < 2e-2 && bfloat16.prediction < 2e-2, bfloat16.toString());
		assertTrue(bfloat16.prediction > 1e-4, "bfloat16 can't be that exact: " + bfloat16);
	}

	@ParameterizedTest
	@CsvSource({ "patch_embed.proj.bias, true", "blocks.1.attn.proj.bias, false", "blocks.0.mlp.fc2.weight, false" })
	void aWeightThatIsOffByAThousandthIsSeen(final String name, final boolean inTokens) throws IOException {
		final Stages stages = new Stages(Precision.FLOAT32, name);
		assertEquals(inTokens, stages.tokens > 1e-5);
		assertTrue(stages.latent > 1e-5 && stages.prediction > 1e-5, stages.toString());
	}

	/** The largest relative error of each stage, after a weight was moved; every stage begins with our last result. */
	private static final class Stages {

		private final double tokens;

		private final double latent;

		private final double prediction;

		private Stages(final Precision precision, final String moved) throws IOException {
			try (NDManager manager = Devices.newManager(Device.cpu());
					Reference reference = new Reference("pretraining");
					Weights weights = Weights.read(SMALL, reference.file(), Device.cpu());
					Script script = Script.load("stages", "Stages", Map.of("depth", 2, "heads", 3, "kind", precision.kind()),
						Device.cpu()))
			{
				if (!moved.isEmpty()) weights.all().get(moved).muli(1.001);
				final NDArray image = reference.tensor(manager, "in.image");
				final NDArray keep = reference.tensor(manager, "out.keep");
				tokens = reference.error("out.tokens", script.call(manager, "tokens", weights.all(), image).get(0));
				final NDArray latents = script.call(manager, "latent", weights.all(), image, keep).get(0);
				latent = reference.error("out.latent", latents);
				prediction = reference.error("out.prediction", script.call(manager, "prediction", weights.all(), latents, keep,
					2, 4).get(0));
			}
		}

		@Override
		public String toString() {
			return "tokens " + tokens + ", latent " + latent + ", prediction " + prediction;
		}
	}

	@Test
	void reconstructionIsTheDecodedImageInGrey() throws IOException {
		try (NDManager manager = Devices.newManager(Device.cpu());
				Reference reference = new Reference("pretraining");
				Weights weights = Weights.read(SMALL, reference.file(), Device.cpu());
				Script script = Script.load("mae", "MaskedAutoencoder", Map.of("depth", 2, "heads", 3, "decoder_depth", 2,
					"decoder_heads", 4, "kind", 6), Device.cpu()))
		{
			final NDArray image = reference.tensor(manager, "in.image");
			final NDList own = script.call(manager, "statistics", weights.all(), image);
			final NDArray grey = script.call(manager, "decode", weights.all(), image, reference.tensor(manager, "out.keep"), own
				.get(0), own.get(1)).get(0);
			reference.assertClose("out.grey", grey, 1e-5);
		}
	}

	@ParameterizedTest
	@CsvSource({ "60, 16, 192, 3, size", "0, 16, 192, 3, size", "64, 0, 192, 3, patch", "64, 16, 190, 2, width",
		"64, 16, 192, 5, heads", "64, 16, 192, 0, heads" })
	void impossibleSizesAreNamed(final int size, final int patch, final int width, final int heads, final String name) {
		final Exception e = assertThrows(IllegalArgumentException.class, () -> new MaskedAutoencoder(size, patch, width, 1,
			heads, 16, 1, 2));
		assertTrue(e.getMessage().contains(name), e.getMessage());
	}
}
