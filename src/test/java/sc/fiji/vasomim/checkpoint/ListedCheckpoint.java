package sc.fiji.vasomim.checkpoint;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

import sc.fiji.vasomim.files.TensorInfo;
import sc.fiji.vasomim.files.TensorSource;
import sc.fiji.vasomim.files.TensorType;

/** A checkpoint of which names and shapes are known: a list of the test resources {@code layouts}. All values are 0. */
record ListedCheckpoint(Map<String, TensorInfo> tensors) implements TensorSource {

	static ListedCheckpoint of(final String list) throws IOException {
		final Map<String, TensorInfo> tensors = new LinkedHashMap<>();
		try (InputStream stream = ListedCheckpoint.class.getResourceAsStream("/layouts/" + list + ".txt.gz");
				BufferedReader lines = new BufferedReader(new InputStreamReader(new GZIPInputStream(stream),
					StandardCharsets.UTF_8)))
		{
			lines.lines().filter(line -> !line.startsWith("#")).map(ListedCheckpoint::parse).forEach(info -> tensors.put(info
				.name(), info));
		}
		return new ListedCheckpoint(tensors);
	}

	private static TensorInfo parse(final String line) {
		final String[] words = line.split(" ");
		final List<Long> shape = words[1].equals("-") ? List.of() : Arrays.stream(words[1].split("x")).map(Long::valueOf)
			.toList();
		return new TensorInfo(words[0], words.length == 2 ? TensorType.F32 : TensorType.I64, shape);
	}

	@Override
	public Map<String, String> metadata() {
		return Map.of();
	}

	@Override
	public Collection<String> names() {
		return tensors.keySet();
	}

	@Override
	public boolean contains(final String name) {
		return tensors.containsKey(name);
	}

	@Override
	public TensorInfo info(final String name) {
		return tensors.get(name);
	}

	@Override
	public void read(final String name, final long offset, final ByteBuffer buffer) {
		buffer.position(buffer.limit());
	}

	@Override
	public void close() {}
}
