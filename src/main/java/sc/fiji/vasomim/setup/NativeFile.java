package sc.fiji.vasomim.setup;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

import sc.fiji.vasomim.torch.PytorchBuild;

/**
 * One of PyTorch's libraries at the place where it comes from.
 *
 * @param path below that place, as a relative URL or file name; {@code .gz} if it is compressed there
 * @param name of the library, such as libtorch.so
 * @param bytes its length there
 * @param installed its length in DJL's cache
 */
public record NativeFile(String path, String name, long bytes, long installed) {

	/** Of one library, and of all: the largest that PyTorch has shipped is well below 4 GiB. */
	static final long MOST = 8L << 30, MOST_IN_ALL = 24L << 30;

	private static final int MOST_FILES = 100;

	private static final Pattern LIBRARY = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._+-]*\\.(so(\\.\\d+)*|dll|dylib)");

	/** Whether DJL would load a file of this name; none leads out of its folder. */
	static boolean isLibrary(final String name) {
		return LIBRARY.matcher(name).matches();
	}

	boolean isCompressed() {
		return path.endsWith(".gz");
	}

	/** @throws IOException if they cannot be a whole PyTorch. @param place for the message */
	static void require(final List<NativeFile> files, final String place) throws IOException {
		for (final NativeFile file : files)
			if (file.bytes < 1 || file.bytes > MOST || file.installed < 1 || file.installed > MOST) throw unlikely(place, file
				.path + " would have " + file.bytes + " bytes, and " + file.installed + " when installed, not 1.." + MOST);
		final List<String> names = files.stream().map(NativeFile::name).toList();
		final long all = files.stream().mapToLong(NativeFile::installed).sum();
		if (files.size() > MOST_FILES || all > MOST_IN_ALL) throw unlikely(place, files.size() + " files of " + all +
			" bytes are more than any PyTorch has");
		if (names.stream().distinct().count() < names.size()) throw unlikely(place, "a library comes twice in " + names);
		if (!names.contains(PytorchBuild.mainLibrary())) throw unlikely(place, "there is no " + PytorchBuild.mainLibrary() +
			" in " + names);
	}

	private static IOException unlikely(final String place, final String what) {
		return new IOException("Cannot use " + place + ": " + what);
	}
}
