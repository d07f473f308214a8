package sc.fiji.vasomim.figure;

import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.List;

import ij.process.Blitter;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;

/** A figure: rows of tiles with a title over each, on white, a line of text below. Tiles of a figure are of one size. */
public final class Panel {

	private static final int GAP = 6;

	private static final int LINE = 20;

	private static final int FONT = 13;

	/** Narrower tiles are enlarged, so that titles fit. */
	private static final int LEAST_WIDTH = 200;

	private record Tile(String title, ColorProcessor image) {}

	private final List<List<Tile>> rows = new ArrayList<>();

	private String caption = "";

	/** Begins a row. */
	public Panel row() {
		rows.add(new ArrayList<>());
		return this;
	}

	/** Adds a tile to the row. */
	public Panel add(final String title, final ColorProcessor image) {
		rows.get(rows.size() - 1).add(new Tile(title, enlarge(image)));
		return this;
	}

	/** By a whole factor, so that every pixel stays a square. */
	private static ColorProcessor enlarge(final ColorProcessor image) {
		final int factor = (LEAST_WIDTH + image.getWidth() - 1) / image.getWidth();
		if (factor == 1) return image;
		image.setInterpolationMethod(ImageProcessor.NONE);
		return (ColorProcessor) image.resize(image.getWidth() * factor, image.getHeight() * factor);
	}

	/** What every reader must know; may hold line breaks. */
	public Panel caption(final String text) {
		caption = text;
		return this;
	}

	public ColorProcessor draw() {
		final ColorProcessor first = rows.get(0).get(0).image;
		final int columns = rows.stream().mapToInt(List::size).max().orElse(1);
		final String[] lines = caption.isEmpty() ? new String[0] : caption.split("\n");
		final int stepX = first.getWidth() + GAP;
		final int stepY = first.getHeight() + GAP + LINE;
		final ColorProcessor figure = new ColorProcessor(columns * stepX + GAP, rows.size() * stepY + GAP + lines.length *
			LINE);
		figure.setColor(Color.WHITE);
		figure.fill();
		figure.setColor(Color.BLACK);
		figure.setAntialiasedText(true);
		figure.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, FONT));
		for (int r = 0; r < rows.size(); r++)
			for (int c = 0; c < rows.get(r).size(); c++) {
				final Tile tile = rows.get(r).get(c);
				figure.drawString(tile.title, GAP + c * stepX, r * stepY + LINE);
				figure.copyBits(tile.image, GAP + c * stepX, GAP + r * stepY + LINE, Blitter.COPY);
			}
		for (int i = 0; i < lines.length; i++)
			figure.drawString(lines[i], GAP, rows.size() * stepY + (i + 1) * LINE);
		return figure;
	}
}
