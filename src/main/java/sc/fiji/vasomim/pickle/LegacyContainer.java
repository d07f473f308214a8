package sc.fiji.vasomim.pickle;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What PyTorch wrote before 1.6, and still writes when asked to: five pickles (a magic number, the format's version,
 * facts about the machine, the object, the keys of its storages), then each storage: the number of its elements in 8
 * bytes, and its elements.
 *
 * @param starts where each storage's elements begin, in bytes from the file's start
 */
record LegacyContainer(Object root, Map<String, Long> starts) implements Container {

	private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);

	private static final Long VERSION = 1001L;

	static LegacyContainer read(final FileChannel channel, final Allowance allowance) throws IOException {
		final PickleInput in = new PickleInput(channel, 0, channel.size(), allowance);
		final Map<String, Storage> storages = new HashMap<>();
		if (!MAGIC.equals(Unpickler.read(in, storages, allowance)) || !VERSION.equals(Unpickler.read(in, storages,
			allowance))) throw new IOException("it does not begin with PyTorch's magic number and version");
		final Object machine = Unpickler.read(in, storages, allowance);
		if (!(machine instanceof Map<?, ?>) || !Boolean.TRUE.equals(((Map<?, ?>) machine).get("little_endian")))
			throw new IOException("it was written on a big-endian machine; save it again on another");
		final Object root = Unpickler.read(in, storages, allowance);
		final Object keys = Unpickler.read(in, storages, allowance);
		if (!(keys instanceof List<?>)) throw new IOException("it has no list of its storages");
		return new LegacyContainer(root, starts(channel, in.position(), (List<?>) keys, storages));
	}

	private static Map<String, Long> starts(final FileChannel channel, final long begin, final List<?> keys,
		final Map<String, Storage> storages) throws IOException
	{
		final Map<String, Long> starts = new HashMap<>();
		long position = begin;
		for (final Object key : keys) {
			final Storage storage = key instanceof String ? storages.get(key) : null;
			if (storage == null || starts.containsKey(key)) throw new IOException(
				"its list of storages names one twice, or one that no tensor has");
			final long elements = number(channel, position);
			position += Long.BYTES;
			if (elements != storage.elements() || storage.bytes() > channel.size() - position) throw new IOException(
				"its storage " + KnownGlobals.quote(storage.key()) + " should have " + storage.elements() + " " + storage
					.type() + ", but has " + elements + " in a file with " + (channel.size() - position) + " bytes left");
			starts.put(storage.key(), position);
			position += storage.bytes();
		}
		return starts;
	}

	private static long number(final FileChannel channel, final long position) throws IOException {
		final ByteBuffer number = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
		while (number.hasRemaining())
			if (channel.read(number, position + number.position()) < 0) throw new IOException("it ends before its storages");
		return number.getLong(0);
	}

	@Override
	public long locate(final Storage storage) throws IOException {
		final Long start = starts.get(storage.key());
		if (start == null) throw new IOException("it lacks the storage " + KnownGlobals.quote(storage.key()));
		return start;
	}
}
