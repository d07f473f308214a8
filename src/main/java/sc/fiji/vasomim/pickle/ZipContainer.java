package sc.fiji.vasomim.pickle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;

/**
 * What PyTorch writes since 1.6: a zip archive of stored entries in one folder, {@code data.pkl} and one entry a
 * storage, {@code data/KEY}.
 *
 * @param folder the folder's name with a slash
 */
record ZipContainer(Object root, ZipEntries entries, String folder) implements Container {

	private static final String PICKLE = "/data.pkl";

	private static final int LONGEST_BYTE_ORDER = 16;

	static ZipContainer read(final FileChannel channel, final Allowance allowance) throws IOException {
		final ZipEntries entries = new ZipEntries(channel, allowance);
		final String folder = folder(entries);
		if (entries.size(folder + "constants.pkl") >= 0) throw new IOException(
			"it is a TorchScript program, not a checkpoint; save the state dictionary of the model instead");
		requireLittleEndian(channel, entries, folder + "byteorder");
		final long start = entries.start(folder + PICKLE.substring(1));
		final long end = start + entries.size(folder + PICKLE.substring(1));
		final PickleInput pickle = new PickleInput(channel, start, end, allowance);
		return new ZipContainer(Unpickler.read(pickle, new HashMap<>(), allowance), entries, folder);
	}

	private static String folder(final ZipEntries entries) throws IOException {
		String folder = null;
		for (final String name : entries.names()) {
			if (!name.endsWith(PICKLE) || name.indexOf('/') != name.length() - PICKLE.length()) continue;
			if (folder != null) throw new IOException("it has two folders with a data.pkl");
			folder = name.substring(0, name.indexOf('/') + 1);
		}
		if (folder == null) throw new IOException("it is a zip archive without data.pkl, so not one of PyTorch");
		return folder;
	}

	/** Archives before PyTorch 2.1 do not say; those were little-endian unless written on a mainframe. */
	private static void requireLittleEndian(final FileChannel channel, final ZipEntries entries, final String name)
		throws IOException
	{
		final long size = entries.size(name);
		if (size < 0) return;
		final ByteBuffer order = ByteBuffer.allocate((int) Math.min(size, LONGEST_BYTE_ORDER));
		final long start = entries.start(name);
		while (order.hasRemaining())
			if (channel.read(order, start + order.position()) < 0) throw new IOException("it was cut while open");
		final String text = new String(order.array(), StandardCharsets.US_ASCII);
		if (!text.equals("little")) throw new IOException("its byte order is " + KnownGlobals.quote(text) +
			"; save it again on a little-endian machine");
	}

	@Override
	public long locate(final Storage storage) throws IOException {
		final String name = folder + "data/" + storage.key();
		final long start = entries.start(name);
		if (entries.size(name) < storage.bytes()) throw new IOException("its entry " + KnownGlobals.quote(name) + " has " +
			entries.size(name) + " bytes, but should hold " + storage.elements() + " " + storage.type());
		return start;
	}
}
