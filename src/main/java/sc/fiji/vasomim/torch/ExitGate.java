package sc.fiji.vasomim.torch;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Lets Java end only between two calls. When the process ends, PyTorch's libraries free the code that they compiled,
 * and a call that still runs it would crash: Fiji, closed while a network is trained, would leave a crash report.
 */
final class ExitGate {

	/** How long Java's end may wait for a call. */
	private static final int PATIENCE = 30;

	private static final ReentrantReadWriteLock CALLS = new ReentrantReadWriteLock();

	static {
		// The lock is never given back: no call may begin any more.
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			try {
				CALLS.writeLock().tryLock(PATIENCE, TimeUnit.SECONDS);
			}
			catch (final InterruptedException e) {
				Thread.currentThread().interrupt();
			}
		}, "VasoMIM-exit"));
	}

	private ExitGate() {}

	/** @return locked; to be unlocked by this thread when its call is over */
	static Lock enter() {
		final Lock call = CALLS.readLock();
		call.lock();
		return call;
	}
}
