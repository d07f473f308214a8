package sc.fiji.vasomim.training;

/** The ranges of training parameters, in one wording. */
final class Check {

	private Check() {}

	static void atLeast(final String name, final int value, final int least) {
		if (value < least) throw new IllegalArgumentException(name + ": must be " + least + " or more, but was " + value);
	}

	/** For networks whose batch normalisation looks at the whole batch, which must then lie on one device. */
	static void oneDevice(final String device) {
		if (device != null && device.contains(",")) throw new IllegalArgumentException(
			"device: must be one, because batch normalisation takes its statistics from the whole batch, but was " + device +
				"; Pre-train VasoMIM alone shares a batch between devices");
	}

	static void positive(final String name, final double value) {
		if (!(value > 0 && value < Double.POSITIVE_INFINITY)) throw new IllegalArgumentException(name +
			": must be a positive number, but was " + value);
	}

	static void share(final String name, final double value) {
		if (!(value > 0 && value <= 1)) throw new IllegalArgumentException(name +
			": must be more than 0 and at most 1, but was " + value);
	}

	static void multiple(final String name, final int value, final int of) {
		if (value < of || value % of != 0) throw new IllegalArgumentException(name + ": must be a multiple of " + of +
			" px, but was " + value);
	}
}
