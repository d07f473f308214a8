package sc.fiji.vasomim.batch;

import java.nio.file.Path;

/** What is done with each file of a {@link FolderRun}. Called by several threads at once. */
@FunctionalInterface
public interface FileJob {

	/**
	 * Makes the outputs of one input.
	 *
	 * @param input the file, absolute
	 * @param stem where the outputs go: a folder of this call alone, and in it the name they begin with, without an
	 *          extension ({@code stem + ".png"}, {@code stem + "_mask.png"}). They are moved to their place when all
	 *          are written, and thrown away if this method throws
	 * @return a record of what was done, for the manifest; null if there is nothing to say
	 * @throws Exception any; the file counts as failed with its message as the reason, and the run goes on. A
	 *           {@link java.util.concurrent.CancellationException} leaves the file for another time instead
	 */
	Object run(Path input, Path stem) throws Exception;
}
