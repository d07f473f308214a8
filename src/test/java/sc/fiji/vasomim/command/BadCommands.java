package sc.fiji.vasomim.command;

import java.io.File;

import org.scijava.ItemIO;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;

import sc.fiji.vasomim.batch.Progress;

/** A pair of commands that keeps every rule, and commands that each break some. */
final class BadCommands {

	static final String MENU = "Plugins>Bad>";

	private abstract static class Idle extends VasoMIMCommand {

		@Override
		protected Object execute(final Progress progress) {
			return null;
		}
	}

	private abstract static class Shared extends Idle {

		@Parameter(label = "Sigma", description = "Width of a vessel in pixels", style = VasoMIMCommand.DECIMALS,
			min = "0.5", persist = false)
		private double sigma = 1;

		@Parameter(label = "Mode", description = "Speed", choices = { "fast", "exact" }, persist = false)
		private String mode = "fast";
	}

	@Plugin(type = Command.class, menuPath = MENU + "Vessels>Good-Natured Filter...", label = "Good-Natured Filter",
		headless = true,
		description = "For tests.")
	public static class GoodNaturedFilter extends Shared {

		@Parameter(label = "Image", description = "An angiogram")
		private ImagePlus image;

		@Parameter(label = "Vesselness", description = "Vesselness, 0 to 1", type = ItemIO.OUTPUT)
		private ImagePlus vesselness;
	}

	@Plugin(type = Command.class, menuPath = MENU + "Batch>Good-Natured Filter Folder...",
		label = "Good-Natured Filter Folder", headless = true,
		description = "For tests.")
	public static class GoodNaturedFilterFolder extends Shared {

		@Parameter(label = "Input", description = "An image or a folder of images", style = "both", persist = false)
		private File input;

		@Parameter(label = "Output", description = "Folder for the results", style = "directory", persist = false)
		private File output;
	}

	public static class Unannotated extends Idle {}

	@Plugin(type = Command.class, menuPath = "Plugins>Elsewhere>Bad Name", label = "Misnamed")
	public static class BadName extends Idle {}

	@Plugin(type = Command.class, menuPath = MENU + "Misnamed...", label = "Misnamed", headless = true)
	public static class Misnamed extends Idle {}

	@Plugin(type = Command.class, menuPath = MENU + "Bad Parameters...", label = "Bad Parameters", headless = true,
		description = "For tests.")
	public static class BadParameters extends Idle {

		@Parameter(persist = false)
		private boolean bare;

		@Parameter(label = "Size", description = "Size", min = "1", persist = false)
		private int tileSize = 1;

		@Parameter(label = "Alpha", description = "Alpha", style = VasoMIMCommand.DECIMALS, min = "0")
		private double alpha;

		@Parameter(label = "Beta", description = "Beta", persist = false)
		private double beta = .5;

		@Parameter(label = "Gamma", description = "Gamma", style = VasoMIMCommand.DECIMALS, min = "1", max = "2",
			persist = false)
		private float gamma = 3;

		@Parameter(label = "Mode", description = "Mode", choices = { "fast", "exact" }, persist = false)
		private String mode = "slow";

		@Parameter(visibility = ItemVisibility.MESSAGE, label = "Part")
		private final String head = "Part";

		@Parameter(label = "Fixed", description = "Fixed", persist = false)
		private final boolean fixed = true;
	}

	@Plugin(type = Command.class, menuPath = MENU + "Lonely Filter...", label = "Lonely Filter", headless = true,
		description = "For tests.")
	public static class LonelyFilter extends Shared {

		@Parameter(label = "Image", description = "An angiogram", type = ItemIO.BOTH)
		private ImagePlus image;
	}

	@Plugin(type = Command.class, menuPath = MENU + "Estranged...", label = "Estranged", headless = true,
		description = "For tests.")
	public static class Estranged extends Shared {

		@Parameter(label = "Image", description = "An angiogram")
		private ImagePlus image;
	}

	@Plugin(type = Command.class, menuPath = MENU + "Estranged Folder...", label = "Estranged Folder", headless = true,
		description = "For tests.")
	public static class EstrangedFolder extends Idle {

		@Parameter(label = "Input", description = "A folder", style = "directory", persist = false)
		private File input;
	}

	private BadCommands() {}
}
