package sc.fiji.vasomim.batch;

/**
 * Where long work says how far it is, and asks whether it should go on. Work calls {@link #report} after each unit;
 * whoever shows it (a Fiji task, the shell) works out the time left.
 */
public interface Progress {

	/** Shows nothing and never stops. */
	Progress NONE = new Progress() {

		@Override
		public void report(final long done, final long total, final String message) {}

		@Override
		public boolean isCanceled() {
			return false;
		}
	};

	/**
	 * @param done units finished, 0..total
	 * @param total units in all
	 * @param message what is being done, in a few words
	 */
	void report(long done, long total, String message);

	/** Whether the user asked to stop; work then leaves everything sound and returns early. */
	boolean isCanceled();

	/** Work inside a unit: it can be stopped, but tells nothing of itself. */
	default Progress silent() {
		final Progress whole = this;
		return new Progress() {

			@Override
			public void report(final long done, final long total, final String message) {}

			@Override
			public boolean isCanceled() {
				return whole.isCanceled();
			}
		};
	}
}
