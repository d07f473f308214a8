package sc.fiji.vasomim.curation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import sc.fiji.vasomim.curation.Run.FrameFile;
import sc.fiji.vasomim.files.DicomPatient;

/**
 * Any folder. A DICOM file or a numpy archive is a run; the other images of one folder are a run, in natural order of
 * their names. The patient is the one whom a DICOM file names, else the first folder of the path.
 *
 * @param dicomOnly whether other images are left out
 */
record FolderSource(boolean dicomOnly) implements Source {

	@Override
	public List<Run> runs(final Path root, final List<Path> files, final Pseudonyms names) throws IOException {
		final Map<Path, Run> runs = new LinkedHashMap<>();
		for (final Path file : files) {
			final boolean whole = isDicom(file) || isArchive(file);
			if (dicomOnly && !isDicom(file)) continue;
			final Path place = whole ? file : file.getParent() == null ? Path.of("") : file.getParent();
			final Run run = runs.computeIfAbsent(place, p -> new Run(names.of(patient(root, file)), names.of("run " + place
				.toString().replace('\\', '/')), new ArrayList<>()));
			run.files().add(new FrameFile(root.resolve(file), names.source(file), run.files().size() + 1, false));
		}
		return List.copyOf(runs.values());
	}

	static boolean isDicom(final Path file) {
		return !file.getFileName().toString().toLowerCase(Locale.ROOT).matches(".*\\.(png|jpe?g|tiff?|bmp|gif|npz)");
	}

	static boolean isArchive(final Path file) {
		return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".npz");
	}

	/** Who it is, in private; the kinds are told apart, for a folder may have the name of another's number. */
	private static String patient(final Path root, final Path file) {
		if (isDicom(file)) try {
			final String identity = DicomPatient.identity(root.resolve(file));
			if (identity != null) return identity;
		}
		catch (final IOException e) {
			// Reading the run says what is wrong with the file.
		}
		return "folder " + (file.getNameCount() > 1 ? file.getName(0) : "");
	}
}
