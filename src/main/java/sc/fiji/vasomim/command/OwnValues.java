package sc.fiji.vasomim.command;

import ij.ImagePlus;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/**
 * An image as it was recorded, but with dark vessels: what a display window cuts off or rounds would change the widths
 * of vessels.
 */
final class OwnValues {

	private OwnValues() {}

	/**
	 * @param grey of the same image, which tells whether it is inverted; 8-bit and RGB images are measured as they are there
	 * @param number of the plane, from 0
	 * @return calibrated values, W x H; negative ones of images that are inverted
	 */
	static RandomAccessibleInterval<? extends RealType<?>> plane(final ImagePlus image, final Frames.Grey grey,
		final int number)
	{
		if (image.getBitDepth() != 16 && image.getBitDepth() != 32) return grey.planes().get(number);
		final ImageProcessor plane = image.getStack().getProcessor(number + 1).duplicate();
		plane.setCalibrationTable(image.getBitDepth() == 16 ? image.getCalibration().getCTable() : null);
		final FloatProcessor values = plane.convertToFloatProcessor();
		if (grey.applied().inverted()) values.multiply(-1);
		return Frames.plane(values);
	}
}
