package sc.fiji.vasomim.training;

import java.io.IOException;
import java.nio.file.Path;

import sc.fiji.vasomim.model.Weights;

/** Looks on while a network is trained. */
@FunctionalInterface
public interface TrainingMonitor {

	TrainingMonitor NONE = (run, epoch, weights) -> {};

	/**
	 * After each epoch, once it is logged and, where that is due, saved; on the training's thread, which waits. What it
	 * throws is a warning to the user and no more.
	 *
	 * @param run the run folder
	 * @param epoch how many are done
	 * @param weights as they are now; not to be changed, closed or kept
	 */
	void epochEnded(Path run, int epoch, Weights weights) throws IOException;
}
