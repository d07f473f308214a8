package sc.fiji.vasomim.model;

import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** A network that says of each pixel of a grey image what it belongs to. */
public sealed interface SegmentationNetwork extends Network permits UNet, Unext, VitUNet {

	/** The most classes that a label image of 8 bits can hold beside the background. */
	int MOST_CLASSES = 255;

	/**
	 * What it tells apart: one name for masks, as {@code vessel}; for labels the names of labels 1, 2, ... in order, the
	 * background left out.
	 */
	List<String> classes();

	/** Channels of its answer: one logit for one class; else the background's and each class's. */
	default int outputs() {
		return classes().size() == 1 ? 1 : classes().size() + 1;
	}

	/** Side in px of the square images that it is trained on. */
	int size();

	/** Sides of its input must be multiples of this, in px. */
	int stride();

	/** Whether a parameter belongs to the encoder: the part that pre-training gives, and that may be frozen. */
	boolean encodes(String parameter);

	/** Stages or, in a transformer, blocks of the encoder, where weights do not tell their number; else 0. */
	default int depth() {
		return 0;
	}

	/** Attention heads of its transformer; 0 if it has none. */
	default int heads() {
		return 0;
	}

	/** Whether the decoder sees the transformer's last block normalised. */
	default boolean normed() {
		return false;
	}

	/** How many layers lie above a parameter's own, for layer-wise learning rates; 0 without a transformer. */
	default int layersAbove(final String parameter) {
		return 0;
	}

	/** Whether weight decay applies to a parameter in fine-tuning. */
	default boolean decays(final ParameterSpec parameter) {
		return parameter.decays();
	}

	/** Whether it takes images of any size; else of {@link #size} x {@link #size} px alone. */
	default boolean anySize() {
		return true;
	}

	/** What the TorchScript source {@code segmentation} must know of it beside its weights. */
	default Map<String, Object> scriptAttributes() {
		return Map.of("architecture", architecture(), "normalisation", normalisation(), "depth", depth(), "heads", heads(),
			"normed", normed());
	}

	/**
	 * @return the classes, immutable
	 * @throws IllegalArgumentException if there are none or too many, or one is empty or comes twice
	 */
	static List<String> requireClasses(final List<String> classes) {
		if (classes == null || classes.isEmpty() || classes.size() > MOST_CLASSES) throw new IllegalArgumentException(
			"classes: there must be 1 to " + MOST_CLASSES + " names, but was " + classes);
		if (classes.stream().anyMatch(name -> name == null || name.isBlank()) || new HashSet<>(classes).size() < classes
			.size()) throw new IllegalArgumentException("classes: names must differ and not be empty, but were " + classes);
		return List.copyOf(classes);
	}
}
