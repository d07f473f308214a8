package sc.fiji.vasomim.setup;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

import sc.fiji.vasomim.torch.PytorchBuild;

/** What DJL's host has, in small: two libraries of a build, whose content is noise. */
public final class TinyNatives {

	private static final String CUDA = System.mapLibraryName("torch_cuda");

	/** Longer than what is read in one piece. */
	private static final int BYTES = 200_000;

	private TinyNatives() {}

	/** Contents by their names. */
	static Map<String, byte[]> libraries(final PytorchBuild build) {
		final Map<String, byte[]> libraries = new LinkedHashMap<>();
		final String second = build == PytorchBuild.CUDA ? CUDA : System.mapLibraryName("c10");
		for (final String name : new String[] { second, PytorchBuild.mainLibrary() }) {
			final byte[] content = new byte[BYTES];
			new Random(name.hashCode()).nextBytes(content);
			libraries.put(name, content);
		}
		return libraries;
	}

	/** Compressed contents by their paths, and the list of them all. */
	static Map<String, byte[]> files(final PytorchBuild build) {
		final Map<String, byte[]> files = new LinkedHashMap<>();
		libraries(build).forEach((name, content) -> files.put(path(build, name), gzip(content)));
		files.put(FilesIndex.NAME, String.join("\n", files.keySet()).getBytes());
		return files;
	}

	static String path(final PytorchBuild build, final String name) {
		return build.flavour() + "/" + PytorchBuild.system() + "/native/lib/" + name + ".gz";
	}

	static byte[] gzip(final byte[] content) {
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream stream = new GZIPOutputStream(bytes)) {
			stream.write(content);
		}
		catch (final IOException e) {
			throw new AssertionError(e);
		}
		return bytes.toByteArray();
	}

	/** A copy of the host. */
	public static Path write(final Path folder, final PytorchBuild build) throws IOException {
		for (final Map.Entry<String, byte[]> file : files(build).entrySet()) {
			Files.createDirectories(folder.resolve(file.getKey()).getParent());
			Files.write(folder.resolve(file.getKey()), file.getValue());
		}
		return folder;
	}
}
