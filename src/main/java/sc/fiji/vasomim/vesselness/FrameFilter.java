package sc.fiji.vasomim.vesselness;

import java.util.List;

import net.imglib2.parallel.TaskExecutor;
import net.imglib2.parallel.TaskExecutors;

/**
 * Runs a response over frames: several in parallel, each on one thread, or one with all threads.
 *
 * @param sign 1 for dark ridges, -1 for bright ones
 */
record FrameFilter(List<ScaleStep> steps, float sign, TaskExecutor executor) {

	void run(final List<Frame> frames, final Response response) {
		if (frames.size() == 1) run(frames.get(0), response, executor);
		else executor.forEach(frames, frame -> run(frame, response, TaskExecutors.singleThreaded()));
	}

	private void run(final Frame frame, final Response response, final TaskExecutor threads) {
		final VesselnessOutput output = frame.output();
		final int width = (int) frame.input().dimension(0), height = (int) frame.input().dimension(1);
		final MultiScale scales = new MultiScale(width, height, steps, threads);
		final Maximum maximum = scales.maximum(output.scale() != null, output.direction() != null);
		scales.run(frame.input(), sign, response, maximum);
		maximum.response.write(output.response());
		if (maximum.scale != null) maximum.scale.write(output.scale());
		if (maximum.direction != null) maximum.direction.write(output.direction());
	}
}
