package sc.fiji.vasomim.vesselness;

import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;

import net.imglib2.parallel.TaskExecutor;
import net.imglib2.parallel.TaskExecutors;

/** Runs over frames: several in parallel, each on one thread, or one with all threads. */
final class FrameFilter {

	private FrameFilter() {}

	/**
	 * @param frames all of one size
	 * @param filter given the threads it may use, makes what filters one frame after the other; it keeps its
	 *            memory, for touching new memory costs time
	 */
	static void run(final List<Frame> frames, final Function<TaskExecutor, Consumer<Frame>> filter,
		final TaskExecutor executor)
	{
		if (frames.size() == 1) {
			filter.apply(executor).accept(frames.get(0));
			return;
		}
		final Queue<Frame> queue = new ConcurrentLinkedQueue<>(frames);
		executor.forEach(Collections.nCopies(Math.min(frames.size(), executor.getParallelism()), queue), q -> {
			final Consumer<Frame> one = filter.apply(TaskExecutors.singleThreaded());
			for (Frame frame = q.poll(); frame != null; frame = q.poll())
				one.accept(frame);
		});
	}
}
