package sc.fiji.vasomim.files;

import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import com.google.gson.stream.MalformedJsonException;

/**
 * The JSON header of a safetensors file, parsed strictly: what the reader trusts later is checked here, before any
 * data is touched.
 *
 * @param tensors where each tensor lies, ordered by offset
 */
record SafetensorsHeader(Map<String, String> metadata, Map<String, Slot> tensors) {

	static final String METADATA = "__metadata__";

	/** The format's own bound on the header's length in bytes. */
	private static final long MAX_LENGTH = 100_000_000;

	/** What parsing takes for a byte of a header, garbage included: 40 for one that is all shape, 15 for metadata. */
	private static final long PARSED_BYTES = 48;

	/** What parsing may take whatever the file's length: a header of 3,000 tensors. */
	private static final long SPARE_BYTES = 16 << 20;

	/** The longest header of a file, so that parsing it takes no more memory than the file is long, and a little. */
	static long most(final long fileBytes) {
		return Math.min(MAX_LENGTH, (SPARE_BYTES + fileBytes) / PARSED_BYTES);
	}

	/** @param offset in bytes from the end of the header */
	record Slot(TensorInfo info, long offset) {}

	/**
	 * @param json the header, UTF-8, without the eight bytes of its length
	 * @param dataBytes how many bytes follow the header
	 * @throws IOException saying what is wrong; never another exception, whatever the bytes are
	 */
	static SafetensorsHeader parse(final ByteBuffer json, final long dataBytes) throws IOException {
		final String text;
		try {
			text = StandardCharsets.UTF_8.newDecoder().decode(json).toString();
		}
		catch (final CharacterCodingException e) {
			throw new IOException("the header is not UTF-8", e);
		}
		if (!text.startsWith("{")) throw new IOException("the header does not begin with {");
		final JsonReader reader = new JsonReader(new StringReader(text));
		try {
			return parse(reader).inOrder(dataBytes);
		}
		catch (final MalformedJsonException | EOFException | RuntimeException e) {
			// Gson has several ways to refuse, and none that helps a reader of the message; ours say more.
			final String detail = e instanceof IllegalArgumentException ? ": " + e.getMessage() : "";
			throw new IOException("the header is malformed at " + reader.getPath() + detail, e);
		}
	}

	private static SafetensorsHeader parse(final JsonReader json) throws IOException {
		final SafetensorsHeader header = new SafetensorsHeader(new LinkedHashMap<>(), new LinkedHashMap<>());
		boolean hasMetadata = false;
		json.beginObject();
		while (json.hasNext()) {
			final String name = json.nextName();
			if (name.equals(METADATA)) {
				if (hasMetadata) throw new IOException(METADATA + " occurs twice");
				hasMetadata = true;
				parseMetadata(json, header.metadata);
			}
			else if (header.tensors.put(name, parseSlot(json, name)) != null) {
				throw new IOException("tensor " + name + " occurs twice");
			}
		}
		json.endObject();
		if (json.peek() != JsonToken.END_DOCUMENT) throw new IOException("something follows the header's last }");
		return header;
	}

	private static void parseMetadata(final JsonReader json, final Map<String, String> metadata) throws IOException {
		json.beginObject();
		while (json.hasNext()) {
			final String key = json.nextName();
			if (json.peek() != JsonToken.STRING) throw new IOException("metadata " + key + " is not a string");
			if (metadata.put(key, json.nextString()) != null)
				throw new IOException("metadata " + key + " occurs twice");
		}
		json.endObject();
	}

	private static Slot parseSlot(final JsonReader json, final String name) throws IOException {
		TensorType type = null;
		List<Long> shape = null;
		List<Long> offsets = null;
		json.beginObject();
		while (json.hasNext()) {
			final String key = json.nextName();
			if (key.equals("dtype") && type == null) type = parseType(json.nextString(), name);
			else if (key.equals("shape") && shape == null) shape = parseNumbers(json);
			else if (key.equals("data_offsets") && offsets == null) offsets = parseNumbers(json);
			else throw new IOException("tensor " + name + " has an unknown or repeated entry " + key);
		}
		json.endObject();
		if (type == null || shape == null || offsets == null || offsets.size() != 2) {
			throw new IOException("tensor " + name + " lacks dtype, shape or two data_offsets");
		}
		final TensorInfo info = new TensorInfo(name, type, shape);
		final long begin = offsets.get(0);
		final long end = offsets.get(1);
		if (begin < 0 || end < begin || end - begin != info.bytes()) {
			throw new IOException("tensor " + name + ": " + type + " " + shape + " has " + info.bytes() +
				" bytes, but its data_offsets are " + offsets);
		}
		return new Slot(info, begin);
	}

	private static TensorType parseType(final String type, final String name) throws IOException {
		for (final TensorType known : TensorType.values()) if (known.name().equals(type)) return known;
		throw new IOException("tensor " + name + " has the type " + type + "; supported are " +
			List.of(TensorType.values()));
	}

	private static List<Long> parseNumbers(final JsonReader json) throws IOException {
		final List<Long> numbers = new ArrayList<>();
		json.beginArray();
		while (json.hasNext()) {
			if (json.peek() != JsonToken.NUMBER) throw new IOException("not a number at " + json.getPath());
			numbers.add(Long.parseLong(json.nextString()));
		}
		json.endArray();
		return numbers;
	}

	/** Refuses holes, overlaps and data that no tensor owns. */
	private SafetensorsHeader inOrder(final long dataBytes) throws IOException {
		final List<Slot> slots = new ArrayList<>(tensors.values());
		slots.sort(Comparator.comparingLong(Slot::offset).thenComparingLong(slot -> slot.info.bytes()));
		final Map<String, Slot> ordered = new LinkedHashMap<>();
		long end = 0;
		for (final Slot slot : slots) {
			if (slot.offset != end) {
				throw new IOException("tensor " + slot.info.name() + " begins at byte " + slot.offset +
					" of the data, but the one before it ends at " + end);
			}
			end = Math.addExact(end, slot.info.bytes());
			ordered.put(slot.info.name(), slot);
		}
		if (end != dataBytes) {
			throw new IOException("the tensors need " + end + " bytes of data, but the file holds " + dataBytes);
		}
		return new SafetensorsHeader(metadata, ordered);
	}

	/** The header as it stands in a file, padded with spaces so that the data begin at a multiple of 8 bytes. */
	byte[] toBytes() throws IOException {
		final StringWriter text = new StringWriter();
		try (JsonWriter json = new JsonWriter(text)) {
			json.setHtmlSafe(false);
			json.beginObject();
			if (!metadata.isEmpty()) {
				json.name(METADATA).beginObject();
				// Some maps have another order in each Java, but the same model shall be the same file.
				for (final Map.Entry<String, String> entry : new TreeMap<>(metadata).entrySet()) {
					json.name(entry.getKey()).value(entry.getValue());
				}
				json.endObject();
			}
			for (final Slot slot : tensors.values()) write(json, slot);
			json.endObject();
		}
		final byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
		final byte[] padded = Arrays.copyOf(bytes, (bytes.length + 7) / 8 * 8);
		Arrays.fill(padded, bytes.length, padded.length, (byte) ' ');
		return padded;
	}

	private static void write(final JsonWriter json, final Slot slot) throws IOException {
		json.name(slot.info.name()).beginObject();
		json.name("dtype").value(slot.info.type().name());
		json.name("shape").beginArray();
		for (final long axis : slot.info.shape()) json.value(axis);
		json.endArray();
		json.name("data_offsets").beginArray().value(slot.offset).value(slot.offset + slot.info.bytes()).endArray();
		json.endObject();
	}
}
