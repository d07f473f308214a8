package sc.fiji.vasomim.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.annotations.Index;
import org.scijava.plugin.Plugin;
import org.scijava.plugin.SciJavaPlugin;
import org.scijava.util.FileUtils;

/** What the update site brings is whole, and nothing in it is there twice or in Fiji's own way. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the tree is made by a POSIX shell")
class StagedTreeTest {

	@TempDir
	private static Path folder;

	private static Path tree;

	private static List<Path> staged;

	/** The runtime dependencies that are not staged: Fiji has them, or they are not needed, update-site/not-staged.txt. */
	private static List<Path> fijis;

	@BeforeAll
	static void stage() throws IOException, InterruptedException {
		tree = Staged.tree();
		try (Stream<Path> files = Files.walk(tree)) {
			staged = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
		}
		final Set<String> left;
		try (Stream<String> lines = Files.lines(Path.of("update-site/not-staged.txt"))) {
			left = lines.filter(line -> line.contains("  Fiji has it")).map(line -> line.split(" ")[0]).collect(Collectors
				.toSet());
		}
		fijis = Staged.runtimeJars().stream().filter(jar -> left.contains(jar.getFileName().toString().replaceFirst("-\\d.*",
			""))).toList();
		assertEquals(left.size(), fijis.size(), "update-site/not-staged.txt names what is no dependency");
	}

	@Test
	void itIsTheseFiles() throws IOException {
		try (Stream<Path> files = Files.walk(tree)) {
			assertEquals(List.of("jars/djl-api.jar", "jars/djl-pytorch-engine.jar", "jars/djl-pytorch-jni.jar", "jars/vasomim-java8.jar",
				"licenses/vasomim-djl.txt", "licenses/vasomim.txt", "macros/toolsets/VasoMIM.ijm", "plugins/vasomim.jar"), files
					.filter(Files::isRegularFile).map(file -> updatersName(tree.relativize(file))).sorted().toList());
		}
	}

	/** The updater replaces a file by one of the same name without versions. */
	private static String updatersName(final Path file) {
		return FileUtils.stripFilenameVersion(file.toString().replace(File.separatorChar, '/'));
	}

	@Test
	void noPackageIsThereTwiceNorInFiji() throws IOException {
		final Map<String, Path> homes = new HashMap<>();
		for (final Path jar : Stream.concat(staged.stream(), fijis.stream()).toList()) {
			for (final String name : packages(jar)) {
				final Path other = homes.put(name, jar);
				assertTrue(other == null, name + " is in " + jar + " and " + other);
			}
		}
		assertTrue(homes.keySet().containsAll(List.of("ai.djl", "sc.fiji.vasomim.command", "com.google.gson")));
	}

	private static Set<String> packages(final Path jar) throws IOException {
		try (JarFile file = new JarFile(jar.toFile())) {
			return classes(file).map(JarEntry::getName).filter(name -> name.contains("/")).map(name -> name.substring(0, name
				.lastIndexOf('/')).replace('/', '.')).collect(Collectors.toCollection(TreeSet::new));
		}
	}

	/** Of no other version of Java than the jar is for at least. */
	private static Stream<JarEntry> classes(final JarFile jar) {
		return jar.stream().filter(entry -> entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF/") &&
			!entry.getName().endsWith("module-info.class"));
	}

	@Test
	void everyClassThatIsReferredToIsThereOrInFijiOrInJava() {
		assertEquals("", missing(fijis));
	}

	@Test
	void aMissingLibraryIsSeen() {
		final String missing = missing(fijis.stream().filter(jar -> !jar.toString().contains("gson")).toList());
		assertTrue(missing.contains("com.google.gson.Gson"), missing);
	}

	private static String missing(final List<Path> fiji) {
		final List<String> words = new ArrayList<>(List.of("--multi-release", "17", "--missing-deps", "-cp"));
		words.add(fiji.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
		staged.forEach(jar -> words.add(jar.toString()));
		final StringWriter out = new StringWriter();
		ToolProvider.findFirst("jdeps").orElseThrow().run(new PrintWriter(out), new PrintWriter(out), words.toArray(
			String[]::new));
		return out.toString();
	}

	@Test
	void byteCodeIsOfJava17AtMostAndTheBridgesOfJava8() throws IOException {
		final Map<String, Integer> newest = new HashMap<>();
		for (final Path jar : staged) newest.put(updatersName(jar.getFileName()), newestByteCode(jar));
		assertEquals(Map.of("djl-api.jar", 52, "djl-pytorch-engine.jar", 52, "djl-pytorch-jni.jar", 0, "vasomim-java8.jar", 52,
			"vasomim.jar", 61), newest);
	}

	/** @return the major version of the newest class; 0 if there is none */
	private static int newestByteCode(final Path jar) throws IOException {
		int newest = 0;
		try (JarFile file = new JarFile(jar.toFile())) {
			for (final JarEntry entry : classes(file).toList()) {
				try (DataInputStream in = new DataInputStream(file.getInputStream(entry))) {
					in.readInt();
					in.readUnsignedShort();
					newest = Math.max(newest, in.readUnsignedShort());
				}
			}
		}
		return newest;
	}

	@Test
	void everyCommandIsInSciJavasIndex() throws Exception {
		final Path jar = tree.resolve("plugins").toFile().listFiles()[0].toPath();
		final Set<String> plugins = new TreeSet<>();
		try (JarFile file = new JarFile(jar.toFile());
				URLClassLoader loader = new URLClassLoader(new URL[] { jar.toUri().toURL() }, null))
		{
			for (final JarEntry entry : classes(file).toList()) {
				final String name = entry.getName().replace('/', '.').replaceFirst("\\.class$", "");
				// The shell's own service is no plugin of Fiji's.
				if (name.startsWith("sc.fiji.vasomim.command.") && isPlugin(Class.forName(name, false, getClass()
					.getClassLoader()))) plugins.add(name);
			}
			assertEquals(plugins, StreamSupport.stream(Index.load(Plugin.class, loader).spliterator(), false).map(item -> item
				.className()).collect(Collectors.toCollection(TreeSet::new)));
		}
		assertTrue(plugins.contains("sc.fiji.vasomim.command.SegmentVessels"), plugins.toString());
	}

	private static boolean isPlugin(final Class<?> type) {
		return SciJavaPlugin.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers());
	}

	/** One that an old Java cannot load would take ImageIO or the scripting languages from the whole of Fiji. */
	@Test
	void noServiceOfJavaIsProvided() throws IOException {
		for (final Path jar : staged) {
			try (JarFile file = new JarFile(jar.toFile())) {
				assertEquals(List.of(), file.stream().map(JarEntry::getName).filter(name -> name.startsWith("META-INF/services/") &&
					!name.endsWith("/") && !name.startsWith("META-INF/services/ai.djl.")).toList());
			}
		}
	}

	/** With -Dvasomim.tree=FOLDER: a class path would name jars as they are called in Maven's repository. */
	@Test
	void itsManifestNamesTheCommitAndNoOtherJar() throws IOException {
		Assumptions.assumeTrue(Staged.isNamed(), "no tree that Maven built is named");
		try (JarFile jar = new JarFile(tree.resolve("plugins").toFile().listFiles()[0])) {
			final Attributes manifest = jar.getManifest().getMainAttributes();
			assertTrue(manifest.getValue("Implementation-Build").matches("[0-9a-f]{40}( and changes)?"), manifest.getValue(
				"Implementation-Build"));
			assertNull(manifest.getValue("Class-Path"));
		}
	}

	@Test
	void aFolderThatIsNotEmptyIsRefused() throws IOException, InterruptedException {
		final Path taken = Files.createDirectory(folder.resolve("taken"));
		Files.writeString(taken.resolve("mine.txt"), "mine");
		assertEquals("stage: " + taken + " is not empty; name a new folder", Staged.stage(folder, taken, 1));
		assertEquals(List.of(taken.resolve("mine.txt")), Files.list(taken).toList());
		assertEquals(List.of("taken"), List.of(folder.toFile().list()));
	}
}
