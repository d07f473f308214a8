package sc.fiji.vasomim.pickle;

import java.io.IOException;

/** How a PyTorch file holds its pickle and its storages. */
interface Container {

	/** What the pickle says: dictionaries, lists, numbers, texts, tensors. */
	Object root();

	/**
	 * Where a storage's data begin, in bytes from the file's start.
	 *
	 * @throws IOException if the file does not hold all bytes of it
	 */
	long locate(Storage storage) throws IOException;
}
