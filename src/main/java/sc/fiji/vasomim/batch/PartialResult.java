package sc.fiji.vasomim.batch;

/**
 * The result of work over many inputs, some of which may fail while the rest go on. A record with a component
 * {@code int failed} implements it by that alone; the shell's exit code is then 3 when any failed.
 */
public interface PartialResult {

	/** How many inputs failed, 0 or more; a skipped input is not a failed one. */
	int failed();
}
