package sc.fiji.vasomim.command;

import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;

import ij.gui.Plot;
import ij.process.ImageProcessor;

import sc.fiji.vasomim.quantify.DiameterProfile.Station;
import sc.fiji.vasomim.quantify.Lesion;

/** The diameter along a vessel, with its lesions. */
final class StenosisPlot {

	private static final Color LUMEN = new Color(0x4477aa);

	private static final Color REFERENCE = new Color(0x228833);

	private static final Color LESION = new Color(0xee6677);

	private StenosisPlot() {}

	/** Branchings and crossings, where nothing was measured, are gaps. */
	static ImageProcessor draw(final StenosisPlane.Vessel vessel, final PixelSize size) {
		final List<Station> stations = vessel.profile().stations();
		final double[] x = stations.stream().mapToDouble(station -> size.factor() * station.position()).toArray();
		final double[] y = stations.stream().mapToDouble(station -> station.usable() ? size.factor() * station.diameter()
			: Double.NaN).toArray();
		final Plot plot = new Plot("Diameter", "position (" + size.unit() + ")", "diameter (" + size.unit() + ")");
		plot.setSize(560, 320);
		plot.setLineWidth(2);
		plot.setColor(LUMEN);
		plot.addPoints(x, y, Plot.LINE);
		if (!vessel.lesions().isEmpty()) {
			plot.setColor(REFERENCE);
			plot.addPoints(pieces(vessel, lesion -> new double[] { x[lesion.first()], x[lesion.last()] }), pieces(vessel,
				lesion -> new double[] { size.factor() * lesion.reference(), size.factor() * lesion.reference() }), Plot.LINE);
			plot.setColor(LESION);
			plot.addPoints(pieces(vessel, lesion -> new double[] { x[lesion.narrowest()], x[lesion.narrowest()] }), pieces(vessel,
				lesion -> new double[] { size.factor() * lesion.minimum(), size.factor() * lesion.reference() }), Plot.LINE);
		}
		plot.setColor(Color.BLACK);
		plot.setLineWidth(1);
		plot.addLegend("lumen" + (vessel.lesions().isEmpty() ? "" : "\treference\tdiameter lost"));
		final double most = Arrays.stream(y).filter(Double::isFinite).max().orElse(1);
		plot.setLimits(0, Math.max(x[x.length - 1], 1e-6), 0, 1.2 * most);
		return plot.getProcessor();
	}

	/** One curve of a piece a lesion: a point without value lifts the pen. */
	private static double[] pieces(final StenosisPlane.Vessel vessel, final Function<Lesion, double[]> piece) {
		return vessel.lesions().stream().flatMapToDouble(lesion -> DoubleStream.concat(Arrays.stream(piece.apply(lesion)),
			DoubleStream.of(Double.NaN))).toArray();
	}
}
