package sc.fiji.vasomim.torch;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.concurrent.locks.Lock;

import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;

/**
 * DJL's native call of a TorchScript method with autograd. DJL offers it only behind {@code IValueUtils.forward}, which
 * takes the arguments' structure from the arrays' names (so that threads can't share an array) and leaks every argument
 * when the method fails; hence the reflection. The engine's version is pinned, and any test that calls a script would
 * tell of a change.
 */
final class NativeCall {

	private static final MethodHandle RUN_METHOD;

	private static final MethodHandle NEW_IVALUE;

	static {
		try {
			final Class<?> library = Class.forName("ai.djl.pytorch.jni.PyTorchLibrary");
			final MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(library, MethodHandles.lookup());
			final Object instance = lookup.findStaticGetter(library, "LIB", library).invoke();
			RUN_METHOD = lookup.findVirtual(library, "moduleRunMethod", MethodType.methodType(long.class, long.class,
				String.class, long[].class, boolean.class, boolean.class)).bindTo(instance);
			NEW_IVALUE = MethodHandles.privateLookupIn(IValue.class, lookup).findConstructor(IValue.class, MethodType
				.methodType(void.class, long.class));
		}
		catch (final Throwable e) {
			throw new IllegalStateException("This version of DJL's PyTorch engine is not the one that VasoMIM is built for: " +
				"see that only the DJL jars of its update site are installed", e);
		}
	}

	private NativeCall() {}

	/** @return owned by the caller, as the arguments are */
	static IValue run(final PtSymbolBlock module, final String method, final List<IValue> arguments) {
		final long[] handles = arguments.stream().mapToLong(IValue::getHandle).toArray();
		final Lock call = ExitGate.enter();
		try {
			return (IValue) NEW_IVALUE.invoke((long) RUN_METHOD.invoke((long) module.getHandle(), method, handles, true,
				false));
		}
		catch (final RuntimeException | Error e) {
			throw e;
		}
		catch (final Throwable e) {
			throw new IllegalStateException(e);
		}
		finally {
			call.unlock();
		}
	}
}
