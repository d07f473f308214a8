package sc.fiji.vasomim.curation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import sc.fiji.vasomim.curation.Run.FrameFile;

/**
 * CADICA: {@code selectedVideos/p1/v2/input/p1_v2_00012.png}, its key frames in {@code p1_v2_selectedFrames.txt} beside
 * {@code input}. The videos that its makers rejected, {@code nonselectedVideos}, are listed only if that folder, or one
 * in it, is named.
 */
final class CadicaSource implements Source {

	private static final Pattern FRAME = Pattern.compile("(?:.*/)?(p\\d+)/(v\\d+)/input/p\\d+_v\\d+_(\\d{1,9})\\.[^/]+");

	/** In the path below the folder that is named. */
	private static final Pattern REJECTED = Pattern.compile("(?:^|/)nonselectedVideos/");

	/** A frame's name, with or without patient, video and ending. */
	private static final Pattern LISTED = Pattern.compile("(?:.*_)?(\\d{1,9})(?:\\.\\w+)?");

	@Override
	public List<Run> runs(final Path root, final List<Path> files, final Pseudonyms names) throws IOException {
		final Map<Path, Run> runs = new LinkedHashMap<>();
		final Map<Path, Set<Integer>> keys = new LinkedHashMap<>();
		for (final Path file : files) {
			final String path = file.toString().replace('\\', '/');
			final Matcher frame = FRAME.matcher(root.toString().replace('\\', '/') + "/" + path);
			if (!frame.matches() || REJECTED.matcher(path).find()) continue;
			final Path input = root.resolve(file).getParent();
			final Run run = runs.computeIfAbsent(input, p -> new Run(frame.group(1), frame.group(2), new ArrayList<>()));
			if (!keys.containsKey(input)) keys.put(input, keys(input.resolveSibling(run.id() + "_selectedFrames.txt")));
			final int number = Integer.parseInt(frame.group(3));
			run.files().add(new FrameFile(root.resolve(file), names.source(file), number, keys.get(input).contains(number)));
		}
		return List.copyOf(runs.values());
	}

	private static Set<Integer> keys(final Path list) throws IOException {
		final Set<Integer> keys = new HashSet<>();
		if (!Files.exists(list)) return keys;
		for (final String line : Files.readAllLines(list)) {
			final Matcher listed = LISTED.matcher(line.trim());
			if (listed.matches()) keys.add(Integer.valueOf(listed.group(1)));
			else if (!line.isBlank()) throw new IOException("Cannot read " + list + ": '" + line + "' is no frame's name");
		}
		return keys;
	}
}
