package sc.fiji.vasomim.files;

import java.io.IOException;

/** The ways in which DICOM stores pixels (PS3.5 section 10, PS3.6 annex A), and which of them are read here. */
enum TransferSyntax {

	IMPLICIT("", "Implicit VR Little Endian", Coding.NONE),
	EXPLICIT(".1", "Explicit VR Little Endian", Coding.NONE),
	DEFLATED(".1.99", "Deflated Explicit VR Little Endian", Coding.NONE),
	BIG_ENDIAN(".2", "Explicit VR Big Endian", Coding.UNKNOWN),
	JPEG_BASELINE(".4.50", "JPEG Baseline", Coding.JPEG),
	JPEG_EXTENDED(".4.51", "JPEG Extended", Coding.JPEG),
	JPEG_LOSSLESS(".4.57", "JPEG Lossless", Coding.JPEG),
	JPEG_LOSSLESS_SV1(".4.70", "JPEG Lossless, First-Order Prediction", Coding.JPEG),
	JPEG_LS_LOSSLESS(".4.80", "JPEG-LS Lossless", Coding.UNKNOWN),
	JPEG_LS(".4.81", "JPEG-LS Near-Lossless", Coding.UNKNOWN),
	JPEG_2000_LOSSLESS(".4.90", "JPEG 2000 Lossless", Coding.UNKNOWN),
	JPEG_2000(".4.91", "JPEG 2000", Coding.UNKNOWN),
	JPEG_2000_PART_2_LOSSLESS(".4.92", "JPEG 2000 Part 2 Lossless", Coding.UNKNOWN),
	JPEG_2000_PART_2(".4.93", "JPEG 2000 Part 2", Coding.UNKNOWN),
	MPEG2_MAIN(".4.100", "MPEG2 Main Profile, Main Level", Coding.UNKNOWN),
	MPEG2_HIGH(".4.101", "MPEG2 Main Profile, High Level", Coding.UNKNOWN),
	MPEG4(".4.102", "MPEG-4 AVC/H.264 High Profile", Coding.UNKNOWN),
	MPEG4_BD(".4.103", "MPEG-4 AVC/H.264 BD-compatible High Profile", Coding.UNKNOWN),
	HEVC(".4.107", "HEVC/H.265 Main Profile", Coding.UNKNOWN),
	JPEG_XL_LOSSLESS(".4.110", "JPEG XL Lossless", Coding.UNKNOWN),
	JPEG_XL(".4.112", "JPEG XL", Coding.UNKNOWN),
	HT_JPEG_2000_LOSSLESS(".4.201", "High-Throughput JPEG 2000 Lossless", Coding.UNKNOWN),
	HT_JPEG_2000_RPCL(".4.202", "High-Throughput JPEG 2000 Lossless with RPCL", Coding.UNKNOWN),
	HT_JPEG_2000(".4.203", "High-Throughput JPEG 2000", Coding.UNKNOWN),
	RLE_LOSSLESS(".5", "RLE Lossless", Coding.RUN_LENGTH);

	/** What a frame's pixels are packed in. */
	enum Coding {
		NONE, JPEG, RUN_LENGTH, UNKNOWN
	}

	private static final String ROOT = "1.2.840.10008.1.2";

	private final String uid;

	private final String title;

	private final Coding coding;

	TransferSyntax(final String suffix, final String title, final Coding coding) {
		uid = ROOT + suffix;
		this.title = title;
		this.coding = coding;
	}

	/**
	 * @param uid null for the syntax of a file that names none
	 * @throws IOException if the syntax is not read here, with its UID, its name and the remedy
	 */
	static TransferSyntax of(final String uid) throws IOException {
		if (uid == null) return IMPLICIT;
		// What stands here in a damaged file may be anything, a name as well: it is not repeated.
		if (!uid.matches("[0-9.]{1,64}")) throw new IOException("its DICOM transfer syntax is damaged");
		for (final TransferSyntax syntax : values()) {
			if (!syntax.uid.equals(uid)) continue;
			if (syntax.coding == Coding.UNKNOWN) throw syntax.unsupported("");
			return syntax;
		}
		throw unsupported(uid, "unknown");
	}

	Coding coding() {
		return coding;
	}

	/** @param detail what of a syntax that is read for the rest is not; may be empty */
	IOException unsupported(final String detail) {
		return unsupported(uid, title + detail);
	}

	private static IOException unsupported(final String uid, final String name) {
		return new IOException("DICOM transfer syntax " + uid + " (" + name + ") is not supported; convert the file to " +
			"Explicit VR Little Endian, for instance with \"gdcmconv --raw in.dcm out.dcm\" of GDCM");
	}
}
