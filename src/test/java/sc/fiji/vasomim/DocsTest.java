package sc.fiji.vasomim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages that people read: their links, their pictures, and that the index leads to each. */
class DocsTest {

	private static final Path DOCS = Path.of("docs");

	private static final Pattern LINK = Pattern.compile("(!?)\\[([^\\]]*)\\]\\(([^)\\s]+)\\)");

	private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```$|`[^`\n]*`");

	/** A picture is told in words: a sentence, for those who can't see it, too. */
	private static final Pattern SENTENCE = Pattern.compile("\\p{Lu}\\S*\\s(?:\\S+\\s){6,}\\S+\\.");

	static List<Path> pages() throws IOException {
		try (Stream<Path> files = Files.walk(DOCS)) {
			return Stream.concat(files, Stream.of(Path.of("README.md"), Path.of("CHANGELOG.md"), Path.of(
				"src/main/resources/models/arcade-vessels.md"))).filter(file -> file.toString().endsWith(".md")).sorted().toList();
		}
	}

	@ParameterizedTest
	@MethodSource("pages")
	void whatIsLinkedIsThere(final Path page) throws IOException {
		for (final String target : targets(page)) {
			final String[] parts = target.split("#", 2);
			final Path file = parts[0].isEmpty() ? page : resolve(page, parts[0]);
			assertTrue(Files.exists(file), target);
			if (parts.length > 1) assertTrue(anchors(file).contains(parts[1]), target + " is none of " + anchors(file));
		}
	}

	@ParameterizedTest
	@MethodSource("pages")
	void picturesAreToldInWords(final Path page) throws IOException {
		for (final MatchResult link : links(page))
			if (!link.group(1).isEmpty()) assertTrue(SENTENCE.matcher(link.group(2)).matches(), "no sentence: " + link.group());
	}

	@Test
	void everyPictureIsShown() throws IOException {
		final Set<Path> shown = new TreeSet<>();
		for (final Path page : pages())
			for (final MatchResult link : links(page))
				if (!link.group(1).isEmpty()) shown.add(resolve(page, link.group(3)));
		try (Stream<Path> pictures = Files.list(DOCS.resolve("images"))) {
			assertEquals(shown, pictures.collect(Collectors.toCollection(TreeSet::new)));
		}
	}

	/** Those of commands by way of their own index. */
	@Test
	void theIndexLeadsToEveryPage() throws IOException {
		final Path index = DOCS.resolve("README.md");
		final Set<Path> led = targets(index).stream().map(target -> resolve(index, target.replaceFirst("#.*", ""))).collect(
			Collectors.toSet());
		final List<Path> missed = pages().stream().filter(page -> page.startsWith(DOCS) && !page.equals(index)).filter(
			page -> !led.contains(page) && !page.startsWith(DOCS.resolve("commands")) || page.equals(DOCS.resolve(
				"commands/README.md")) && !led.contains(page)).toList();
		assertEquals(List.of(), missed);
		assertTrue(targets(Path.of("README.md")).contains("docs/README.md"));
	}

	@Test
	void aNameIsNoSentence() {
		assertFalse(SENTENCE.matcher("Losses of the run with VasoMIM").matches());
		assertTrue(SENTENCE.matcher("The losses of both runs fall from epoch to epoch.").matches());
	}

	private static List<String> targets(final Path page) throws IOException {
		return links(page).stream().map(link -> link.group(3)).filter(target -> !target.matches("https?://.*")).toList();
	}

	private static List<MatchResult> links(final Path page) throws IOException {
		return LINK.matcher(CODE.matcher(Files.readString(page)).replaceAll("")).results().toList();
	}

	private static Path resolve(final Path page, final String target) {
		final Path folder = page.getParent() == null ? Path.of("") : page.getParent();
		return folder.resolve(target).normalize();
	}

	/** As GitHub makes them of headings. */
	private static Set<String> anchors(final Path page) throws IOException {
		return Files.readAllLines(page).stream().filter(line -> line.startsWith("#")).map(line -> line.replaceFirst("#+ ", "")
			.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-')).collect(Collectors.toSet());
	}
}
