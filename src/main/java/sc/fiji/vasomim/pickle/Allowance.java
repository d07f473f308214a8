package sc.fiji.vasomim.pickle;

import java.io.IOException;

/**
 * The memory that opening a file may take: as much as the file is long, and a little for small ones. A byte of a pickle
 * can make an object of many, and a dictionary can be met on many ways, so what is made is counted before it is made. As
 * everything that is done takes of it, it bounds the time too. For one thread.
 */
final class Allowance {

	/** What a file may take whatever its length: tables of a network of a few hundred tensors. */
	static final long SPARE = 4 << 20;

	/** A ViT-g with its optimiser, 130,000 steps of a pickle, takes 40 MiB. */
	static final long MOST = 256 << 20;

	private long left;

	/** @param fileBytes the file's length */
	Allowance(final long fileBytes) {
		left = SPARE + Math.min(fileBytes, MOST - SPARE);
	}

	/**
	 * @param bytes about to be allocated, rounded up
	 * @throws IOException if there are not so many left
	 */
	void take(final long bytes) throws IOException {
		left -= bytes;
		if (left < 0) throw new IOException("it describes more than a file of its length, and of less than " + (MOST >> 20) +
			" MiB in memory, can hold; save the state dictionary alone");
	}
}
