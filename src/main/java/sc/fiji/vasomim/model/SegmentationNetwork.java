package sc.fiji.vasomim.model;

import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** A network that says of each pixel of a grey image what it belongs to. */
public sealed interface SegmentationNetwork extends EncoderNetwork permits UNet, Unext, VitUNet {

	/** The most classes that a label image of 8 bits can hold beside the background. */
	int MOST_CLASSES = 255;

	/**
	 * What it tells apart: one name for masks, as {@code vessel}; for labels the names of labels 1, 2, ... in order, the
	 * background left out.
	 */
	@Override
	List<String> classes();

	/** Channels of its answer: one logit for one class; else the background's and each class's. */
	default int outputs() {
		return classes().size() == 1 ? 1 : classes().size() + 1;
	}

	/** Sides of its input must be multiples of this, in px. */
	int stride();

	/** Whether the decoder sees the transformer's last block normalised. */
	default boolean normed() {
		return false;
	}

	/** What its transformer's LayerNorm adds to variances. */
	default double epsilon() {
		return VitOptions.PLAIN.epsilon();
	}

	@Override
	default SegmentationNetwork fittedTo(final Network start) {
		return this;
	}

	/** Whether it takes images of any size; else of {@link #size} x {@link #size} px alone. */
	default boolean anySize() {
		return true;
	}

	/** What the TorchScript source {@code segmentation} must know of it beside its weights. */
	default Map<String, Object> scriptAttributes() {
		return Map.of("architecture", architecture(), "normalisation", normalisation(), "depth", depth(), "heads", heads(),
			"normed", normed(), "epsilon", epsilon());
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
