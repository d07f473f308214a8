package sc.fiji.vasomim.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import ij.ImagePlus;
import ij.ImageStack;
import ij.WindowManager;

import sc.fiji.vasomim.quantify.DiameterProfile.Station;
import sc.fiji.vasomim.quantify.Lesion;

/** What was measured in an image: tables, and what to draw. */
record StenosisResults(ImagePlus image, PixelSize size, List<StenosisPlane> planes) {

	/** The lesions, plane by plane and vessel by vessel. */
	List<StenosisRow> rows() {
		final List<StenosisRow> rows = new ArrayList<>();
		for (final StenosisPlane plane : planes) {
			int number = 0;
			for (int v = 0; v < plane.vessels().size(); v++)
				for (final Lesion lesion : plane.vessels().get(v).lesions())
					rows.add(row(plane, v, ++number, lesion));
		}
		return rows;
	}

	private StenosisRow row(final StenosisPlane plane, final int vessel, final int number, final Lesion lesion) {
		final StenosisPlane.Vessel measured = plane.vessels().get(vessel);
		final Station narrowest = measured.profile().stations().get(lesion.narrowest());
		final double factor = size.factor();
		return new StenosisRow(image.getTitle(), plane.plane() + 1, vessel + 1, number, narrowest.centre().x(), narrowest
			.centre().y(), factor * lesion.minimum(), factor * lesion.reference(), lesion.percent(), factor * lesion.length(),
			factor * measured.profile().length(), size.unit(), note(lesion));
	}

	private static String note(final Lesion lesion) {
		return lesion.doubts().stream().map(doubt -> switch (doubt) {
			case UNRESOLVED -> String.format(Locale.ROOT, "not told from an occlusion: at least %.0f %%", lesion
				.leastPercent());
			case ONE_SIDED_REFERENCE -> "healthy on one side alone";
			case NO_HEALTHY_STRETCH -> "no healthy stretch";
			case SHORT_REFERENCE -> "healthy stretch of less than 1.5 diameters";
		}).collect(Collectors.joining("; "));
	}

	MeasureTable lesions() {
		return StenosisRow.table(rows());
	}

	/** The diameters, station by station; usable is 0 at branchings and crossings. */
	MeasureTable profiles() {
		final String unit = " (" + size.unit() + ")";
		final List<List<Object>> cells = new ArrayList<>();
		for (final StenosisPlane plane : planes)
			for (int v = 0; v < plane.vessels().size(); v++)
				for (final Station station : plane.vessels().get(v).profile().stations())
					cells.add(List.of(image.getTitle(), plane.plane() + 1, v + 1, size.factor() * station.position(), station
						.centre().x(), station.centre().y(), size.factor() * station.diameter(), station.usable() ? 1 : 0));
		return new MeasureTable(List.of("image", "frame", "vessel", "position" + unit, "x (px)", "y (px)", "diameter" + unit,
			"usable"), cells);
	}

	/** Of each plane, the diameters of the vessel with the tightest lesion, or else of the longest one. */
	ImagePlus plot() {
		final ImageStack stack = new ImageStack();
		for (final StenosisPlane plane : planes)
			stack.addSlice("plane " + (plane.plane() + 1), StenosisPlot.draw(foremost(plane), size));
		return new ImagePlus(WindowManager.makeUniqueName("diameters of " + image.getTitle()), stack);
	}

	QuantifyStenosis.Result result() {
		return new QuantifyStenosis.Result(rows(), planes.stream().mapToInt(plane -> plane.vessels().size()).sum(), planes
			.stream().mapToDouble(StenosisPlane::blur).average().orElseThrow(), size.unit(), size.factor(), size
				.source().toString());
	}

	private static StenosisPlane.Vessel foremost(final StenosisPlane plane) {
		return plane.vessels().stream().max(Comparator.comparingDouble((StenosisPlane.Vessel vessel) -> vessel.lesions()
			.stream().mapToDouble(Lesion::percent).max().orElse(0)).thenComparingDouble(vessel -> vessel.profile().length()))
			.orElseThrow();
	}

	/** Says where nothing was found, for an empty table could mean anything, what was assumed, and what is in doubt. */
	void tell(final double threshold, final Consumer<String> log) {
		for (final StenosisPlane plane : planes) {
			final String place = image.getTitle() + ", plane " + (plane.plane() + 1) + ": ";
			if (plane.vessels().stream().allMatch(vessel -> vessel.lesions().isEmpty())) log.accept(String.format(Locale.ROOT,
				"%sno narrowing of %.0f %% or more was found in %d vessels", place, threshold, plane.vessels().size()));
			if (plane.blurAssumed()) log.accept(place + "no vessel is wide enough to tell the blur; 1 px is assumed. Set blur.");
		}
		rows().stream().filter(row -> !row.note().isEmpty()).forEach(row -> log.accept(image.getTitle() + ", plane " + row
			.frame() + ", lesion " + row.lesion() + ": " + row.note()));
	}
}
