package sc.fiji.vasomim.model;

import java.util.List;

/** A network for a task, whose encoder may begin with the weights of a trained one. */
public sealed interface EncoderNetwork extends Network permits SegmentationNetwork, FasterRcnn {

	/** What it tells apart, in the order of their numbers. */
	List<String> classes();

	/** Side in px of the square images that it is trained on. */
	int size();

	/** This network, of the same size, as it must be to begin with the weights of another; itself if nothing differs. */
	default EncoderNetwork fittedTo(final Network start) {
		return this;
	}

	/** Whether a parameter belongs to the encoder: the part that pre-training gives, and that may be frozen. */
	boolean encodes(String parameter);

	/** What it calls a parameter that another network, such as {@link MaskedAutoencoder}, calls by this name. */
	default String named(final String parameter) {
		return parameter;
	}

	/** Stages or, in a transformer, blocks of the encoder, where weights do not tell their number; else 0. */
	default int depth() {
		return 0;
	}

	/** How many layers lie above a parameter's own, for layer-wise learning rates; 0 without a transformer. */
	default int layersAbove(final String parameter) {
		return 0;
	}

	/** Whether weight decay applies to a parameter in fine-tuning. */
	default boolean decays(final ParameterSpec parameter) {
		return parameter.decays();
	}
}
