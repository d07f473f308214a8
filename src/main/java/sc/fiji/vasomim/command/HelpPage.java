package sc.fiji.vasomim.command;

import java.util.Locale;

/** The pages that explain the commands: one for each, and for its sibling on files. */
public final class HelpPage {

	private static final String FOLDER = "https://github.com/fiji/vasomim/blob/main/docs/commands/";

	private HelpPage() {}

	/**
	 * @param label of a command, such as {@code Segment Vessels Folder}
	 * @return the page's file name, such as {@code segment-vessels.md}
	 */
	public static String file(final String label) {
		return label.replaceFirst(" Folder$", "").toLowerCase(Locale.ROOT).replace(' ', '-') + ".md";
	}

	/** Where a browser finds it. */
	static String address(final String label) {
		return FOLDER + file(label);
	}
}
