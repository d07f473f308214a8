package sc.fiji.vasomim.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import sc.fiji.vasomim.files.Sha256;
import sc.fiji.vasomim.torch.PytorchBuild;

/**
 * What Engine Setup did or would do.
 *
 * @param state "not installed", "installed", or "was installed before"
 * @param pytorch version of PyTorch
 * @param build cpu or cu128
 * @param system such as linux-x86_64
 * @param from host or folder
 * @param into folder of DJL's cache
 * @param bytes to be brought
 * @param installed bytes in the cache; of a host that does not tell, an estimate until it is installed
 * @param checks what the files are held against
 * @param files a library each
 */
public record SetupReport(String state, String pytorch, String build, String system, String from, String into,
	long bytes, long installed, String checks, List<Library> files)
{

	/**
	 * @param file its place below the host or folder
	 * @param bytes its length there
	 * @param installed its length in the cache
	 * @param sha256 of what was installed; null before
	 */
	public record Library(String file, long bytes, long installed, String sha256) {}

	static SetupReport before(final PytorchBuild build, final NativesSource source, final List<NativeFile> files) {
		return of(build, source, build.isInstalled() ? "was installed before" : "not installed", files.stream().map(
			file -> new Library(file.path(), file.bytes(), file.installed(), null)).toList());
	}

	static SetupReport after(final PytorchBuild build, final NativesSource source, final List<NativeFile> files)
		throws IOException
	{
		final List<Library> libraries = new ArrayList<>();
		for (final NativeFile file : files) {
			final Path library = build.folder().resolve(file.name());
			libraries.add(new Library(file.path(), file.bytes(), Files.size(library), Sha256.of(library)));
		}
		return of(build, source, "installed", libraries);
	}

	private static SetupReport of(final PytorchBuild build, final NativesSource source, final String state,
		final List<Library> files)
	{
		return new SetupReport(state, PytorchBuild.version(), build.flavour(), PytorchBuild.system(), source.place(), build
			.folder().toString(), files.stream().mapToLong(Library::bytes).sum(), files.stream().mapToLong(Library::installed)
				.sum(), source.checks(), files);
	}

	/** For people, a line each. */
	public String text() {
		final StringBuilder text = new StringBuilder("PyTorch " + pytorch + ", build " + build + " for " + system + ": " +
			state + "\n");
		text.append("From ").append(from).append(": ").append(files.size()).append(" files, ").append(size(bytes)).append(
			"\n");
		text.append("Into ").append(into).append(": ").append(size(installed)).append("\n");
		text.append("Checked: ").append(checks).append("\n");
		for (final Library file : files) {
			text.append("  ").append(file.file).append(": ").append(file.bytes).append(" bytes");
			if (file.sha256 != null) text.append("; installed ").append(file.installed).append(" bytes, SHA-256 ").append(
				file.sha256);
			text.append("\n");
		}
		return text.toString();
	}

	/** Such as 1.50 GiB or 12.0 MiB. */
	static String size(final long bytes) {
		return bytes < 1 << 30 ? String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20)) : String.format(
			Locale.ROOT, "%.2f GiB", bytes / (double) (1 << 30));
	}
}
