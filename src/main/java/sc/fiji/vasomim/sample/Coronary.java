package sc.fiji.vasomim.sample;

/** Which coronary artery the contrast agent fills. */
public enum Coronary {
	/** Left or right, as the seed has it. */
	ANY,
	/** Left main stem, anterior descending and circumflex artery, in a caudal or cranial view. */
	LEFT,
	/** Right coronary artery, in a left anterior oblique view. */
	RIGHT
}
