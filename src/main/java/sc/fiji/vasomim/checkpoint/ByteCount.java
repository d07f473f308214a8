package sc.fiji.vasomim.checkpoint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.CancellationException;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.files.SafetensorsWriter;
import sc.fiji.vasomim.files.TensorInfo;

/** Counts the bytes that were read or written, and stops where the user asked to. */
final class ByteCount {

	private final Progress progress;

	private final long total;

	private long done;

	ByteCount(final Progress progress, final long total) {
		this.progress = progress;
		this.total = total;
	}

	/** @throws CancellationException if the work was stopped */
	void add(final long bytes, final String message) {
		if (progress.isCanceled()) throw new CancellationException("nothing was written");
		done += bytes;
		progress.report(done, total, message);
	}

	/** The same tensor, counted when it has been written. */
	SafetensorsWriter.Source counted(final SafetensorsWriter.Source source) {
		return new SafetensorsWriter.Source() {

			@Override
			public TensorInfo info() {
				return source.info();
			}

			@Override
			public void writeTo(final FileChannel channel) throws IOException {
				add(0, info().name());
				source.writeTo(channel);
				add(info().bytes(), info().name());
			}
		};
	}
}
