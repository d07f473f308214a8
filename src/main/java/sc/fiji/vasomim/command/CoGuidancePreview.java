package sc.fiji.vasomim.command;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

import ij.ImagePlus;
import ij.process.ImageProcessor;

import sc.fiji.vasomim.batch.Progress;

/** The co-guidance figure of one plane, kept up to date in a window of its own while a dialog is open. */
final class CoGuidancePreview {

	private final PictureWindow window;

	private final LivePreview live;

	/** Closed by {@link #close}, some time after. */
	final CoGuidanceStages stages = new CoGuidanceStages();

	private boolean ended;

	/** @param status shows a line to the user */
	CoGuidancePreview(final PictureWindow window, final Consumer<String> status) {
		this.window = window;
		live = new LivePreview(window::close, status);
	}

	/**
	 * Draws the image's current plane.
	 *
	 * @param settings taken now
	 */
	void show(final Supplier<CoGuidanceSetup> settings, final ImagePlus image) {
		live.show(() -> {
			Frames.requireOpen("input", image);
			final CoGuidanceSetup setup = settings.get();
			final int plane = image.getCurrentSlice() - 1;
			return progress -> {
				final ImageProcessor figure = draw(setup, image, plane, progress);
				return () -> window.show("preview: co-guidance of " + image.getTitle(), figure);
			};
		});
	}

	void end() {
		live.end();
	}

	/** Ends it for good, and closes the networks once they are idle. */
	void close() {
		live.close();
		CompletableFuture.runAsync(this::forget);
	}

	private synchronized ImageProcessor draw(final CoGuidanceSetup setup, final ImagePlus image, final int plane,
		final Progress progress) throws IOException
	{
		if (ended || progress.isCanceled()) throw new CancellationException();
		stages.set(setup);
		return stages.figures().draw(stages.guide(stages.grey(image, setup).planes().get(plane), progress), plane);
	}

	private synchronized void forget() {
		ended = true;
		stages.close();
	}
}
