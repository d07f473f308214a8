package sc.fiji.vasomim.cli;

/** How a run ended: the code that the shell sees and the word in the result line. */
enum ExitCode {
	SUCCESS(0, "success", "success"),
	FAILED(1, "failed", "failed; the message says why"),
	REFUSED(2, "refused", "bad usage: an unknown option, or a value that is not permitted"),
	PARTIAL(3, "partial", "inputs failed; the result and the status table say which"),
	STOPPED(130, "stopped", "stopped by Ctrl-C or a signal; what is left is sound");

	private final int code;

	private final String status;

	private final String meaning;

	ExitCode(final int code, final String status, final String meaning) {
		this.code = code;
		this.status = status;
		this.meaning = meaning;
	}

	int code() {
		return code;
	}

	String status() {
		return status;
	}

	String meaning() {
		return meaning;
	}
}
