package sc.fiji.vasomim.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;

import org.scijava.ItemIO;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.log.LogService;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.prefs.PrefService;
import org.scijava.widget.Button;

import ij.ImagePlus;

import sc.fiji.vasomim.batch.PartialResult;
import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.command.VasoMIMCommand;

/** Commands below {@code Plugins>Trial}, one for each way that a command can look or end. */
public final class TrialCommands {

	public enum Polarity {
		AUTO, DARK, BRIGHT
	}

	public record Echo(String input, double sigma, int count, String mode, Polarity polarity, boolean invert,
		boolean keep, double undefined) implements PartialResult {

		@Override
		public int failed() {
			return 0;
		}
	}

	public abstract static class TrialFilter extends VasoMIMCommand {

		@Parameter(label = "Sigma", description = "Width of a vessel, 50 % of its peak", min = "0.5", max = "20",
			persist = false)
		protected double sigma = 1.5;

		@Parameter(label = "Count", description = "Number of scales", min = "1", persist = false)
		protected int count = 3;

		@Parameter(label = "Mode", choices = { "fast", "exact" }, persist = false)
		protected String mode = "fast";

		@Parameter(label = "Polarity", description = "Vessels against the ground.", persist = false)
		protected Polarity polarity = Polarity.AUTO;

		@Parameter(label = "Invert", description = "Invert the image", persist = false)
		protected boolean invert;

		@Parameter(label = "Keep", description = "Keep the range", persist = false)
		protected boolean keep = true;

		@Parameter(visibility = ItemVisibility.MESSAGE)
		private final String note = "A message";

		@Parameter(label = "Press")
		private Button button;

		@Parameter(visibility = ItemVisibility.INVISIBLE, persist = false)
		private String hidden = "hidden";
	}

	@Plugin(type = Command.class, menuPath = "Plugins>Trial>Filters>Trial Vessels...", label = "Trial Vessels",
		headless = true)
	public static class TrialVessels extends TrialFilter {

		@Parameter(label = "Image", description = "Image", type = ItemIO.BOTH)
		private ImagePlus image;

		@Override
		protected Object execute(final Progress progress) {
			return null;
		}
	}

	@Plugin(type = Command.class, menuPath = "Plugins>Trial>Batch>Trial Vessels Folder...",
		label = "Trial Vessels Folder", description = "Filters a trial, 100 % of it", headless = true)
	public static class TrialVesselsFolder extends TrialFilter {

		@Parameter(label = "Input", description = "Image or folder of images", style = "both")
		private File input;

		@Parameter(label = "Output", description = "Where results go", style = "directory", required = false)
		private File output;

		@Override
		protected Echo execute(final Progress progress) {
			return new Echo(input.getPath(), sigma, count, mode, polarity, invert, keep, Double.NaN);
		}
	}

	/** Needs a service that the shell doesn't start by itself, and prints wherever it can. */
	@Plugin(type = Command.class, menuPath = "Plugins>Trial>Run VasoMIM Demo...", label = "Run VasoMIM Demo",
		headless = true)
	public static class TrialChatter extends VasoMIMCommand {

		@Parameter
		private LogService log;

		@Parameter
		private PrefService preferences;

		@Override
		protected Object execute(final Progress progress) {
			log.info("a line of log");
			System.out.println("a library's chatter");
			progress.report(1, 2, "halfway");
			return new Tally(preferences == null ? 0 : 1, 0);
		}
	}

	@Plugin(type = Command.class, menuPath = "Plugins>Trial>Trial Silence...", label = "Trial Silence",
		headless = true)
	public static class TrialSilence extends VasoMIMCommand {

		@Override
		protected Object execute(final Progress progress) {
			return null;
		}
	}

	@Plugin(type = Command.class, menuPath = "Plugins>Trial>Trial Failure...", label = "Trial Failure",
		headless = true)
	public static class TrialFailure extends VasoMIMCommand {

		@Override
		protected Object execute(final Progress progress) throws IOException {
			throw new IOException("Cannot read frame.png: it is cut short");
		}
	}

	@Plugin(type = Command.class, menuPath = "Plugins>Trial>Trial Fault...", label = "Trial Fault", headless = true)
	public static class TrialFault extends VasoMIMCommand {

		@Override
		protected Object execute(final Progress progress) {
			throw new IllegalStateException("a fault of ours");
		}
	}

	@Plugin(type = Command.class, menuPath = "Plugins>Trial>Trial Refusal...", label = "Trial Refusal",
		headless = true)
	public static class TrialRefusal extends VasoMIMCommand {

		@Override
		protected Object execute(final Progress progress) {
			throw new IllegalArgumentException("sigma must be below the width, 5 px, but is 9");
		}
	}

	public record Tally(int done, int failed) implements PartialResult {}

	@Plugin(type = Command.class, menuPath = "Plugins>Trial>Trial Tally...", label = "Trial Tally", headless = true)
	public static class TrialTally extends VasoMIMCommand {

		@Parameter(label = "Failed", description = "How many inputs fail", min = "0", persist = false)
		private int failed = 2;

		@Override
		protected Tally execute(final Progress progress) {
			return new Tally(7, failed);
		}
	}

	/** Works until it is stopped, then takes its time to leave a file that says so. */
	@Plugin(type = Command.class, menuPath = "Plugins>Trial>Trial Endless...", label = "Trial Endless",
		headless = true)
	public static class TrialEndless extends VasoMIMCommand {

		@Parameter(label = "Output", description = "Written when the work has ended", style = "save")
		private File output;

		@Override
		protected Object execute(final Progress progress) throws IOException {
			for (int i = 0; !progress.isCanceled(); i++) {
				progress.report(i % 100, 100, "at work");
				pause(5);
			}
			pause(200);
			Files.writeString(Path.of(output.getPath()), "sound");
			throw new CancellationException("after the last whole step");
		}

		private static void pause(final long milliseconds) {
			try {
				Thread.sleep(milliseconds);
			}
			catch (final InterruptedException e) {
				throw new IllegalStateException(e);
			}
		}
	}

	private TrialCommands() {}
}
