package sc.fiji.vasomim.files;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import javax.imageio.stream.ImageInputStream;

/** The compressed frames of a DICOM image, each in one or more fragments (PS3.5, A.4). */
final class DicomFragments {

	private record Fragment(long position, int length) {}

	private final ImageInputStream stream;

	private final List<Fragment> fragments = new ArrayList<>();

	/** For each frame its first fragment; the number of fragments last. */
	private final int[] first;

	/**
	 * @param header at whose stream's position the fragments begin
	 * @param frames whose number the header announces
	 * @throws IOException if the fragments are damaged, cut, or not those of so many frames
	 */
	DicomFragments(final DicomHeader header, final int frames) throws IOException {
		stream = header.stream();
		final Fragment table = next(header);
		if (table == null) throw new IOException("it holds no pixels");
		for (Fragment fragment = next(header); fragment != null; fragment = next(header)) fragments.add(fragment);
		// Each frame has at least one, so that this bounds what a damaged number of frames can ask for.
		if (frames > fragments.size()) throw new EOFException();
		first = new int[frames + 1];
		first[frames] = fragments.size();
		if (frames == fragments.size()) for (int i = 0; i < frames; i++) first[i] = i;
		else if (frames > 1) divide(table);
	}

	/** A frame's data, its fragments joined. */
	byte[] frame(final int index) throws IOException {
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		for (final Fragment fragment : fragments.subList(first[index], first[index + 1])) {
			final byte[] piece = new byte[fragment.length];
			stream.seek(fragment.position);
			stream.readFully(piece);
			bytes.write(piece);
		}
		return bytes.toByteArray();
	}

	/** By the basic offset table or, where it is empty, by the marker that a JPEG image begins with and never holds. */
	private void divide(final Fragment table) throws IOException {
		final int frames = first.length - 1;
		if (table.length != 0 && table.length != 4 * frames) throw new IOException("its offset table is damaged");
		final long origin = fragments.get(0).position;
		int frame = 0;
		for (int i = 0; i < fragments.size(); i++) {
			final Fragment fragment = fragments.get(i);
			final boolean begins;
			if (table.length > 0) {
				stream.seek(table.position + 4L * Math.min(frame, frames - 1));
				begins = stream.readUnsignedInt() == fragment.position - origin;
			}
			else {
				stream.seek(fragment.position);
				begins = fragment.length > 1 && stream.readUnsignedShort() == 0xd8ff;
			}
			if (!begins) continue;
			if (frame == frames) throw new IOException("it holds more frames than its header says");
			first[frame++] = i;
		}
		if (frame < frames || first[0] != 0) throw new IOException("the frames cannot be found among its fragments");
	}

	/** Null at the end of the sequence. */
	private Fragment next(final DicomHeader header) throws IOException {
		final int tag = header.tag();
		final long length = stream.readUnsignedInt();
		if (tag == DicomHeader.SEQUENCE_END) return null;
		if (tag != DicomHeader.ITEM) throw new IOException("its compressed pixels are damaged");
		if (length > Math.min(header.remaining(), Integer.MAX_VALUE - 8)) throw new EOFException();
		final Fragment fragment = new Fragment(stream.getStreamPosition(), (int) length);
		stream.skipBytes(length);
		return fragment;
	}
}
