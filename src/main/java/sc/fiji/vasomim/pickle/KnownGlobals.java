package sc.fiji.vasomim.pickle;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import sc.fiji.vasomim.files.TensorType;

/**
 * The closed list of what a pickle may name. Each name stands for a piece of this class, never for code of the file
 * or of another library; what is not on the list is refused. The list holds what state dictionaries need, and what
 * the training loops of the known layouts save beside them: their arguments and numbers become {@link #IGNORED}.
 */
final class KnownGlobals {

	/** An object that no weights depend on. It takes all that is put into it, and keeps nothing. */
	static final Object IGNORED = new Object();

	/** What a name stands for. */
	interface Global {

		/** What the pickle gets that calls it. */
		Object call(List<?> args) throws IOException;
	}

	/** The element type of a storage; it is named, never called. */
	record StorageType(TensorType type) implements Global {

		@Override
		public Object call(final List<?> args) throws IOException {
			throw new IOException("its pickle calls a storage type");
		}
	}

	private static final Map<String, Global> LIST = new HashMap<>();

	static {
		LIST.put("torch._utils._rebuild_tensor", StridedTensor::rebuild);
		LIST.put("torch._utils._rebuild_tensor_v2", StridedTensor::rebuild);
		LIST.put("torch._utils._rebuild_parameter", KnownGlobals::tensorFirst);
		LIST.put("torch._utils._rebuild_parameter_with_state", KnownGlobals::tensorFirst);
		LIST.put("collections.OrderedDict", KnownGlobals::emptyDictionary);
		LIST.put("torch.FloatStorage", new StorageType(TensorType.F32));
		LIST.put("torch.HalfStorage", new StorageType(TensorType.F16));
		LIST.put("torch.BFloat16Storage", new StorageType(TensorType.BF16));
		LIST.put("torch.DoubleStorage", new StorageType(TensorType.F64));
		LIST.put("torch.LongStorage", new StorageType(TensorType.I64));
		LIST.put("torch.IntStorage", new StorageType(TensorType.I32));
		LIST.put("torch.ByteStorage", new StorageType(TensorType.U8));
		LIST.put("torch.BoolStorage", new StorageType(TensorType.BOOL));
		// The arguments of MAE, DINO and their kin, and of SimMIM.
		ignore("argparse.Namespace", "yacs.config.CfgNode", "__builtin__.set", "builtins.set");
		// What arguments hold, and the learning rates that DINO and iBOT take from a NumPy array.
		ignore("torch.Size", "torch.device", "torch.float32", "torch.float16", "torch.bfloat16", "torch.float64",
			"pathlib.PosixPath", "pathlib.WindowsPath", "numpy.dtype", "numpy.core.multiarray.scalar",
			"numpy._core.multiarray.scalar", "_codecs.encode");
	}

	private KnownGlobals() {}

	private static void ignore(final String... names) {
		for (final String name : names) LIST.put(name, args -> IGNORED);
	}

	static Global find(final String module, final String name) throws IOException {
		final String path = module + "." + name;
		final Global known = LIST.get(path);
		if (known == null) throw new IOException("its pickle names " + quote(path) +
			", which is not among the data that this software reads. No code of the file was run. If you trust the file, " +
			"load it in Python and save its state dictionary alone, best as safetensors");
		return known;
	}

	/** Names come from the file: nothing but letters may reach a terminal, and not too many. */
	static String quote(final String name) {
		final int most = 100;
		final String start = name.length() > most ? name.substring(0, most) + "..." : name;
		return start.replaceAll("[^\\x20-\\x7e]", "?");
	}

	private static Object tensorFirst(final List<?> args) throws IOException {
		if (args.isEmpty() || !(args.get(0) instanceof StridedTensor)) throw new IOException(
			"its pickle has a parameter without a tensor");
		return args.get(0);
	}

	private static Object emptyDictionary(final List<?> args) throws IOException {
		if (!args.isEmpty()) throw new IOException(
			"its pickle has an OrderedDict as Python 2 wrote it; save it again with Python 3");
		return new LinkedHashMap<>();
	}
}
