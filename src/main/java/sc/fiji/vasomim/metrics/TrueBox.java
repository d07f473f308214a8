package sc.fiji.vasomim.metrics;

/**
 * A box that was drawn.
 *
 * @param label number of its class, 1 or more
 * @param crowd whether it surrounds a group: any number of detections inside it are neither right nor wrong
 * @param ignored whether it need not be found: one detection of it is neither right nor wrong
 */
public record TrueBox(Box box, int label, boolean crowd, boolean ignored) {

	/** A box that is to be found. */
	public TrueBox(final Box box, final int label) {
		this(box, label, false, false);
	}

	/** Whether it counts neither as found nor as missed. */
	public boolean isIgnored() {
		return crowd || ignored;
	}

	/** What a detection's match is judged by: intersection over union, of a crowd over the detection's own area. */
	double overlap(final Box detected) {
		return crowd ? detected.intersection(box) / detected.area() : detected.iou(box);
	}
}
