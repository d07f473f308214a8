package sc.fiji.vasomim.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import ij.ImagePlus;
import ij.measure.Calibration;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.vasomim.skeleton.VesselSize;
import sc.fiji.vasomim.skeleton.VesselSizes;

/**
 * How large the vessels of one class are in a frame, as {@link VesselSizes} measures it; all 0 if there is none.
 *
 * @param image its title
 * @param frame place in the stack, from 1
 * @param label the class's number in the label image; 255 in masks
 * @param vessel the class's name
 * @param area in square units
 * @param length of the centrelines, in units
 * @param diameter mean over the centrelines, in units
 * @param unit of the image's calibration; px if it has none
 */
public record VesselRow(String image, int frame, int label, String vessel, double area, double length, double diameter,
	String unit)
{

	static final List<String> HEADINGS = List.of("image", "frame", "label", "vessel", "area", "length", "diameter",
		"unit");

	/** @param frame place in the stack, from 0 */
	static List<VesselRow> of(final ImagePlus image, final int frame,
		final RandomAccessibleInterval<UnsignedByteType> labels, final List<String> classes)
	{
		final Calibration space = image.getCalibration();
		final Map<Integer, VesselSize> sizes = VesselSizes.of(labels, space.pixelWidth, space.pixelHeight);
		final List<VesselRow> rows = new ArrayList<>();
		for (int i = 0; i < classes.size(); i++) {
			final int label = classes.size() == 1 ? 255 : i + 1;
			final VesselSize size = sizes.getOrDefault(label, VesselSize.NONE);
			rows.add(new VesselRow(image.getTitle(), frame + 1, label, classes.get(i), size.area(), size.length(), size
				.diameter(), space.scaled() ? space.getXUnit() : "px"));
		}
		return rows;
	}

	static MeasureTable table(final List<VesselRow> rows) {
		return new MeasureTable(HEADINGS, rows.stream().map(VesselRow::cells).toList());
	}

	private List<Object> cells() {
		return List.of(image, frame, label, vessel, area, length, diameter, unit);
	}
}
