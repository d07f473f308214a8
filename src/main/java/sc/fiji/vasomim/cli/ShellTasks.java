package sc.fiji.vasomim.cli;

import org.scijava.service.AbstractService;
import org.scijava.task.DefaultTask;
import org.scijava.task.Task;
import org.scijava.task.TaskService;

/**
 * The tasks of commands that run in a shell: progress goes straight to stderr, and Ctrl-C stops them all. SciJava's own
 * service sends both through AWT's event queue, which a shell need not start.
 */
final class ShellTasks extends AbstractService implements TaskService {

	private final ProgressLine line;

	private volatile boolean stopped;

	ShellTasks(final ProgressLine line) {
		this.line = line;
	}

	/** Asks all tasks, present and future, to end. */
	void stop() {
		stopped = true;
	}

	boolean isStopped() {
		return stopped;
	}

	@Override
	public Task createTask(final String name) {
		final Task task = new ShellTask();
		task.setName(name);
		return task;
	}

	private final class ShellTask extends DefaultTask {

		private ShellTask() {
			super(null, null);
		}

		@Override
		public void setProgressValue(final long done) {
			super.setProgressValue(done);
			line.show(done, getProgressMaximum(), getStatusMessage());
		}

		@Override
		public boolean isCanceled() {
			return stopped || super.isCanceled();
		}

		@Override
		public void finish() {
			super.finish();
			line.clear();
		}
	}
}
