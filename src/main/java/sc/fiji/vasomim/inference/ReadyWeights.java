package sc.fiji.vasomim.inference;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Precision;
import sc.fiji.vasomim.torch.Script;

/**
 * A network's weights as it is applied with them, image after image: the matrices of its transformer blocks are in the
 * arithmetic's type, to which each call would cast them otherwise (a quarter of ViT-B's time in bfloat16). They are
 * copies, so the weights must not change meanwhile. Does not own the weights.
 */
final class ReadyWeights implements AutoCloseable {

	/** All that these do is to be multiplied; convolutions' kernels are also added up, and are few beside them. */
	private static final Pattern MATRIX = Pattern.compile("(.*\\.)?blocks\\.\\d+\\.(attn|mlp)\\.\\w+\\.weight");

	private final NDManager manager;

	private final Map<String, NDArray> arrays;

	ReadyWeights(final Weights weights, final Precision precision) {
		manager = Devices.newManager(weights.device());
		arrays = new LinkedHashMap<>(weights.all());
		if (precision == Precision.FLOAT32) return;
		try (Script script = Script.load("vit", "Casting", Map.of(), weights.device())) {
			arrays.replaceAll((name, array) -> MATRIX.matcher(name).matches() ? script.call(manager, "cast", array, precision
				.kind()).get(0) : array);
		}
		catch (final RuntimeException e) {
			manager.close();
			throw e;
		}
	}

	/** All tensors by name; the map is read-only. */
	Map<String, NDArray> all() {
		return Collections.unmodifiableMap(arrays);
	}

	@Override
	public void close() {
		manager.close();
	}
}
