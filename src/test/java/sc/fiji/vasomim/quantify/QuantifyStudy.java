package sc.fiji.vasomim.quantify;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

import ij.ImagePlus;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.parallel.TaskExecutors;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.vasomim.anatomy.VascularMask;
import sc.fiji.vasomim.anatomy.VascularMaskSettings;
import sc.fiji.vasomim.files.ImageFile;
import sc.fiji.vasomim.quantify.DiameterProfile.Station;
import sc.fiji.vasomim.sample.AngiogramSettings;
import sc.fiji.vasomim.sample.Segment;
import sc.fiji.vasomim.sample.Stenosis;
import sc.fiji.vasomim.sample.SyntheticAngiogram;

/**
 * Measured diameters against the truth, for docs/quantify.md; not a test. Arguments: the number of synthetic angiograms
 * (seeds 1, 2, ...), then DICOM runs whose frames are compared with one another.
 */
final class QuantifyStudy {

	/** True and measured, px and percent; NaN where nothing was found. */
	record Grade(double truePercent, double trueReference, double trueMinimum, double percent, double reference,
		double minimum, boolean isUnresolved)
	{

		double percentError() {
			return percent - truePercent;
		}

		double referenceError() {
			return reference - trueReference;
		}

		double minimumError() {
			return minimum - trueMinimum;
		}

		boolean isFound() {
			return !Double.isNaN(percent);
		}
	}

	enum MaskKind {
		TRUE, DILATED, ERODED, GAP, EXTRACTED
	}

	private QuantifyStudy() {}

	public static void main(final String[] arguments) throws IOException {
		Locale.setDefault(Locale.ROOT);
		final int count = Integer.parseInt(arguments[0]);
		final Map<MaskKind, List<Both>> synthetic = new EnumMap<>(MaskKind.class);
		for (final MaskKind kind : MaskKind.values())
			synthetic.put(kind, new ArrayList<>());
		final List<Both> edges = new ArrayList<>();
		final List<Both> defaults = new ArrayList<>();
		for (int seed = 1; seed <= count; seed++) {
			final SyntheticAngiogram drawn = SyntheticAngiogram.generate(AngiogramSettings.ofSeed(seed));
			for (final MaskKind kind : MaskKind.values())
				synthetic.get(kind).add(grade(drawn, kind, true));
			edges.add(grade(drawn, MaskKind.TRUE, false));
			defaults.add(grade(drawn, MaskKind.TRUE, StenosisSettings.DEFAULT));
			System.err.println("angiogram " + seed + " of " + count + ": " + synthetic.get(MaskKind.TRUE).get(seed - 1).picked);
		}
		System.out.println(HEAD);
		synthetic.forEach((kind, grades) -> System.out.println(row("two points, mask " + kind, grades.stream().map(
			Both::picked).toList())));
		for (final int[] range : new int[][] { { 20, 50 }, { 50, 70 }, { 70, 91 } })
			System.out.println(row("two points, true mask, " + range[0] + "-" + range[1] + " %", synthetic.get(MaskKind.TRUE)
				.stream().map(Both::picked).filter(g -> g.truePercent >= range[0] && g.truePercent < range[1]).toList()));
		System.out.println(row("two points, true mask, gradient edges", edges.stream().map(Both::picked).toList()));
		synthetic.forEach((kind, grades) -> System.out.println(row("all vessels, mask " + kind, grades.stream().map(
			Both::found).toList())));
		System.out.println(row("two points, true mask, defaults", defaults.stream().map(Both::picked).toList()));
		System.out.println(row("all vessels, true mask, defaults", defaults.stream().map(Both::found).toList()));
		System.out.println(row("polygon tubes", tubes(true)));
		System.out.println(row("polygon tubes, gradient edges", tubes(false)));
		for (final int percent : new int[] { 30, 50 })
			System.out.printf("%nAll vessels, true mask, defaults: of lesions of %d %% and more %d of %d were graded so, and %d " +
				"other places%n", percent, count(defaults, g -> g.truePercent >= percent && g.percent >= percent), count(defaults,
					g -> g.truePercent >= percent), defaults.stream().flatMapToDouble(both -> DoubleStream.of(both.others)).filter(
						p -> p >= percent).count());
		System.out.printf("%d of %d picked lesions were not told from an occlusion%n", defaults.stream().filter(
			both -> both.picked.isUnresolved).count(), defaults.stream().filter(both -> both.picked.isFound()).count());
		LongTube.study();
		for (int i = 1; i < arguments.length; i++)
			run(Path.of(arguments[i]));
	}

	static final String HEAD = "| case | n | found | %DS: mean error | SD | mean absolute | worst | " +
		"reference (px): mean error | SD | mean absolute | worst | minimum (px): mean error | SD | mean absolute |\n" +
		"|---|---|---|---|---|---|---|---|---|---|---|---|---|---|";

