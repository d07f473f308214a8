package sc.fiji.vasomim.model;

import java.util.List;

/** A network's configuration: all that its parameter table and its computation follow from. */
public sealed interface Network permits MaskedAutoencoder, Unext {

	/** The name in a model file's header, such as {@code mae}. */
	String architecture();

	/** Every tensor, in the order of the published code's state dictionary. */
	List<ParameterSpec> parameters();
}
