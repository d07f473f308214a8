package sc.fiji.vasomim.setup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import sc.fiji.vasomim.torch.NamedLibrary;
import sc.fiji.vasomim.torch.PytorchBuild;

/**
 * A folder that was brought to a machine without a network. It is a copy of what DJL's host has ({@code files.txt} and
 * the files below the paths in it), an unpacked libtorch, or a folder of another machine's DJL cache.
 */
public final class NativesFolder implements NativesSource {

	/** Those that DJL's makers take from libtorch; DJL loads all that it finds, and others want a Python. */
	private static final Pattern NEEDED = Pattern.compile(
		"lib(arm_compute|c10|caffe2_nvrtc|cu|gfortran|gomp|iomp|omp|nv|openblas|stdc\\+\\+|torch\\.|torch_cpu|torch_cuda).*" +
			"|(asmjit|c10|c10_cuda|caffe2_nvrtc|cu.*|fbgemm|nv.*|torch|torch_cpu|torch_cuda.*|uv|zlibwapi)\\.dll");

	private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+");

	/** As in DJL's cache: version, perhaps a date, build, system. */
	private static final Pattern CACHED = Pattern.compile(
		"(\\d+\\.\\d+\\.\\d+)(-\\d{8})?-([a-z0-9]+)-([a-z]+-[a-z0-9_]+)");

	private final Path folder;

	public NativesFolder(final Path folder) {
		this.folder = folder;
	}

	@Override
	public String place() {
		return folder.toString();
	}

	@Override
	public String checks() {
		return isCopy() ? "CRC-32 of each file" : "version and build; an unpacked library has nothing to hold it against";
	}

	private boolean isCopy() {
		return Files.isRegularFile(folder.resolve(FilesIndex.NAME));
	}

	/** @throws IllegalArgumentException if there is no such folder, or no PyTorch of this build and version in it */
	@Override
	public List<NativeFile> files(final PytorchBuild build) throws IOException {
		if (!Files.isDirectory(folder)) throw wrong("is no folder. Check the path.");
		if (isCopy()) return copied(build);
		for (final Path libraries : List.of(folder, folder.resolve("lib")))
			if (Files.isRegularFile(libraries.resolve(PytorchBuild.mainLibrary()))) return unpacked(libraries, build);
		throw wrong("holds neither " + FilesIndex.NAME + " nor " + PytorchBuild.mainLibrary() +
			". Choose a copy of what the host has, an unpacked libtorch, or a folder of a DJL cache.");
	}

	private List<NativeFile> copied(final PytorchBuild build) throws IOException {
		final Path name = folder.toAbsolutePath().getFileName();
		if (name != null && VERSION.matcher(name.toString()).matches()) requireVersion(name.toString());
		final Path index = folder.resolve(FilesIndex.NAME);
		if (Files.size(index) > FilesIndex.MOST_BYTES) throw new IOException("Cannot read " + index + ": more than " +
			FilesIndex.MOST_BYTES + " bytes are no list of files");
		final List<NativeFile> files = new ArrayList<>();
		for (final Map.Entry<String, String> file : FilesIndex.of(new String(Files.readAllBytes(index),
			StandardCharsets.UTF_8), build, place()).entrySet())
		{
			final Path compressed = folder.resolve(file.getKey());
			if (!Files.isRegularFile(compressed)) throw new IOException("Cannot read " + compressed +
				": it is not there, but " + FilesIndex.NAME + " names it. Copy the whole build.");
			files.add(new NativeFile(file.getKey(), file.getValue(), Files.size(compressed), Gzip.length(compressed)));
		}
		return files;
	}

	private List<NativeFile> unpacked(final Path libraries, final PytorchBuild build) throws IOException {
		final Matcher cached = CACHED.matcher(libraries.toAbsolutePath().normalize().getFileName().toString());
		if (cached.matches()) {
			requireVersion(cached.group(1));
			if (!cached.group(4).equals(PytorchBuild.system())) throw wrong("is for " + cached.group(4) + ", this machine is " +
				PytorchBuild.system() + ". Choose one for this system.");
		}
		else requireVersion(NamedLibrary.version(libraries).orElseThrow(() -> wrong(
			"does not say its version, and one of another ends Java without a word. Choose a libtorch with its file " +
				"build-version, or a folder of a DJL cache under its own name.")));
		if (!build.isIn(libraries)) throw wrong("is " + (build == PytorchBuild.CUDA ? "not " : "") +
			"a build for CUDA. Choose another folder, or the other build.");
		final List<NativeFile> files = new ArrayList<>();
		try (Stream<Path> paths = Files.list(libraries)) {
			for (final Path path : paths.sorted().toList()) {
				final String name = path.getFileName().toString();
				if (NEEDED.matcher(name).matches() && NativeFile.isLibrary(name)) files.add(new NativeFile(folder.relativize(path)
					.toString(), name, Files.size(path), Files.size(path)));
			}
		}
		return files;
	}

	private void requireVersion(final String version) {
		if (!version.equals(PytorchBuild.version())) throw wrong("is PyTorch " + version + "; this version works with " +
			PytorchBuild.version() + " alone. Choose a folder of that one.");
	}

	private IllegalArgumentException wrong(final String what) {
		return new IllegalArgumentException("folder: " + folder + " " + what);
	}

	@Override
	public Path fetch(final NativeFile file, final Path work, final LongConsumer progress,
		final BooleanSupplier canceled)
	{
		progress.accept(file.bytes());
		return folder.resolve(file.path());
	}
}
