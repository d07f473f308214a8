package sc.fiji.vasomim.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs TorchScript sources into the archive that libtorch's {@code torch::jit::load} reads, without Python.
 * <p>
 * Each source {@code NAME.torchscript} becomes the name space {@code __torch__.NAME}; sources call one another by that
 * name. The archive's one object is an instance of a class of one of them, with numbers and words as its attributes: a network's
 * configuration. Only text of our own is ever packed, so an archive carries no code of anybody else.
 */
final class ScriptArchive {

	/** Archive format 10: operators as PyTorch 2.x defines them; older numbers choose historic behaviour. */
	private static final String FORMAT_VERSION = "10\n";

	private static final Pattern REFERENCE = Pattern.compile("__torch__\\.(\\w+)\\.");

	private ScriptArchive() {}

	/**
	 * @param module the source that holds the class: the resource {@code /torchscript/MODULE.torchscript}; the sources
	 *          that it calls are packed with it
	 * @param className the class to instantiate
	 * @param attributes its attributes: Integer, Double, Boolean or String
	 */
	static byte[] pack(final String module, final String className, final Map<String, ?> attributes) {
		final Map<String, byte[]> sources = new LinkedHashMap<>();
		collect(module, sources);
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
			zip.setMethod(ZipOutputStream.STORED);
			for (final Map.Entry<String, byte[]> source : sources.entrySet())
				store(zip, "m/code/__torch__/" + source.getKey() + ".py", source.getValue());
			store(zip, "m/data.pkl", pickle(module, className, attributes));
			store(zip, "m/constants.pkl", new byte[] { (byte) 0x80, 2, ')', '.' });
			store(zip, "m/version", FORMAT_VERSION.getBytes(StandardCharsets.US_ASCII));
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
		return bytes.toByteArray();
	}

	private static void collect(final String source, final Map<String, byte[]> sources) {
		if (sources.containsKey(source)) return;
		sources.put(source, read(source));
		REFERENCE.matcher(new String(sources.get(source), StandardCharsets.UTF_8)).results().forEach(reference -> collect(
			reference.group(1), sources));
	}

	private static byte[] read(final String source) {
		final String path = "/torchscript/" + source + ".torchscript";
		try (InputStream in = ScriptArchive.class.getResourceAsStream(path)) {
			if (in == null) throw new IllegalStateException("The plugin's jar lacks " + path);
			return in.readAllBytes();
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private static void store(final ZipOutputStream zip, final String name, final byte[] content) throws IOException {
		final CRC32 crc = new CRC32();
		crc.update(content);
		final ZipEntry entry = new ZipEntry(name);
		entry.setSize(content.length);
		entry.setCrc(crc.getValue());
		zip.putNextEntry(entry);
		zip.write(content);
		zip.closeEntry();
	}

	/** An object with attributes, as pickle protocol 2: GLOBAL class, empty tuple, NEWOBJ, dictionary, BUILD. */
	private static byte[] pickle(final String module, final String className, final Map<String, ?> attributes) {
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.writeBytes(new byte[] { (byte) 0x80, 2, 'c' });
		out.writeBytes(("__torch__." + module + "\n" + className + "\n").getBytes(StandardCharsets.US_ASCII));
		out.writeBytes(new byte[] { ')', (byte) 0x81, '}', '(' });
		attributes.forEach((name, value) -> {
			out.writeBytes(text(name));
			out.writeBytes(value(name, value));
		});
		out.writeBytes(new byte[] { 'u', 'b', '.' });
		return out.toByteArray();
	}

	private static byte[] text(final String text) {
		final byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
		return ByteBuffer.allocate(5 + utf8.length).order(ByteOrder.LITTLE_ENDIAN).put((byte) 'X').putInt(utf8.length).put(
			utf8).array();
	}

	private static byte[] value(final String name, final Object value) {
		if (value instanceof String) return text((String) value);
		if (value instanceof Boolean) return new byte[] { (byte) ((Boolean) value ? 0x88 : 0x89) };
		if (value instanceof Integer)
			return ByteBuffer.allocate(5).order(ByteOrder.LITTLE_ENDIAN).put((byte) 'J').putInt((Integer) value).array();
		if (value instanceof Double)
			return ByteBuffer.allocate(9).put((byte) 'G').putDouble((Double) value).array();
		throw new IllegalArgumentException("attribute " + name + " must be an Integer, Double, Boolean or String, but was " +
			value);
	}
}
