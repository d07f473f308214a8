package sc.fiji.vasomim.pickle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import sc.fiji.vasomim.files.AtomicFile;
import sc.fiji.vasomim.files.TensorInfo;
import sc.fiji.vasomim.files.TensorSource;

/**
 * An open file of {@code torch.save} (.pth, .pt), of either container. A tensor's name is the path to it through the
 * dictionaries, as {@code model/blocks.0.norm1.weight}; metadata are the texts of the top dictionary. Reading runs no
 * code: see {@link KnownGlobals} for what a file may contain, all else is refused.
 */
public final class PyTorchFile implements TensorSource {

	private final Path file;

	private final FileChannel channel;

	private final TensorTree tree;

	/** Where each tensor's storage begins, in bytes from the file's start. */
	private final Map<String, Long> starts = new LinkedHashMap<>();

	private PyTorchFile(final Path file, final FileChannel channel) throws IOException {
		this.file = file;
		this.channel = channel;
		final Allowance allowance = new Allowance(channel.size());
		final Container container = isZip() ? ZipContainer.read(channel, allowance) : LegacyContainer.read(channel,
			allowance);
		tree = TensorTree.of(container.root(), allowance);
		for (final Map.Entry<String, StridedTensor> tensor : tree.tensors().entrySet())
			starts.put(tensor.getKey(), container.locate(tensor.getValue().storage()));
	}

	private boolean isZip() throws IOException {
		final ByteBuffer first = ByteBuffer.allocate(4);
		return channel.read(first, 0) == 4 && first.getInt(0) == 0x504b0304;
	}

	public static PyTorchFile open(final Path file) throws IOException {
		FileChannel channel = null;
		try {
			channel = FileChannel.open(file, StandardOpenOption.READ);
			return new PyTorchFile(file, channel);
		}
		catch (final IOException e) {
			if (channel != null) channel.close();
			throw new IOException("Cannot read " + file + ": " + AtomicFile.reason(e), e);
		}
	}

	@Override
	public Map<String, String> metadata() {
		return Collections.unmodifiableMap(tree.texts());
	}

	@Override
	public Collection<String> names() {
		return Collections.unmodifiableSet(tree.tensors().keySet());
	}

	@Override
	public boolean contains(final String name) {
		return tree.tensors().containsKey(name);
	}

	@Override
	public TensorInfo info(final String name) {
		final StridedTensor tensor = tensor(name);
		return new TensorInfo(name, tensor.storage().type(), tensor.shape());
	}

	@Override
	public void read(final String name, final long offset, final ByteBuffer buffer) throws IOException {
		final StridedTensor tensor = tensor(name);
		final int size = tensor.storage().type().bytes();
		if (offset < 0 || offset % size != 0 || buffer.remaining() % size != 0 || offset > tensor.elements() * size - buffer
			.remaining()) throw new IllegalArgumentException("offset: " + buffer.remaining() + " bytes from " + offset +
				" on are not inside the " + tensor.elements() * size + " bytes of tensor " + name + " of " + file);
		buffer.order(ByteOrder.LITTLE_ENDIAN);
		final long start = starts.get(name) + tensor.offset() * size;
		if (tensor.isContiguous()) readFully(start + offset, buffer);
		else gather(tensor, start, offset / size, buffer);
	}

	/** Reads all that the tensor spans, and copies its elements in their order. */
	private void gather(final StridedTensor tensor, final long start, final long first, final ByteBuffer buffer)
		throws IOException
	{
		if (!buffer.hasRemaining()) return;
		final int size = tensor.storage().type().bytes();
		final long span = (tensor.last() - tensor.offset() + 1) * size;
		if (span > Integer.MAX_VALUE) throw new IOException("Cannot read " + file + ": a transposed tensor spans " + span +
			" bytes; save a contiguous copy");
		final ByteBuffer all = ByteBuffer.allocateDirect((int) span);
		readFully(start, all);
		tensor.gather(all, first, buffer);
	}

	private void readFully(final long start, final ByteBuffer buffer) throws IOException {
		final long end = start + buffer.remaining();
		while (buffer.hasRemaining())
			if (channel.read(buffer, end - buffer.remaining()) < 0) throw new IOException(file + " was cut while open");
	}

	private StridedTensor tensor(final String name) {
		final StridedTensor tensor = tree.tensors().get(name);
		if (tensor == null) throw new IllegalArgumentException("name: " + file + " holds no tensor " + name);
		return tensor;
	}

	@Override
	public String toString() {
		return file.toString();
	}

	@Override
	public void close() throws IOException {
		channel.close();
	}
}
