package sc.fiji.vasomim.command;

import java.util.List;

/**
 * A lesion, as tables have it.
 *
 * @param image its title
 * @param frame place in the stack, from 1
 * @param vessel number in the frame, from 1
 * @param lesion number in the frame, from 1
 * @param x of the narrowest place, px
 * @param y of the narrowest place, px
 * @param mld minimum lumen diameter
 * @param reference diameter of the healthy vessel there
 * @param percent diameter stenosis: 100 (1 - mld / reference)
 * @param length of the lesion
 * @param vessellength of the vessel that was measured
 * @param unit of diameters and lengths: mm or px
 * @param note why the grade is to be taken with care; mostly empty
 */
public record StenosisRow(String image, int frame, int vessel, int lesion, double x, double y, double mld,
	double reference, double percent, double length, double vessellength, String unit, String note)
{

	/** The same for all units, for runs share a window: columns that are not a row's own would be 0 there. */
	static final List<String> HEADINGS = List.of("image", "frame", "vessel", "lesion", "x (px)", "y (px)", "MLD",
		"reference diameter", "diameter stenosis (%)", "lesion length", "vessel length", "unit", "note");

	static MeasureTable table(final List<StenosisRow> rows) {
		return new MeasureTable(HEADINGS, rows.stream().map(StenosisRow::cells).toList());
	}

	private List<Object> cells() {
		return List.of(image, frame, vessel, lesion, x, y, mld, reference, percent, length, vessellength, unit, note);
	}
}
