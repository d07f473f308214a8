package sc.fiji.vasomim.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;

import sc.fiji.vasomim.files.SafetensorsFile;
import sc.fiji.vasomim.model.ParameterSpec.Role;
import sc.fiji.vasomim.torch.TensorFile;

class WeightsTest {

	private static final Unext NETWORK = new Unext(5, 5, 5, 5, 5);

	@TempDir
	Path folder;

	@Test
	void tensorsKeepTheOrderOfTheTable() {
		try (Weights weights = Weights.initialise(NETWORK, 1, Device.cpu())) {
			assertEquals(NETWORK.parameters().stream().map(ParameterSpec::name).toList(), new ArrayList<>(weights.all()
				.keySet()));
			assertThrows(UnsupportedOperationException.class, () -> weights.all().clear());
		}
	}

	@ParameterizedTest
	@CsvSource({ "cls_token, true", "mask_token, true", "blocks.0.attn.qkv.weight, true", "patch_embed.proj.weight, true",
		"norm.weight, false", "blocks.0.attn.qkv.bias, false", "decoder_pred.bias, false" })
	void matricesAndKernelsDecay(final String name, final boolean decays) {
		final ParameterSpec parameter = new MaskedAutoencoder(32, 8, 16, 1, 2, 16, 1, 2).parameters().stream().filter(p -> p
			.name().equals(name)).findAny().orElseThrow();
		assertEquals(Role.TRAINED, parameter.role());
		assertEquals(decays, parameter.decays());
	}

	@Test
	void aMissingOrMisshapenTensorIsNamed() throws IOException {
		final Path file = folder.resolve("weights.safetensors");
		try (Weights weights = Weights.initialise(NETWORK, 1, Device.cpu())) {
			final Map<String, NDArray> fewer = new LinkedHashMap<>(weights.all());
			fewer.remove("dbn2.running_var");
			TensorFile.write(file, Map.of(), fewer);
			assertMessage(file, NETWORK, "dbn2.running_var");
			TensorFile.write(file, Map.of(), weights.all());
			assertMessage(file, new Unext(5, 5, 5, 5, 6), "patch_embed4.proj.weight is F32 [5, 5, 3, 3]");
		}
	}

	private static void assertMessage(final Path path, final Network network, final String words) throws IOException {
		try (SafetensorsFile file = SafetensorsFile.open(path)) {
			final Exception e = assertThrows(IOException.class, () -> Weights.read(network, file, Device.cpu()));
			assertTrue(e.getMessage().contains(words) && e.getMessage().contains("weights.safetensors"), e.getMessage());
		}
	}
}