	static String row(final String name, final List<Grade> grades) {
		final List<Grade> found = grades.stream().filter(Grade::isFound).toList();
		return String.format("| %s | %d | %d | %.1f | %.1f | **%.1f** | %.0f | " +
			"%.2f | %.2f | **%.2f** | %.1f | %.2f | %.2f | %.2f |", name, grades.size(), found.size(), mean(found, Grade::percentError), deviation(found, Grade::percentError), absolute(
				found, Grade::percentError), worst(found, Grade::percentError), mean(found, Grade::referenceError), deviation(
					found, Grade::referenceError), absolute(found, Grade::referenceError), worst(found, Grade::referenceError), mean(
						found, Grade::minimumError), deviation(found, Grade::minimumError), absolute(found, Grade::minimumError));
	}

	static double mean(final List<Grade> grades, final ToDoubleFunction<Grade> value) {
		return grades.stream().mapToDouble(value).average().orElse(Double.NaN);
	}

	static double absolute(final List<Grade> grades, final ToDoubleFunction<Grade> value) {
		return mean(grades, g -> Math.abs(value.applyAsDouble(g)));
	}

	private static double worst(final List<Grade> grades, final ToDoubleFunction<Grade> value) {
		return grades.stream().mapToDouble(g -> Math.abs(value.applyAsDouble(g))).max().orElse(Double.NaN);
	}

	private static double deviation(final List<Grade> grades, final ToDoubleFunction<Grade> value) {
		final double mean = mean(grades, value);
		return Math.sqrt(mean(grades, g -> Math.pow(value.applyAsDouble(g) - mean, 2)));
	}

	/** What two points give that pick the narrowed vessel, as a user would, and what is found among all vessels, there and elsewhere (percent). */
	record Both(Grade picked, Grade found, double[] others) {}

	/** With a lower threshold and thinner vessels than the defaults have, so that nearly all lesions are graded. */
	static Both grade(final SyntheticAngiogram drawn, final MaskKind kind, final boolean corrected) {
		return grade(drawn, kind, new StenosisSettings(corrected, 0, 5, 3));
	}

	static Both grade(final SyntheticAngiogram drawn, final MaskKind kind, final StenosisSettings settings) {
		final Stenosis truth = drawn.stenoses().get(0);
		final VesselTree tree = new VesselTree(drawn.image(), mask(drawn, kind), settings);
		Lesion picked = null;
		try {
			picked = worst(tree.lesions(tree.along(ends(drawn, truth))));
		}
		catch (final IllegalArgumentException e) {
			System.err.println(drawn.settings().seed() + " " + kind + ": " + e.getMessage());
		}
		final List<Lesion> near = new ArrayList<>();
		final List<Lesion> others = new ArrayList<>();
		for (final DiameterProfile vessel : tree.vessels())
			for (final Lesion lesion : tree.lesions(vessel))
				(isNear(vessel, lesion, truth) ? near : others).add(lesion);
		return new Both(grade(truth, picked), grade(truth, worst(near)), others.stream().mapToDouble(Lesion::percent)
			.toArray());
	}

	private static boolean isNear(final DiameterProfile vessel, final Lesion lesion, final Stenosis truth) {
		return vessel.stations().get(lesion.narrowest()).centre().distance(new Point(truth.x(), truth.y())) < truth.length() /
			3;
	}

	private static Grade grade(final Stenosis truth, final Lesion lesion) {
		return grade(truth.percent(), 2 * truth.referenceRadius(), 2 * truth.minimumRadius(), lesion);
	}

	private static Grade grade(final double percent, final double reference, final double minimum, final Lesion lesion) {
		return lesion == null ? new Grade(percent, reference, minimum, Double.NaN, Double.NaN, Double.NaN, false) : new Grade(
			percent, reference, minimum, lesion.percent(), lesion.reference(), lesion.minimum(), lesion.doubts().contains(
				Lesion.Doubt.UNRESOLVED));
	}

	private static long count(final List<Both> grades, final Predicate<Grade> which) {
		return grades.stream().map(Both::found).filter(which).count();
	}

	/** Two healthy diameters before and behind the lesion, or the vessel's ends. */
	static List<Point> ends(final SyntheticAngiogram drawn, final Stenosis truth) {
		final List<Segment.Point> line = drawn.segments().get(truth.segment() - 1).centreline();
		final int narrowest = IntStream.range(0, line.size()).boxed().min(Comparator.comparingDouble(i -> Math.hypot(line.get(
			i).x() - truth.x(), line.get(i).y() - truth.y()))).orElseThrow();
		final int half = (int) (truth.length() / 2 + 4 * truth.referenceRadius());
		return List.of(point(line.get(Math.max(0, narrowest - half))), point(line.get(Math.min(line.size() - 1, narrowest +
			half))));
	}

	private static Point point(final Segment.Point point) {
		return new Point(point.x(), point.y());
	}

	private static Lesion worst(final List<Lesion> lesions) {
		return lesions.stream().max(Comparator.comparingDouble(Lesion::percent)).orElse(null);
	}

