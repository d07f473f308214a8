package sc.fiji.vasomim.command;

import java.awt.GraphicsEnvironment;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

import ij.ImagePlus;
import ij.measure.ResultsTable;

import sc.fiji.vasomim.batch.FileJob;
import sc.fiji.vasomim.batch.FolderRun;
import sc.fiji.vasomim.batch.JoinedTable;
import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.batch.Provenance;
import sc.fiji.vasomim.files.ImageFile;
import sc.fiji.vasomim.files.IntensityRule;
import sc.fiji.vasomim.files.Sha256;
import sc.fiji.vasomim.files.SoftwareVersion;

/**
 * How a Folder command runs: on a file or on every image of a folder.
 *
 * @param input file or folder, as the user gave it
 * @param output folder, as the user gave it
 */
record Folders(VasoMIMCommand command, File input, File output) {

	/** What a manifest says of a file. */
	record Details(IntensityRule.Applied intensity, List<String> warnings) {}

	/** As {@link #run(Object, File, Long, String, int, FileJob, List, Progress)}, without tables of the whole. */
	FolderRun.Result run(final Object settings, final File model, final Long seed, final String device,
		final int threads, final FileJob job, final Progress progress) throws IOException
	{
		return run(settings, model, seed, device, threads, job, List.of(), progress);
	}

	/**
	 * @param settings all that the results depend on besides the inputs
	 * @param model the model file that is used; null if none
	 * @param seed of the random draws; null if there are none
	 * @param device that does the work; null if that makes no difference
	 * @param threads files at once
	 * @param joined tables of the whole
	 * @throws CancellationException if a stop left files undone
	 */
	FolderRun.Result run(final Object settings, final File model, final Long seed, final String device,
		final int threads, final FileJob job, final List<JoinedTable> joined, final Progress progress) throws IOException
	{
		final Path from = FileParameter.path("input", input);
		final Path to = FileParameter.folder("output", output);
		final Map<String, String> versions = new LinkedHashMap<>();
		versions.put("vasomim", SoftwareVersion.get());
		if (model != null) versions.put("model sha256", Sha256.of(model.toPath()));
		final FolderRun.Result result = new FolderRun(command.label(), from, to, new Provenance(settings, versions, seed,
			device), threads).run((file, stem) -> runLogged(job, file, stem), joined, progress);
		if (!GraphicsEnvironment.isHeadless()) ResultsTable.open(to.resolve(FolderRun.STATUS).toString()).show("Status of " +
			command.label());
		if (result.remaining() > 0) throw new CancellationException(result.remaining() +
			" files are left; run again to go on");
		return result;
	}

	/** A fault of ours fails its file alone, as a bad file does, but must leave its trace. */
	private Object runLogged(final FileJob job, final Path file, final Path stem) throws Exception {
		try {
			return job.run(file, stem);
		}
		catch (final IllegalArgumentException | CancellationException e) {
			throw e;
		}
		catch (final RuntimeException e) {
			command.log().error(command.label() + ": " + name(file), e);
			throw e;
		}
	}

	/** How tables name one of the inputs: by its place in the input folder. */
	String name(final Path file) throws IOException {
		final Path root = input.toPath().toRealPath();
		return (Files.isDirectory(root) ? root.relativize(file) : file.getFileName()).toString().replace('\\', '/');
	}

	/** A file that begins as a job's other outputs do, and goes on so. */
	static Path beside(final Path stem, final String ending) {
		return stem.resolveSibling(stem.getFileName() + ending);
	}

	/** As PNG where PNG can hold it, one plane of 8 bits or RGB; else as TIFF. */
	static void write(final Path stem, final ImagePlus image) throws IOException {
		final boolean png = image.getStackSize() == 1 && (image.getBitDepth() == 8 || image.getBitDepth() == 24);
		final Path file = beside(stem, png ? ".png" : ".tif");
		if (png) ImageFile.writePng(file, image.getProcessor());
		else ImageFile.writeTiff(file, image);
	}
}
