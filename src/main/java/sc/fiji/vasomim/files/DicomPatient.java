package sc.fiji.vasomim.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

import javax.imageio.stream.FileImageInputStream;

/** Whom a DICOM file is of: the one place where that is read, to keep a patient's runs together. */
public final class DicomPatient {

	private static final int PATIENT_ID = 0x00100020;

	private static final int STUDY_INSTANCE_UID = 0x0020000d;

	private DicomPatient() {}

	/**
	 * The Patient ID, else the Study Instance UID, with a word before that tells them apart: personal data. To be hashed
	 * with a secret at once, and never to be shown, logged or written.
	 *
	 * @return null if the file has neither
	 * @throws IOException if it is no sound DICOM file; the message holds neither
	 */
	public static String identity(final Path file) throws IOException {
		try (FileImageInputStream stream = new FileImageInputStream(file.toFile())) {
			final DicomHeader header = new DicomHeader(stream, Set.of(PATIENT_ID, STUDY_INSTANCE_UID));
			final String patient = header.text(PATIENT_ID, null), study = header.text(STUDY_INSTANCE_UID, null);
			return patient != null ? "patient " + patient : study != null ? "study " + study : null;
		}
		catch (final IOException | RuntimeException e) {
			throw new IOException("Cannot read the DICOM header of " + file, e);
		}
	}
}
