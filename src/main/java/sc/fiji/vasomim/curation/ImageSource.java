package sc.fiji.vasomim.curation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import sc.fiji.vasomim.curation.Run.FrameFile;

/**
 * Sets of which each file is a run: those of XCAD and SYNTAX are frames that people chose one by one, those of
 * CoronaryDominance whole runs.
 */
final class ImageSource {

	/**
	 * XCAD's training frames. Not listed are its test images, backgrounds, masks and synthetic vessels, some of which have
	 * the same names.
	 */
	private static final Pattern XCAD = Pattern.compile(
		".*/train/(?:img|images|trainA)/(\\d+)_P[PS]A_[^/]*");

	/** CoronaryDominance: a study, the artery, and a run in a numpy archive. */
	private static final Pattern DOMINANCE = Pattern.compile(".*/([^/]+)/(LCA|RCA)/[^/]+\\.npz");

	private static final Pattern NUMBER = Pattern.compile("(\\d+).*");

	private ImageSource() {}

	static List<Run> xcad(final Path root, final List<Path> files, final Pseudonyms names) {
		final List<Run> runs = new ArrayList<>();
		for (final Path file : files) {
			final Matcher match = XCAD.matcher(slashes(root.resolve(file)));
			if (match.matches()) runs.add(run(match.group(1), "", root, file, names));
		}
		return runs;
	}

	static List<Run> dominance(final Path root, final List<Path> files, final Pseudonyms names) {
		final List<Run> runs = new ArrayList<>();
		for (final Path file : files) {
			final Matcher match = DOMINANCE.matcher(slashes(root.resolve(file)));
			if (match.matches()) runs.add(run(names.of(match.group(1)), match.group(2).toLowerCase(Locale.ROOT), root, file,
				names));
		}
		return runs;
	}

	/**
	 * SYNTAX: the patient is the first folder if there are several, else the number that the file's name begins with. Its
	 * layout could not be verified.
	 */
	static List<Run> syntax(final Path root, final List<Path> files, final Pseudonyms names) {
		final long folders = files.stream().filter(file -> file.getNameCount() > 1).map(file -> file.getName(0)).distinct()
			.count();
		final List<Run> runs = new ArrayList<>();
		for (final Path file : files) {
			final String own = (folders > 1 ? file.getName(0) : file.getFileName()).toString();
			final Matcher number = NUMBER.matcher(own);
			final boolean numbered = number.matches() && (folders <= 1 || own.matches("\\d+"));
			runs.add(run(numbered ? number.group(1) : names.of(own), "", root, file, names));
		}
		return runs;
	}

	private static Run run(final String patient, final String prefix, final Path root, final Path file,
		final Pseudonyms names)
	{
		final String path = slashes(file);
		return new Run(patient, prefix + names.of(path), List.of(new FrameFile(root.resolve(file), names.source(file), 1,
			false)));
	}

	private static String slashes(final Path path) {
		return path.toString().replace('\\', '/');
	}
}
