package sc.fiji.vasomim.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;

import sc.fiji.vasomim.model.ParameterSpec.Role;
import sc.fiji.vasomim.torch.CounterRandom;
import sc.fiji.vasomim.torch.CounterRandom.Purpose;
import sc.fiji.vasomim.torch.Devices;

/** A network's tensors on one device, by name, in the order of its parameter table. Owns them until closed. */
public final class Weights implements AutoCloseable {

	private final Network network;

	private final NDManager manager;

	private final Map<String, NDArray> arrays = new LinkedHashMap<>();

	private Weights(final Network network, final Device device, final Function<ParameterSpec, ByteBuffer> source) {
		this.network = network;
		this.manager = Devices.newManager(device);
		try {
			for (final ParameterSpec spec : network.parameters())
				arrays.put(spec.name(), copy(source.apply(spec), spec));
		}
		catch (final RuntimeException e) {
			close();
			throw e;
		}
	}

	/** PyTorch allocates the copy: aligned for its kernels, and not tied to a Java buffer's life. */
	private NDArray copy(final ByteBuffer values, final ParameterSpec spec) {
		try (NDArray view = manager.create(values, spec.shape(), spec.type())) {
			return view.duplicate();
		}
	}

	/** The network as it starts, each parameter drawn from its own stream of the seed. */
	public static Weights initialise(final Network network, final long seed, final Device device) {
		final int[] index = { 0 };
		return new Weights(network, device, spec -> {
			final ByteBuffer values = direct(spec);
			final CounterRandom random = new CounterRandom(seed, Purpose.INITIAL_WEIGHTS, 0, index[0]++);
			if (spec.type() == DataType.FLOAT32) spec.initialiser().fill(values.asFloatBuffer(), random);
			return values;
		});
	}

	/**
	 * The network with given values.
	 *
	 * @param source gives the little-endian values of a parameter, as many bytes as its shape and type say
	 */
	public static Weights of(final Network network, final Device device, final Function<String, ByteBuffer> source) {
		return new Weights(network, device, spec -> direct(spec).put(source.apply(spec.name())).flip().order(ByteOrder
			.nativeOrder()));
	}

	private static ByteBuffer direct(final ParameterSpec spec) {
		return ByteBuffer.allocateDirect(Math.toIntExact(spec.shape().size() * spec.type().getNumOfBytes())).order(
			ByteOrder.nativeOrder());
	}

	public Network network() {
		return network;
	}

	public Device device() {
		return manager.getDevice();
	}

	/** All tensors by name; the map is read-only, the tensors are the weights themselves. */
	public Map<String, NDArray> all() {
		return Collections.unmodifiableMap(arrays);
	}

	/** The tensors that the optimiser changes. */
	public Map<String, NDArray> trained() {
		return select(spec -> spec.role() == Role.TRAINED);
	}

	/** The trained tensors to which weight decay applies, or those to which it does not. */
	public Map<String, NDArray> trained(final boolean decaying) {
		return select(spec -> spec.role() == Role.TRAINED && spec.decays() == decaying);
	}

	private Map<String, NDArray> select(final Predicate<ParameterSpec> condition) {
		final Map<String, NDArray> selected = new LinkedHashMap<>();
		network.parameters().stream().filter(condition).forEach(s -> selected.put(s.name(), arrays.get(s.name())));
		return selected;
	}

	@Override
	public void close() {
		manager.close();
	}
}
