package sc.fiji.vasomim.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import sc.fiji.vasomim.model.ParameterSpec.Role;
import sc.fiji.vasomim.model.VitOptions.Positions;

/** What the options add to the parameters of the plain vision transformer, and which do not go together. */
class VisionTransformerTest {

	private static final VisionTransformer PLAIN = new VisionTransformer(64, 16, 24, 2, 2, true);

	private static VisionTransformer with(final Positions positions, final int registers) {
		return new VisionTransformer(64, 16, 24, 2, 2, 96, true, true, new VitOptions(positions, registers, 1e-5));
	}

	private static List<String> beyond(final VisionTransformer network) {
		final List<String> plain = PLAIN.parameters().stream().map(ParameterSpec::toString).toList();
		return network.parameters().stream().map(ParameterSpec::toString).filter(line -> !plain.contains(line)).toList();
	}

	@Test
	void theParametersBeyondThePlainOneAreTheOptions() {
		assertEquals(List.of(), beyond(with(Positions.TABLE, 0)));
		assertEquals(List.of("reg_token [1, 4, 24]"), beyond(with(Positions.TABLE, 4)));
		// 4 x 4 patches are up to 3 apart: 7 x 7 distances, and the class token's three.
		assertEquals(List.of("blocks.0.attn.relative_position_bias_table [52, 2]",
			"blocks.1.attn.relative_position_bias_table [52, 2]"), beyond(with(Positions.RELATIVE, 0)));
		assertEquals(List.of("reg_token [1, 4, 24]", "rope_embed.periods [3]"), beyond(with(Positions.ROTARY, 4)));
		assertTrue(with(Positions.ROTARY, 0).parameters().stream().noneMatch(p -> p.name().equals("pos_embed")));
	}

	/** 100^(2 i / d) with d = 12 channels of a head, never trained. */
	@Test
	void periodsAreDinoV3s() {
		final ParameterSpec periods = with(Positions.ROTARY, 0).parameters().stream().filter(p -> p.name().startsWith("rope"))
			.findAny().orElseThrow();
		final float[] values = new float[3];
		periods.initialiser().fill(FloatBuffer.wrap(values), null);
		assertArrayEquals(new float[] { 1, 4.6415888f, 21.544347f }, values, 1e-5f);
		assertEquals(Role.FIXED, periods.role());
	}

	@Test
	void tokensAndTablesDoNotDecayAndCountAsTheLayersTheyAreIn() {
		final VitUNet network = new VitUNet(with(Positions.RELATIVE, 0), List.of("vessel"));
		final ParameterSpec table = network.parameters().stream().filter(p -> p.name().endsWith("bias_table")).findFirst()
			.orElseThrow();
		assertFalse(network.decays(table));
		assertTrue(network.encodes(table.name()));
		assertEquals(2, network.layersAbove(table.name()));
		final VitUNet registers = new VitUNet(with(Positions.TABLE, 4), List.of("vessel"));
		assertTrue(registers.encodes("reg_token"));
		assertEquals(3, registers.layersAbove("reg_token"));
	}

	@ParameterizedTest
	@CsvSource({ "RELATIVE, 1, 24, true, 1e-6, registers", "TABLE, -1, 24, true, 1e-6, registers",
		"TABLE, 65, 24, true, 1e-6, registers", "RELATIVE, 0, 24, false, 1e-6, classToken", "ROTARY, 0, 20, true, 1e-6, heads",
		"TABLE, 0, 24, true, 0, epsilon", "TABLE, 0, 24, true, 0.01, epsilon", "TABLE, 0, 24, true, NaN, epsilon" })
	void whatDoesNotGoTogetherIsNamed(final Positions positions, final int registers, final int width,
		final boolean classToken, final double epsilon, final String name)
	{
		final Exception e = assertThrows(IllegalArgumentException.class, () -> new VisionTransformer(64, 16, width, 2, 2, 96,
			classToken, true, new VitOptions(positions, registers, epsilon)));
		assertTrue(e.getMessage().startsWith(name + ": "), e.getMessage());
	}
}
