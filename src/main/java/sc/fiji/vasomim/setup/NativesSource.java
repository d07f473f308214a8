package sc.fiji.vasomim.setup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

import sc.fiji.vasomim.torch.PytorchBuild;

/** A place that has PyTorch's libraries. */
public interface NativesSource {

	/** The host or folder, for people. */
	String place();

	/** What its files are held against, for people. */
	String checks();

	/**
	 * The files of a build, with their lengths; nothing is written.
	 *
	 * @throws IllegalArgumentException if the place does not have the build
	 * @throws IOException if it cannot be reached or read, or lists what cannot be
	 */
	List<NativeFile> files(PytorchBuild build) throws IOException;

	/**
	 * A file as it is there, whole, on this machine.
	 *
	 * @param folder for what must be brought here; what an earlier try left there is gone on with
	 * @param progress is told how many bytes of the file are here
	 * @return a file in that folder, which the caller removes, or the place's own
	 * @throws java.util.concurrent.CancellationException if it was stopped
	 */
	Path fetch(NativeFile file, Path folder, LongConsumer progress, BooleanSupplier canceled) throws IOException;
}
