package sc.fiji.vasomim.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;

import sc.fiji.vasomim.files.SafetensorsFile;
import sc.fiji.vasomim.torch.CounterRandom;
import sc.fiji.vasomim.torch.CounterRandom.Purpose;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.TensorFile;

/** A network's tensors on one device, by name, in the order of its parameter table. Owns them until closed. */
public final class Weights implements AutoCloseable {

	private final Network network;

	private final NDManager manager;

	private final Map<String, NDArray> arrays = new LinkedHashMap<>();

	/** Where a parameter's values come from. */
	@FunctionalInterface
	private interface Source {

		NDArray read(NDManager manager, ParameterSpec spec, int index) throws IOException;
	}

	private Weights(final Network network, final Device device, final Source source) throws IOException {
		this.network = network;
		this.manager = Devices.newManager(device);
		try {
			final List<ParameterSpec> table = network.parameters();
			for (int i = 0; i < table.size(); i++)
				arrays.put(table.get(i).name(), source.read(manager, table.get(i), i));
		}
		catch (final IOException | RuntimeException e) {
			close();
			throw e;
		}
	}

	/** The network as it starts, each parameter drawn from its own stream of the seed. */
	public static Weights initialise(final Network network, final long seed, final Device device) {
		try {
			return new Weights(network, device, (manager, spec, index) -> TensorFile.copy(manager, start(spec, seed, index),
				spec.shape(), spec.type()));
		}
		catch (final IOException e) {
			throw new IllegalStateException(e);
		}
	}

	private static ByteBuffer start(final ParameterSpec spec, final long seed, final int index) {
		final ByteBuffer values = ByteBuffer.allocateDirect(Math.toIntExact(spec.shape().size() * spec.type()
			.getNumOfBytes())).order(ByteOrder.nativeOrder());
		// Counters (INT64) start at zero, as the buffer does.
		if (spec.type() == DataType.FLOAT32) spec.initialiser().fill(values.asFloatBuffer(), new CounterRandom(seed,
			Purpose.INITIAL_WEIGHTS, 0, index));
		return values;
	}

	/**
	 * The network with the values of a file, which may hold other tensors too.
	 *
	 * @throws IOException if a tensor is missing or has another shape or type; the message names it
	 */
	public static Weights read(final Network network, final SafetensorsFile file, final Device device)
		throws IOException
	{
		return new Weights(network, device, (manager, spec, index) -> TensorFile.read(manager, file, spec.name(), spec
			.shape(), spec.type()));
	}

	/** A copy on the same device. */
	public Weights copy() {
		return copy(device());
	}

	public Weights copy(final Device device) {
		try {
			return new Weights(network, device, (to, spec, index) -> {
				final NDArray own = arrays.get(spec.name());
				// On its own device, toDevice may answer with the same memory.
				final NDArray array = device.equals(device()) ? own.duplicate() : own.toDevice(device, true);
				array.attach(to);
				return array;
			});
		}
		catch (final IOException e) {
			throw new IllegalStateException(e);
		}
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

	@Override
	public void close() {
		manager.close();
	}
}
