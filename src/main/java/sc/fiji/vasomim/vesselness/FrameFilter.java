package sc.fiji.vasomim.vesselness;

import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import net.imglib2.parallel.TaskExecutor;
import net.imglib2.parallel.TaskExecutors;

/**
 * Runs a response over frames: several in parallel, each on one thread, or one with all threads.
 *
 * @param sign 1 for dark ridges, -1 for bright ones
 */
record FrameFilter(List<ScaleStep> steps, float sign, TaskExecutor executor) {

	void run(final List<Frame> frames, final Response response) {
		final Queue<Frame> queue = new ConcurrentLinkedQueue<>(frames);
		if (frames.size() == 1) work(queue, response, executor);
		else executor.forEach(Collections.nCopies(Math.min(frames.size(), executor.getParallelism()), queue), q -> work(q,
			response, TaskExecutors.singleThreaded()));
	}

	/** Takes frames from the queue until there are none; memory is used again, for touching new memory costs time. */
	private void work(final Queue<Frame> frames, final Response response, final TaskExecutor threads) {
		MultiScale scales = null;
		for (Frame frame = frames.poll(); frame != null; frame = frames.poll()) {
			final VesselnessOutput output = frame.output();
			if (scales == null) scales = new MultiScale((int) frame.input().dimension(0), (int) frame.input().dimension(1),
				steps, output.scale() != null, output.direction() != null, threads);
			scales.run(frame.input(), sign, response);
			scales.maximum.response.write(output.response());
			if (output.scale() != null) scales.maximum.scale.write(output.scale());
			if (output.direction() != null) scales.maximum.direction.write(output.direction());
		}
	}
}
