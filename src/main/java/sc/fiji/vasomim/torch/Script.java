package sc.fiji.vasomim.torch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;

/**
 * TorchScript source text, compiled by PyTorch, with typed calls from Java.
 * <p>
 * A script holds no weights: they are arguments, so Java owns every tensor. A call runs on the device of its tensors
 * and on the calling thread; one script may be called from several threads as long as they share no argument.
 */
public final class Script implements AutoCloseable {

	private final Model model;

	private final PtSymbolBlock block;

	private final String name;

	private Script(final Model model, final String name) {
		this.model = model;
		this.block = (PtSymbolBlock) model.getBlock();
		this.name = name;
	}

	/**
	 * Compiles a class of a source.
	 *
	 * @param source name of the resource {@code /torchscript/NAME.torchscript}
	 * @param className a class in it
	 * @param attributes the class's attributes: Integer, Double or Boolean
	 * @param device where its calls will run
	 * @throws IllegalArgumentException if an attribute has another type
	 * @throws IllegalStateException if the source does not compile; the message has file, line and column
	 */
	public static Script load(final String source, final String className, final Map<String, ?> attributes,
		final Device device)
	{
		final byte[] archive = ScriptArchive.pack(source, className, attributes);
		final Model model = Model.newInstance(source, device, Devices.ENGINE);
		try {
			model.load(new ByteArrayInputStream(archive));
			return new Script(model, source + "." + className);
		}
		catch (final IOException e) {
			model.close();
			throw new UncheckedIOException(e);
		}
		catch (final MalformedModelException | RuntimeException e) {
			model.close();
			throw new IllegalStateException("TorchScript source " + source + " does not compile: " + e.getMessage(), e);
		}
	}

	/**
	 * Calls a method with autograd available; the method turns gradients on by itself where it needs them.
	 *
	 * @param scope the results' owner, closed by the caller
	 * @param method a method of the class
	 * @param arguments in the method's order: an {@code NDArray} is a Tensor, a {@code List<NDArray>} a
	 *          {@code List[Tensor]}, a {@code Map<String, NDArray>} a {@code Dict[str, Tensor]}, a Number a
	 *          Tensor of no dimension in CPU memory (float64, or int64 for an Integer or Long). No tensor twice, and
	 *          no empty list or map.
	 * @return the returned tensors in order; a Dict's have their keys as names
	 */
	public NDList call(final NDManager scope, final String method, final Object... arguments) {
		final NDList inputs = new NDList();
		// DJL gives the results to the first array's manager, and takes the method's name from an array's name.
		final NDArray marker = scope.create(0f);
		marker.setName("module_method:" + method);
		inputs.add(marker);
		final NDManager host = scope.newSubManager(Device.cpu());
		for (int i = 0; i < arguments.length; i++)
			add(inputs, host, "a" + i, arguments[i]);
		final Set<NDArray> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
		distinct.addAll(inputs);
		if (distinct.size() < inputs.size())
			throw new IllegalArgumentException(name + "." + method + ": a tensor was passed twice");
		// The profiling executor would compile each new shape anew, and gains nothing measurable here.
		JniUtils.setGraphExecutorOptimize(false);
		return IValueUtils.forward(block, inputs, true);
	}

	private void add(final NDList inputs, final NDManager host, final String key, final Object argument) {
		if (argument instanceof NDArray)
			add(inputs, key, (NDArray) argument);
		else if (argument instanceof Integer || argument instanceof Long)
			add(inputs, key, host.create(((Number) argument).longValue()));
		else if (argument instanceof Number)
			add(inputs, key, host.create(((Number) argument).doubleValue()));
		else if (argument instanceof List && !((List<?>) argument).isEmpty())
			((List<?>) argument).forEach(a -> add(inputs, key + "[]", (NDArray) a));
		else if (argument instanceof Map && !((Map<?, ?>) argument).isEmpty())
			((Map<?, ?>) argument).forEach((k, a) -> add(inputs, key + "." + k, (NDArray) a));
		else throw new IllegalArgumentException(name + ": argument " + key + " can't be passed: " + argument);
	}

	private static void add(final NDList inputs, final String key, final NDArray array) {
		array.setName(key);
		inputs.add(array);
	}

	@Override
	public void close() {
		model.close();
	}
}
