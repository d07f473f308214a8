package sc.fiji.vasomim.cli;

/** The launcher over the trial commands, for tests that need a process of its own. */
public final class TrialMain {

	private TrialMain() {}

	public static void main(final String... args) {
		System.exit(VasoMIM.run("Plugins>Trial", args));
	}
}
