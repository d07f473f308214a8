package sc.fiji.vasomim.torch;

import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Libraries that are in the class path more than once: of several versions, which is used depends on the jars' order. */
final class SecondCopies {

	private static final Map<String, String> WITNESSES = Map.of("gson", "com/google/gson/Gson.class", "jna",
		"com/sun/jna/Native.class", "commons-compress", "org/apache/commons/compress/archivers/ArchiveEntry.class", "slf4j",
		"org/slf4j/LoggerFactory.class", "DJL", "ai/djl/engine/Engine.class", "DJL's PyTorch engine",
		"ai/djl/pytorch/engine/PtEngine.class");

	private SecondCopies() {}

	/** @return a line for each library that is there twice or more, with the files; empty if all is well */
	static List<String> find(final ClassLoader loader) throws IOException {
		final List<String> lines = new ArrayList<>();
		for (final String library : WITNESSES.keySet().stream().sorted().toList()) {
			final List<String> files = files(loader, WITNESSES.get(library));
			if (files.size() > 1) lines.add(library + " is there " + files.size() + " times: " + String.join(", ", files));
		}
		return lines;
	}

	/** @return the jars or folders that have the resource */
	static List<String> files(final ClassLoader loader, final String resource) throws IOException {
		return Collections.list(loader.getResources(resource)).stream().map(url -> file(url, resource)).distinct().toList();
	}

	/** Of jar:file:/folder/a.jar!/com/..., /folder/a.jar. */
	private static String file(final URL url, final String resource) {
		final String path = url.getPath();
		return path.substring(0, path.length() - resource.length()).replaceAll("^file:|!?/$", "");
	}
}
