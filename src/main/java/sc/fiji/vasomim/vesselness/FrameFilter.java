package sc.fiji.vasomim.vesselness;

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
	 *            memory, for touching new memory costs time; there are no more of them than threads
	 */
	static void run(final List<Frame> frames, final Function<TaskExecutor, Consumer<Frame>> filter,
		final TaskExecutor executor)
	{
		if (frames.size() == 1) {
			filter.apply(executor).accept(frames.get(0));
			return;
		}
		final Queue<Consumer<Frame>> idle = new ConcurrentLinkedQueue<>();
		// A task a frame: before each one, an executor may ask whether to stop.
		executor.forEach(frames, frame -> {
			final Consumer<Frame> used = idle.poll();
			final Consumer<Frame> one = used == null ? filter.apply(TaskExecutors.singleThreaded()) : used;
			one.accept(frame);
			idle.add(one);
		});
	}
}