	static Img<UnsignedByteType> mask(final SyntheticAngiogram drawn, final MaskKind kind) {
		final int width = drawn.settings().width();
		final boolean[] truth = Planes.inside(drawn.mask());
		final Stenosis stenosis = drawn.stenoses().get(0);
		final byte[] mask = new byte[truth.length];
		if (kind == MaskKind.EXTRACTED) {
			final Img<UnsignedByteType> extracted = ArrayImgs.unsignedBytes(mask, width, mask.length / width);
			VascularMask.compute(drawn.image(), extracted, VascularMaskSettings.DEFAULT, TaskExecutors.singleThreaded());
			return extracted;
		}
		for (int i = 0; i < mask.length; i++) {
			final boolean inside = switch (kind) {
				case DILATED -> truth[i] || IntStream.of(sides(i, width, mask.length)).anyMatch(k -> truth[k]);
				case ERODED -> truth[i] && IntStream.of(sides(i, width, mask.length)).allMatch(k -> truth[k]);
				case GAP -> truth[i] && Math.hypot(i % width - stenosis.x(), i / width - stenosis.y()) > 4;
				default -> truth[i];
			};
			if (inside) mask[i] = (byte) 255;
		}
		return ArrayImgs.unsignedBytes(mask, width, mask.length / width);
	}

	private static int[] sides(final int i, final int width, final int size) {
		return IntStream.of(i - 1, i + 1, i - width, i + width).filter(k -> k >= 0 && k < size).toArray();
	}

	static List<Grade> tubes(final boolean corrected) {
		final List<Grade> grades = new ArrayList<>();
		final List<PolygonTube.Plan> plans = PolygonTube.plans();
		for (int i = 0; i < plans.size(); i++) {
			final PolygonTube tube = PolygonTube.draw(plans.get(i), i);
			final VesselTree tree = new VesselTree(tube.image(), tube.mask(), new StenosisSettings(corrected, 0, 5, 3));
			final Lesion lesion = worst(tree.lesions(tree.along(List.of(tube.start(), tube.end()))));
			grades.add(grade(tube.percent(), tube.reference(), tube.reference() * (1 - tube.percent() / 100), lesion));
			System.err.println(plans.get(i) + " -> " + grades.get(i) + " blur " + tree.blur() + " shape " + tree.shape());
		}
		return grades;
	}

	/** Diameters of a still object along its widest vessels, frame by frame, each with the mask of its own. */
	private static void run(final Path file) throws IOException {
		final ImagePlus image = ImageFile.read(file);
		final List<VesselTree> frames = new ArrayList<>();
		for (int i = 1; i <= image.getStackSize(); i++) {
			final Img<UnsignedByteType> plane = ArrayImgs.unsignedBytes((byte[]) image.getStack().getPixels(i), image.getWidth(),
				image.getHeight());
			final Img<UnsignedByteType> mask = ArrayImgs.unsignedBytes(plane.dimensionsAsLongArray());
			VascularMask.compute(plane, mask, VascularMaskSettings.DEFAULT, TaskExecutors.singleThreaded());
			frames.add(new VesselTree(plane, mask, StenosisSettings.DEFAULT));
		}
		final List<List<Station>> stations = new ArrayList<>();
		for (final VesselTree frame : frames)
			stations.add(frame.vessels().stream().flatMap(vessel -> vessel.stations().stream()).filter(Station::usable).toList());
		final List<Double> variations = new ArrayList<>();
		for (final Station station : stations.get(frames.size() / 2))
			if (station.diameter() > 4) variation(station, stations).ifPresent(variations::add);
		variations.sort(null);
		System.out.printf("%s: %d frames, %d places in all frames, blur %s px, coefficient of variation of the diameter: " +
			"median %.1f %%, 90th percentile %.1f %%%n", file.getFileName(), frames.size(), variations.size(), frames.stream().map(f -> String.format("%.2f", f.blur()))
				.toList(), 100 * variations.get(variations.size() / 2), 100 * variations.get(variations.size() * 9 / 10));
	}

	/** Of the diameters at one place; none where a frame has no vessel within 2 px. */
	private static OptionalDouble variation(final Station place, final List<List<Station>> frames) {
		final List<Double> diameters = new ArrayList<>();
		for (final List<Station> frame : frames)
			frame.stream().min(Comparator.comparingDouble(s -> s.centre().distance(place.centre()))).filter(s -> s.centre()
				.distance(place.centre()) < 2).ifPresent(s -> diameters.add(s.diameter()));
		if (diameters.size() < frames.size()) return OptionalDouble.empty();
		final double mean = diameters.stream().mapToDouble(d -> d).average().orElseThrow();
		return OptionalDouble.of(Math.sqrt(diameters.stream().mapToDouble(d -> (d - mean) * (d - mean)).sum() / (diameters
			.size() - 1)) / mean);
	}
}
