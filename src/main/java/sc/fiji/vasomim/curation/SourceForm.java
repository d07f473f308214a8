package sc.fiji.vasomim.curation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The folder forms that runs are found in. */
public enum SourceForm {
	/** {@code pX/vY/input/pX_vY_NUMBER.png} below {@code selectedVideos}. */
	CADICA(new CadicaSource(), true),
	/** {@code STUDY/LCA/*.npz} and {@code STUDY/RCA/*.npz}. */
	DOMINANCE(ImageSource::dominance, true),
	/** {@code train/img}, {@code train/images} or {@code train/trainA} with names such as 003_PPA_-29_PSA_29_2.png. */
	XCAD(ImageSource::xcad, true),
	/** Images of patients in folders or by number; never recognised by itself, because any folder looks like it. */
	SYNTAX(ImageSource::syntax, true),
	/** DICOM files, each a run. */
	DICOM(new FolderSource(true), false),
	/** Images, the run being their folder; DICOM files among them. */
	FOLDER(new FolderSource(false), false);

	private final Source source;

	private final boolean open;

	SourceForm(final Source source, final boolean open) {
		this.source = source;
		this.open = open;
	}

	/** As users choose it; a set's name if they choose none. */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** Whether it is a public set, in which nothing is personal. */
	boolean isOpen() {
		return open;
	}

	/** As {@link Source#runs}. */
	List<Run> runs(final Path root, final List<Path> files, final Pseudonyms names) throws IOException {
		return source.runs(root, files, open ? Pseudonyms.OPEN : names);
	}

	/** @param files of the folder, one or more */
	static SourceForm recognise(final Path root, final List<Path> files) throws IOException {
		for (final SourceForm form : new SourceForm[] { CADICA, DOMINANCE, XCAD })
			if (!form.runs(root, files, Pseudonyms.OPEN).isEmpty()) return form;
		return files.stream().allMatch(FolderSource::isDicom) ? DICOM : FOLDER;
	}
}
