package sc.fiji.vasomim.command;

import java.util.Objects;
import java.util.function.Consumer;

/** A value that is made anew only when what it depends on has changed. Not thread-safe. */
final class Remembered<V> {

	/** Makes a value, or fails as it must. */
	interface Maker<V, E extends Exception> {

		V make() throws E;
	}

	private final Consumer<V> discard;

	private Object key;

	private V value;

	/** @param discard what to do with a value that is needed no more, such as closing it */
	Remembered(final Consumer<V> discard) {
		this.discard = discard;
	}

	/** @param dependsOn all that the value depends on, compared by {@code equals} */
	<E extends Exception> V get(final Object dependsOn, final Maker<V, E> maker) throws E {
		if (value != null && Objects.equals(key, dependsOn)) return value;
		final V made = maker.make();
		forget();
		key = dependsOn;
		value = made;
		return made;
	}

	/** The last value; null if there is none. */
	V value() {
		return value;
	}

	void forget() {
		if (value != null) discard.accept(value);
		value = null;
	}
}
