package sc.fiji.vasomim.command;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;

import net.imglib2.parallel.TaskExecutor;

import sc.fiji.vasomim.batch.Progress;

/** Lets filters that know no progress be stopped: asks before each piece of their work. */
final class StoppableExecutor implements TaskExecutor {

	private final TaskExecutor executor;

	private final Progress progress;

	StoppableExecutor(final TaskExecutor executor, final Progress progress) {
		this.executor = executor;
		this.progress = progress;
	}

	private void check() {
		check(progress);
	}

	/** @throws CancellationException if the user asked to stop */
	static void check(final Progress progress) {
		if (progress.isCanceled()) throw new CancellationException("before the image was finished");
	}

	@Override
	public void runAll(final List<Runnable> tasks) {
		forEach(tasks, Runnable::run);
	}

	@Override
	public <T> void forEach(final List<? extends T> parameters, final Consumer<? super T> task) {
		executor.forEach(parameters, parameter -> {
			check();
			task.accept(parameter);
		});
	}

	@Override
	public <T, R> List<R> forEachApply(final List<? extends T> parameters, final Function<? super T, ? extends R> task) {
		return executor.forEachApply(parameters, parameter -> {
			check();
			return task.apply(parameter);
		});
	}

	@Override
	public int getParallelism() {
		return executor.getParallelism();
	}

	@Override
	public int suggestNumberOfTasks() {
		return executor.suggestNumberOfTasks();
	}

	@Override
	public ExecutorService getExecutorService() {
		return executor.getExecutorService();
	}

	@Override
	public void close() {
		executor.close();
	}
}
