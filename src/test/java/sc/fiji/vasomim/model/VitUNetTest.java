package sc.fiji.vasomim.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import sc.fiji.vasomim.model.MaskedAutoencoder.Variant;
import sc.fiji.vasomim.model.ParameterSpec.Role;

class VitUNetTest {

	private static final VisionTransformer ENCODER = Variant.BASE.forSize(224).encoder();

	private static final VitUNet NETWORK = new VitUNet(ENCODER, List.of("vessel"));

	/** Those of the published head: the pyramid; with one and with 26 outputs; and that of patches of 8 px. */
	@Test
	void theHeadHasThePublishedNumberOfParameters() {
		assertEquals(8_693_376, count(NETWORK, p -> p.name().startsWith("pyramid.")));
		assertEquals(12_101_729, count(NETWORK, p -> !NETWORK.encodes(p.name())));
		final List<String> classes = IntStream.rangeClosed(1, 25).mapToObj(i -> "segment " + i).toList();
		assertEquals(12_102_554, count(new VitUNet(ENCODER, classes), p -> !NETWORK.encodes(p.name())));
		assertEquals(11_836_001, count(new VitUNet(new VisionTransformer(224, 8, 768, 12, 12, false), List.of("vessel")),
			p -> !NETWORK.encodes(p.name())));
	}

	private static long count(final Network network, final Predicate<ParameterSpec> condition) {
		return network.parameters().stream().filter(p -> p.role() == Role.TRAINED && condition.test(p)).mapToLong(p -> p
			.shape().size()).sum();
	}

	@ParameterizedTest
	@CsvSource({ "TINY", "BASE", "LARGE" })
	void theEncoderIsTheAutoencoders(final Variant variant) {
		final MaskedAutoencoder trained = variant.forSize(256);
		final List<String> expected = trained.parameters().stream().filter(p -> !p.name().startsWith("decoder") && !p.name()
			.equals("mask_token")).map(ParameterSpec::toString).sorted().toList();
		final VitUNet network = new VitUNet(trained.encoder(), List.of("vessel"));
		assertEquals(expected, network.parameters().stream().filter(p -> network.encodes(p.name())).map(
			ParameterSpec::toString).sorted().toList());
	}

	/** d^13 for the embedding of ViT-B, d^(12 - i) for block i, 1 for the rest. */
	@ParameterizedTest
	@CsvSource({ "cls_token, 13", "pos_embed, 13", "patch_embed.proj.bias, 13", "blocks.0.norm1.weight, 12",
		"blocks.11.mlp.fc2.bias, 1", "norm.weight, 0", "pyramid.p2.conv1.weight, 0", "decoder.0.norm1.bias, 0", "head.bias, 0",
		"stem.conv1.weight, 0" })
	void layersAreCountedFromTheTop(final String parameter, final int above) {
		assertEquals(above, NETWORK.layersAbove(parameter));
	}

	@Test
	void whatIsNotUsedOrNotLearnedIsNotTrained() {
		assertEquals(Role.FIXED, role(NETWORK, "norm.weight"));
		assertEquals(Role.TRAINED, role(new VitUNet(ENCODER, 32, true, List.of("vessel")), "norm.weight"));
		assertEquals(Role.FIXED, role(NETWORK, "pos_embed"));
		assertEquals(Role.TRAINED, role(new VitUNet(new VisionTransformer(224, 16, 768, 12, 12, true), List.of("vessel")),
			"pos_embed"));
	}

	private static Role role(final Network network, final String name) {
		return find(network, name).role();
	}

	private static ParameterSpec find(final Network network, final String name) {
		return network.parameters().stream().filter(p -> p.name().equals(name)).findAny().orElseThrow();
	}

	@Test
	void tokensAndPositionsDoNotDecay() {
		assertFalse(NETWORK.decays(find(NETWORK, "cls_token")));
		assertFalse(NETWORK.decays(find(NETWORK, "pos_embed")));
		assertFalse(NETWORK.decays(find(NETWORK, "head.bias")));
		assertTrue(NETWORK.decays(find(NETWORK, "head.weight")));
	}

	@ParameterizedTest
	@CsvSource({ "224, 14, 32, patch", "72, 8, 32, size", "64, 16, 3, base", "64, 16, 0, base" })
	void impossibleSizesAreNamed(final int size, final int patch, final int base, final String name) {
		final Exception e = assertThrows(IllegalArgumentException.class, () -> new VitUNet(new VisionTransformer(size, patch,
			24, 2, 3, false), base, false, List.of("vessel")));
		assertTrue(e.getMessage().startsWith(name + ": "), e.getMessage());
	}
}
