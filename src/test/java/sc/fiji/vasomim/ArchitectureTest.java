package sc.fiji.vasomim;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;

/** The table of rooms and arrows in docs/architecture.md: which package may use which. */
class ArchitectureTest {

	private static final String ROOT = "sc.fiji.vasomim";

	private static final Map<String, List<String>> MAY_USE = new LinkedHashMap<>();

	static {
		final List<String> below = new ArrayList<>();
		room(below, "files");
		room(below, "pickle", "files");
		room(below, "vesselness");
		room(below, "skeleton");
		room(below, "metrics", "skeleton");
		room(below, "quantify", "skeleton");
		room(below, "sample");
		room(below, "anatomy", "vesselness");
		room(below, "batch", "files");
		room(below, "torch", "files");
		room(below, "setup", "torch", "batch", "files");
		room(below, "dataset", "metrics", "batch", "files");
		room(below, "curation", "dataset", "anatomy", "vesselness", "batch", "files");
		room(below, "model", "torch", "files");
		room(below, "checkpoint", "pickle", "model", "batch", "files");
		room(below, "inference", "model", "torch", "metrics");
		room(below, "evaluation", "inference", "dataset", "metrics", "batch", "files");
		room(below, "guidance", "inference", "model", "torch");
		room(below, "figure", "guidance", "inference");
		room(below, "training", "guidance", "evaluation", "inference", "dataset", "model", "torch", "batch", "files");
		room(below, "demo", below.toArray(String[]::new));
		room(below, "command", below.toArray(String[]::new));
		room(below, "cli", "command", "batch", "files");
	}

	private static void room(final List<String> rooms, final String name, final String... mayUse) {
		MAY_USE.put(name, List.of(mayUse));
		rooms.add(name);
	}

	private static final String[] ALGORITHMS = { "vesselness", "anatomy", "skeleton", "metrics", "quantify", "sample" };

	private static final JavaClasses CLASSES = new ClassFileImporter().withImportOption(
		ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages(ROOT);

	static Stream<String> rooms() {
		return MAY_USE.keySet().stream();
	}

	@ParameterizedTest
	@MethodSource("rooms")
	void aRoomUsesOnlyWhatTheTableAllows(final String room) {
		keepsTo(room, MAY_USE.get(room)).check(CLASSES);
	}

	private static ArchRule keepsTo(final String room, final List<String> mayUse) {
		final List<String> forbidden = new ArrayList<>(MAY_USE.keySet());
		forbidden.remove(room);
		forbidden.removeAll(mayUse);
		return noClasses().that().resideInAPackage(in(room)).should().dependOnClassesThat().resideInAnyPackage(packages(
			forbidden)).allowEmptyShould(true);
	}

	@Test
	void everyClassLivesInARoom() {
		classes().should().resideInAnyPackage(packages(MAY_USE.keySet())).check(CLASSES);
	}

	@Test
	void algorithmsKnowImgLib2Alone() {
		knowsNone("ai.djl..", "org.scijava..", "ij..", "net.imagej..", "java.awt..", "javax.swing..").check(CLASSES);
	}

	private static ArchRule knowsNone(final String... packages) {
		return noClasses().that().resideInAnyPackage(packages(Arrays.asList(ALGORITHMS))).should()
			.dependOnClassesThat().resideInAnyPackage(packages).allowEmptyShould(true);
	}

	@Test
	void onlyTorchKnowsThePyTorchEngine() {
		onlyIn("ai.djl.pytorch..", "torch").check(CLASSES);
	}

	@Test
	void onlySetupUsesTheNetwork() {
		onlyIn("java.net.http..", "setup").check(CLASSES);
	}

	@Test
	void onlyCommandsAndTheShellKnowSciJava() {
		onlyIn("org.scijava..", "command", "cli").check(CLASSES);
	}

	private static ArchRule onlyIn(final String packages, final String... rooms) {
		return noClasses().that().resideOutsideOfPackages(packages(Arrays.asList(rooms))).should().dependOnClassesThat()
			.resideInAPackage(packages);
	}

	/** Rules over no class hold always: the rooms that exist must be seen, and their arrows too. */
	@Test
	void theRulesSeeTheClassesAndCanFail() {
		for (final String room : List.of("files", "pickle", "checkpoint", "vesselness", "anatomy", "skeleton", "sample",
			"batch", "torch", "setup", "dataset", "curation", "model", "guidance", "evaluation", "training", "command", "cli"))
			assertTrue(CLASSES.that(livesIn(room)).size() > 1, room);
		assertTrue(CLASSES.stream().noneMatch(c -> c.getName().endsWith("Test")));
		assertFails(keepsTo("training", List.of("torch", "model", "files")));
		assertFails(keepsTo("anatomy", List.of()));
		assertFails(knowsNone("net.imglib2.."));
		assertFails(onlyIn("ai.djl.pytorch..", "model"));
		assertFails(onlyIn("org.scijava..", "cli"));
	}

	private static void assertFails(final ArchRule rule) {
		assertTrue(rule.evaluate(CLASSES).hasViolation(), rule.getDescription());
	}

	private static DescribedPredicate<JavaClass> livesIn(final String room) {
		return JavaClass.Predicates.resideInAPackage(in(room));
	}

	private static String in(final String room) {
		return ROOT + "." + room + "..";
	}

	private static String[] packages(final Iterable<String> rooms) {
		final List<String> packages = new ArrayList<>();
		rooms.forEach(room -> packages.add(in(room)));
		return packages.toArray(String[]::new);
	}
}
