package sc.fiji.vasomim.torch;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Properties;

import ai.djl.util.Platform;

/**
 * Whether DJL's jars fit together. They are three: the engine, its JNI library, and perhaps one of PyTorch's own
 * libraries; with a wrong pair DJL would download another one, or end Java without a word.
 */
final class DjlJars {

	private static final String ENGINE = "/pytorch-engine.properties", JNI = "/jnilib/pytorch.properties";

	/** A class of each jar that has any, and the file of the one that has none. */
	private static final List<String> ONCE = List.of("ai/djl/engine/Engine.class", "ai/djl/pytorch/engine/PtEngine.class",
		JNI.substring(1));

	static final String REMEDY = ". See that only the DJL jars of the plugin's update site are installed.";

	private DjlJars() {}

	/** The version of DJL, such as 0.35.1. */
	static String djl() {
		return read(ENGINE).getProperty("djl_version", "");
	}

	/** The version of PyTorch that the JNI library is built for, such as 2.7.1. */
	static String pytorch() {
		return jni().split("-")[0];
	}

	private static String jni() {
		return read(JNI).getProperty("jni_version", "");
	}

	/** The version of PyTorch's libraries that a jar brings for this system; null if none does. */
	static String libraries() {
		final Platform platform = Platform.detectPlatform("pytorch");
		return platform.isPlaceholder() ? null : platform.getVersion();
	}

	/** @throws IllegalArgumentException if one is there twice or does not fit; the message names the files or versions */
	static void require() {
		requireOnce(DjlJars.class.getClassLoader());
		require(djl(), jni(), libraries());
	}

	/** Of two, each class may come from another one. */
	static void requireOnce(final ClassLoader loader) {
		for (final String resource : ONCE) {
			final List<String> files = files(loader, resource);
			if (files.size() > 1) throw new IllegalArgumentException("device: DJL is there more than once: " + String.join(", ",
				files) + REMEDY);
		}
	}

	private static List<String> files(final ClassLoader loader, final String resource) {
		try {
			return SecondCopies.files(loader, resource);
		}
		catch (final IOException e) {
			throw new IllegalArgumentException("device: DJL's jars cannot be read. Install the plugin again.", e);
		}
	}

	/** @param libraries null if no jar has any */
	static void require(final String djl, final String jni, final String libraries) {
		final String[] pytorchAndDjl = jni.split("-", 2);
		if (pytorchAndDjl.length < 2 || !pytorchAndDjl[1].startsWith(djl)) throw unfit("pytorch-jni " + jni,
			"pytorch-engine " + djl);
		if (libraries != null && !libraries.split("-")[0].equals(pytorchAndDjl[0])) throw unfit("pytorch-native " + libraries,
			"pytorch-jni " + jni);
	}

	private static IllegalArgumentException unfit(final String one, final String other) {
		return new IllegalArgumentException("device: DJL's jars do not fit together: " + one + " is there with " + other +
			REMEDY);
	}

	private static Properties read(final String resource) {
		final Properties properties = new Properties();
		try (InputStream stream = DjlJars.class.getResourceAsStream(resource)) {
			if (stream == null) throw new IllegalArgumentException("device: DJL's jar with " + resource +
				" is not there. Install the plugin again.");
			properties.load(stream);
			return properties;
		}
		catch (final IOException e) {
			throw new IllegalArgumentException("device: DJL's jar with " + resource +
				" cannot be read. Install the plugin again.", e);
		}
	}
}
