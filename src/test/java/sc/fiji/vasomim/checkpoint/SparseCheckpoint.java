package sc.fiji.vasomim.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;

import com.google.gson.Gson;

/** A safetensors file of zeros, which file systems keep in no space. */
final class SparseCheckpoint {

	private SparseCheckpoint() {}

	/** @param shapes by name, in order; all are F32 */
	static void write(final Path file, final Map<String, long[]> shapes) throws IOException {
		final StringBuilder header = new StringBuilder();
		long end = 0;
		for (final Map.Entry<String, long[]> tensor : shapes.entrySet()) {
			final long start = end;
			end += 4 * Arrays.stream(tensor.getValue()).reduce(1, Math::multiplyExact);
			header.append(header.isEmpty() ? "{" : ",").append(new Gson().toJson(tensor.getKey())).append(
				":{\"dtype\":\"F32\",\"shape\":").append(Arrays.toString(tensor.getValue())).append(",\"data_offsets\":[").append(
					start).append(',').append(end).append("]}");
		}
		final byte[] json = header.append('}').toString().getBytes(StandardCharsets.UTF_8);
		final ByteBuffer begin = ByteBuffer.allocate(8 + json.length).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(
			json).flip();
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
			StandardOpenOption.WRITE, StandardOpenOption.SPARSE))
		{
			final long size = begin.limit() + end;
			channel.write(begin);
			if (end > 0) channel.write(ByteBuffer.allocate(1), size - 1);
		}
	}
}
