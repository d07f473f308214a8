package sc.fiji.vasomim.files;

import java.io.IOException;
import java.util.Map;

/** The ways in which DICOM stores pixels (PS3.5 section 10, PS3.6 annex A), and which of them are read here. */
final class TransferSyntax {

	static final String IMPLICIT = "1.2.840.10008.1.2";

	private static final String EXPLICIT = "1.2.840.10008.1.2.1";

	private static final Map<String, String> UNREADABLE = Map.ofEntries(
		Map.entry("1.2.840.10008.1.2.1.99", "Deflated Explicit VR Little Endian"),
		Map.entry("1.2.840.10008.1.2.2", "Explicit VR Big Endian"),
		Map.entry("1.2.840.10008.1.2.4.50", "JPEG Baseline"),
		Map.entry("1.2.840.10008.1.2.4.51", "JPEG Extended"),
		Map.entry("1.2.840.10008.1.2.4.57", "JPEG Lossless"),
		Map.entry("1.2.840.10008.1.2.4.70", "JPEG Lossless, First-Order Prediction"),
		Map.entry("1.2.840.10008.1.2.4.80", "JPEG-LS Lossless"),
		Map.entry("1.2.840.10008.1.2.4.81", "JPEG-LS Near-Lossless"),
		Map.entry("1.2.840.10008.1.2.4.90", "JPEG 2000 Lossless"),
		Map.entry("1.2.840.10008.1.2.4.91", "JPEG 2000"),
		Map.entry("1.2.840.10008.1.2.4.100", "MPEG2 Main Profile, Main Level"),
		Map.entry("1.2.840.10008.1.2.4.101", "MPEG2 Main Profile, High Level"),
		Map.entry("1.2.840.10008.1.2.4.102", "MPEG-4 AVC/H.264 High Profile"),
		Map.entry("1.2.840.10008.1.2.4.201", "High-Throughput JPEG 2000 Lossless"),
		Map.entry("1.2.840.10008.1.2.4.203", "High-Throughput JPEG 2000"),
		Map.entry("1.2.840.10008.1.2.5", "RLE Lossless"));

	private TransferSyntax() {}

	/**
	 * Whether elements state their type.
	 *
	 * @throws IOException if the syntax is none of the two that are read here, with its UID, its name and the remedy
	 */
	static boolean isExplicit(final String uid) throws IOException {
		if (uid.equals(EXPLICIT)) return true;
		if (uid.equals(IMPLICIT)) return false;
		if (!uid.matches("[0-9.]{1,64}")) throw new IOException("its DICOM transfer syntax is damaged");
		throw new IOException("DICOM transfer syntax " + uid + " (" + UNREADABLE.getOrDefault(uid, "unknown") +
			") is not supported; convert the file to Explicit VR Little Endian, for instance with dcmdjpeg of DCMTK");
	}
}
