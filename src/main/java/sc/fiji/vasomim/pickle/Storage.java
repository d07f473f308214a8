package sc.fiji.vasomim.pickle;

import java.io.IOException;
import java.util.List;

import sc.fiji.vasomim.files.TensorType;

/**
 * A run of elements outside of the pickle, by the key under which the file keeps it.
 *
 * @param elements their number, as the pickle says
 */
record Storage(TensorType type, String key, long elements) {

	/** Keys are numbers: 0, 1, 2, or addresses in memory. */
	private static final int LONGEST_KEY = 100;

	/** @param id what the pickle says of it: "storage", type, key, device, elements, and in some a view of old times */
	static Storage of(final Object id) throws IOException {
		if (!(id instanceof List<?>)) throw new IOException("its pickle refers to something that is no storage");
		final List<?> parts = (List<?>) id;
		if (parts.size() < 5 || parts.size() > 6 || !"storage".equals(parts.get(0)) || !(parts.get(
			1) instanceof KnownGlobals.StorageType) || !(parts.get(2) instanceof String) || !(parts.get(4) instanceof Long))
			throw new IOException("its pickle refers to something that is no storage");
		if (parts.size() == 6 && parts.get(5) != null) throw new IOException(
			"it has storage views, as PyTorch before 0.4 wrote them; save it again with a newer PyTorch");
		final String key = (String) parts.get(2);
		if (key.length() > LONGEST_KEY) throw new IOException("its pickle has a storage with a key of more than " +
			LONGEST_KEY + " letters");
		final TensorType type = ((KnownGlobals.StorageType) parts.get(1)).type();
		final long elements = (Long) parts.get(4);
		if (elements < 0 || elements > Long.MAX_VALUE / type.bytes()) throw new IOException("its storage " + KnownGlobals
			.quote(key) + " claims " + elements + " elements");
		return new Storage(type, key, elements);
	}

	long bytes() {
		return elements * type.bytes();
	}
}
