package sc.fiji.vasomim.figure;

import java.awt.Color;
import java.util.Map;

import ij.gui.Plot;
import ij.process.ImageProcessor;

/** Curves over training time. */
public final class Curves {

	private static final Color[] COLOURS = { new Color(0x4477aa), new Color(0xee7733), new Color(0x228833), new Color(
		0xaa3377) };

	private Curves() {}

	/**
	 * @param x values of the horizontal axis
	 * @param curves values over x by name, at most four
	 */
	public static ImageProcessor draw(final String title, final String xLabel, final String yLabel, final double[] x,
		final Map<String, double[]> curves)
	{
		final Plot plot = plot(title, xLabel, yLabel, x, curves);
		plot.setLimitsToFit(false);
		return finish(plot, curves);
	}

	/** Shares, on an axis from 0 to 1. */
	static ImageProcessor drawShares(final String title, final String xLabel, final String yLabel, final double[] x,
		final Map<String, double[]> curves)
	{
		final Plot plot = plot(title, xLabel, yLabel, x, curves);
		plot.setLimits(0, x[x.length - 1], 0, 1);
		return finish(plot, curves);
	}

	private static Plot plot(final String title, final String xLabel, final String yLabel, final double[] x,
		final Map<String, double[]> curves)
	{
		final Plot plot = new Plot(title, xLabel, yLabel);
		plot.setSize(560, 320);
		int colour = 0;
		for (final double[] y : curves.values()) {
			plot.setColor(COLOURS[colour++]);
			plot.setLineWidth(2);
			plot.addPoints(x, y, Plot.LINE);
		}
		plot.setColor(Color.BLACK);
		plot.setLineWidth(1);
		return plot;
	}

	private static ImageProcessor finish(final Plot plot, final Map<String, double[]> curves) {
		plot.addLegend(String.join("\t", curves.keySet()));
		return plot.getProcessor();
	}
}
