package sc.fiji.vasomim.model;

import java.util.List;

/** A network's configuration: all that its parameter table and its computation follow from. */
public sealed interface Network permits MaskedAutoencoder, Unext {

	/** The name in a model file's header, such as {@code mae}. */
	String architecture();

	/** The configuration's class of an {@link #architecture}; null if this version knows none. */
	static Class<? extends Network> type(final String architecture) {
		return switch (architecture) {
			case MaskedAutoencoder.ARCHITECTURE -> MaskedAutoencoder.class;
			case Unext.ARCHITECTURE -> Unext.class;
			default -> null;
		};
	}

	/** Every tensor. The order decides which random stream a tensor starts from, so it never changes. */
	List<ParameterSpec> parameters();
}
