package sc.fiji.vasomim.figure;

import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.List;

import ij.process.Blitter;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;

/**
 * A figure: rows of tiles with a title over each, on white; below, what the colours mean and a line of text. Tiles of a
 * figure are of one size.
 */
public final class Panel {

	private static final int GAP = 6;

	private static final int LINE = 20;

	private static final int FONT = 13;

	public static final int KEY_HEIGHT = 12;

	/** Wide enough to show a scale of colours. */
	public static final int KEY_WIDTH = 40;

	/** Narrower tiles are enlarged, so that titles fit. */
	private static final int LEAST_WIDTH = 200;

	private record Tile(String title, ColorProcessor image) {}

	private final List<List<Tile>> rows = new ArrayList<>();

	private final List<Tile> keys = new ArrayList<>();

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

	/** Says what a colour, or a scale of colours, means; a line of its own. */
	public Panel key(final ColorProcessor colour, final String meaning) {
		keys.add(new Tile(meaning, colour));
		return this;
	}

	/** What every reader must know; may hold line breaks. */
	public Panel caption(final String text) {
		caption = text;
		return this;
	}

	/** Its size depends on the tiles and on the number of keys and lines alone. */
	public ColorProcessor draw() {
		final ColorProcessor first = rows.get(0).get(0).image;
		final int columns = rows.stream().mapToInt(List::size).max().orElse(1);
		final String[] lines = caption.isEmpty() ? new String[0] : caption.split("\n");
		final int stepX = first.getWidth() + GAP;
		final int stepY = first.getHeight() + GAP + LINE;
		final ColorProcessor figure = new ColorProcessor(columns * stepX + GAP, rows.size() * stepY + GAP + (keys.size() +
			lines.length) * LINE);
		figure.setColor(Color.WHITE);
		figure.fill();
		figure.setColor(Color.BLACK);
		figure.setAntialiasedText(true);
		for (int r = 0; r < rows.size(); r++)
			for (int c = 0; c < rows.get(r).size(); c++) {
				final Tile tile = rows.get(r).get(c);
				write(figure, tile.title, GAP + c * stepX, r * stepY + LINE, first.getWidth());
				figure.copyBits(tile.image, GAP + c * stepX, GAP + r * stepY + LINE, Blitter.COPY);
			}
		int y = rows.size() * stepY;
		for (final Tile key : keys) {
			y += LINE;
			figure.copyBits(key.image, GAP, y - key.image.getHeight() - 2, Blitter.COPY);
			final int x = 2 * GAP + key.image.getWidth();
			write(figure, key.title, x, y, figure.getWidth() - GAP - x);
		}
		for (final String line : lines)
			write(figure, line, GAP, y += LINE, figure.getWidth() - 2 * GAP);
		return figure;
	}

	/**
	 * In a smaller font if there is too little room. A wider figure would do for one, but those of a stack must be of one
	 * size, whatever number a line holds.
	 */
	private static void write(final ColorProcessor figure, final String text, final int x, final int y, final int room) {
		Font font = new Font(Font.SANS_SERIF, Font.PLAIN, FONT);
		figure.setFont(font);
		while (figure.getStringWidth(text) > room && font.getSize2D() > 1) {
			font = font.deriveFont(font.getSize2D() - 0.25f);
			figure.setFont(font);
		}
		figure.drawString(text, x, y);
	}
}
