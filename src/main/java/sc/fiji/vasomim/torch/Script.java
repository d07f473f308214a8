package sc.fiji.vasomim.torch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;

/**
 * TorchScript source text, compiled by PyTorch, with typed calls from Java.
 * <p>
 * A script holds no weights: they are arguments, so Java owns every tensor. A call runs on the device of its tensors
 * and on the calling thread. Thread-safe, as long as no tensor that a method changes is used by another call.
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
	 * @param attributes the class's attributes: Integer, Double, Boolean or String
	 * @param device where its calls will run
	 * @throws IllegalArgumentException if an attribute has another type
	 * @throws IllegalStateException if the source does not compile; the message has file, line and column
	 */
	public static Script load(final String source, final String className, final Map<String, ?> attributes,
		final Device device)
	{
		final byte[] archive = ScriptArchive.pack(source, className, attributes);
		final Model model = Model.newInstance(source, device, Devices.engine().getEngineName());
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
	 * Calls a method. A method that needs gradients turns them on by itself; afterwards they are off.
	 *
	 * @param scope the results' owner, closed by the caller
	 * @param method a method of the class
	 * @param arguments in the method's order: an {@code NDArray} is a Tensor, a {@code List<NDArray>} a
	 *          {@code List[Tensor]}, a {@code Map<String, NDArray>} a {@code Dict[str, Tensor]}, an Integer or Long an int,
	 *          a Double a float. No empty list or map: TorchScript could not tell its type
	 * @return the returned tensors in order; a Dict's have their keys as names
	 */
	public NDList call(final NDManager scope, final String method, final Object... arguments) {
		final List<IValue> values = new ArrayList<>();
		try {
			for (final Object argument : arguments)
				values.add(value(method, argument));
			// The profiling executor would compile each new shape anew, and gains nothing measurable here.
			JniUtils.setGraphExecutorOptimize(false);
			try (IValue result = NativeCall.run(block, method, values)) {
				return result.toNDList((PtNDManager) scope);
			}
		}
		finally {
			values.forEach(IValue::close);
			// A method that failed may have left gradients on, for this thread.
			JniUtils.setGradMode(false);
		}
	}

	private IValue value(final String method, final Object argument) {
		if (argument instanceof PtNDArray) return IValue.from((PtNDArray) argument);
		if (argument instanceof Integer || argument instanceof Long) return IValue.from(((Number) argument).longValue());
		if (argument instanceof Double) return IValue.from((Double) argument);
		if (argument instanceof List && !((List<?>) argument).isEmpty()) return IValue.listFrom(((List<?>) argument)
			.toArray(new PtNDArray[0]));
		if (argument instanceof Map && !((Map<?, ?>) argument).isEmpty()) {
			final Map<String, PtNDArray> tensors = new LinkedHashMap<>();
			((Map<?, ?>) argument).forEach((key, tensor) -> tensors.put((String) key, (PtNDArray) tensor));
			return IValue.stringMapFrom(tensors);
		}
		throw new IllegalArgumentException(name + "." + method + ": this argument can't be passed: " + argument);
	}

	@Override
	public void close() {
		model.close();
	}
}
