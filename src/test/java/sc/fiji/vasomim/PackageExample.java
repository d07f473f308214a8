package sc.fiji.vasomim;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** The example in a package-info, which must be the very lines that a test runs. */
public final class PackageExample {

	private PackageExample() {}

	/** Compares all but indentation: the test's source must hold the lines, one after the other. */
	public static void assertRunBy(final Class<?> test) throws IOException {
		final String folder = test.getPackageName().replace('.', '/') + "/";
		final String info = Files.readString(Path.of("src/main/java", folder, "package-info.java"));
		final String source = lines(Files.readString(Path.of("src/test/java", folder, test.getSimpleName() + ".java")));
		final String example = lines(info.substring(info.indexOf("<pre>") + 5, info.indexOf("</pre>")).replaceAll("\\R \\* ?",
			"\n").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"));
		assertTrue(example.lines().count() >= 5, example);
		assertTrue(source.contains(example), "the example of " + folder + " is not what its test runs:\n" + example);
	}

	private static String lines(final String text) {
		return text.lines().map(String::strip).collect(Collectors.joining("\n")).strip();
	}
}
