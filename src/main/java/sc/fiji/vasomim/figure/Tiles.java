package sc.fiji.vasomim.figure;

import ij.process.ColorProcessor;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;

import sc.fiji.vasomim.guidance.PatchMask;
import sc.fiji.vasomim.inference.PatchGrid;

/** Single pictures of a figure, as RGB images of the size of what they show. */
public final class Tiles {

	/** Colours of hidden patches, told apart by the colour-blind too: drawn uniformly, drawn by guidance. */
	private static final int RANDOM = 0x4477aa;

	private static final int GUIDED = 0xee7733;

	/** How much of a hidden patch's colour is its tint: the vessel below must still be seen. */
	private static final double TINT = 0.6;

	/** Black, violet, orange, yellow, white: dark to light in equal steps of brightness. */
	private static final int[] HEAT = { 0x000004, 0x420a68, 0x932667, 0xdd513a, 0xfca50a, 0xfcffa4 };

	private static final int HIDDEN = 0x2f6f73;

	/** Where no difference is shown: none of the colours of HEAT. */
	private static final int VISIBLE = 0xd6e4f0;

	private Tiles() {}

	/** Grey from 0 (black) to {@code white}; what lies outside is clipped. */
	public static ColorProcessor grey(final RandomAccessibleInterval<? extends RealType<?>> image, final double white) {
		final ColorProcessor tile = new ColorProcessor((int) image.dimension(0), (int) image.dimension(1));
		final Cursor<? extends RealType<?>> cursor = Views.flatIterable(image).cursor();
		for (int i = 0; cursor.hasNext(); i++) {
			final int level = (int) Math.round(255 * share(cursor.next().getRealDouble() / white));
			tile.set(i, level << 16 | level << 8 | level);
		}
		return tile;
	}

	/**
	 * One value a patch, as colours from dark to light; of the size of the grid.
	 *
	 * @param values for each patch in raster order, not negative
	 */
	public static ColorProcessor heat(final float[] values, final PatchGrid grid) {
		float max = Float.MIN_NORMAL;
		for (final float value : values)
			max = Math.max(max, value);
		final ColorProcessor tile = new ColorProcessor(grid.width(), grid.height());
		for (int y = 0; y < grid.height(); y++)
			for (int x = 0; x < grid.width(); x++)
				tile.set(x, y, heatColour(values[grid.at(x, y)] / max));
		return tile;
	}

	/** The colours of {@link #heat} from 0 to the largest value, left to right: a key. */
	public static ColorProcessor heatKey(final int width, final int height) {
		final ColorProcessor key = new ColorProcessor(width, height);
		for (int i = 0; i < width * height; i++)
			key.set(i, heatColour(i % width / (width - 1.0)));
		return key;
	}

	/** The colour of hidden patches over mid-grey, as {@link #tintPatches} has it: a key. */
	public static ColorProcessor tintKey(final boolean guided, final int width, final int height) {
		final ColorProcessor key = new ColorProcessor(width, height);
		for (int i = 0; i < width * height; i++)
			key.set(i, mix(0x808080, guided ? GUIDED : RANDOM, TINT));
		return key;
	}

	private static int heatColour(final double share) {
		final double position = share(share) * (HEAT.length - 1);
		final int below = (int) Math.min(position, HEAT.length - 2.0);
		return mix(HEAT[below], HEAT[below + 1], position - below);
	}

	/** A copy with the mask's pixels tinted. */
	public static ColorProcessor tintMask(final ColorProcessor tile,
		final RandomAccessibleInterval<? extends RealType<?>> mask)
	{
		final ColorProcessor tinted = (ColorProcessor) tile.duplicate();
		final Cursor<? extends RealType<?>> cursor = Views.flatIterable(mask).cursor();
		for (int i = 0; cursor.hasNext(); i++)
			if (cursor.next().getRealDouble() > 0) tinted.set(i, mix(tile.get(i), GUIDED, 0.6));
		return tinted;
	}

	/**
	 * A copy with the hidden patches tinted: blue where they were drawn uniformly, orange where guidance chose them.
	 *
	 * @param tile of the size of the mask's grid
	 */
	public static ColorProcessor tintPatches(final ColorProcessor tile, final PatchMask mask) {
		final ColorProcessor tinted = (ColorProcessor) tile.duplicate();
		for (int y = 0; y < tile.getHeight(); y++)
			for (int x = 0; x < tile.getWidth(); x++) {
				final int patch = mask.grid().at(x, y);
				if (mask.masked()[patch]) tinted.set(x, y, mix(tile.get(x, y), mask.guided()[patch] ? GUIDED : RANDOM, TINT));
			}
		return tinted;
	}

	/** A copy with the mask's pixels in one plain colour that no grey image has. */
	public static ColorProcessor hide(final ColorProcessor tile,
		final RandomAccessibleInterval<? extends RealType<?>> mask)
	{
		final ColorProcessor hidden = (ColorProcessor) tile.duplicate();
		final Cursor<? extends RealType<?>> cursor = Views.flatIterable(mask).cursor();
		for (int i = 0; cursor.hasNext(); i++)
			if (cursor.next().getRealDouble() > 0) hidden.set(i, HIDDEN);
		return hidden;
	}

	/**
	 * How far two images are apart, as colours from dark to light; plain {@link #visibleKey} outside of the mask.
	 *
	 * @param largest difference that has a colour of its own; larger ones look the same
	 */
	public static ColorProcessor difference(final RandomAccessibleInterval<? extends RealType<?>> image,
		final RandomAccessibleInterval<? extends RealType<?>> other,
		final RandomAccessibleInterval<? extends RealType<?>> mask, final double largest)
	{
		final ColorProcessor tile = new ColorProcessor((int) image.dimension(0), (int) image.dimension(1));
		final Cursor<? extends RealType<?>> a = Views.flatIterable(image).cursor();
		final Cursor<? extends RealType<?>> b = Views.flatIterable(other).cursor();
		final Cursor<? extends RealType<?>> inside = Views.flatIterable(mask).cursor();
		for (int i = 0; a.hasNext(); i++) {
			final double difference = Math.abs(a.next().getRealDouble() - b.next().getRealDouble());
			tile.set(i, inside.next().getRealDouble() > 0 ? heatColour(difference / largest) : VISIBLE);
		}
		return tile;
	}

	/** The colour of {@link #hide}. */
	public static ColorProcessor hiddenKey(final int width, final int height) {
		return plain(HIDDEN, width, height);
	}

	/** The colour of {@link #difference} outside of the mask. */
	public static ColorProcessor visibleKey(final int width, final int height) {
		return plain(VISIBLE, width, height);
	}

	private static ColorProcessor plain(final int colour, final int width, final int height) {
		final ColorProcessor tile = new ColorProcessor(width, height);
		for (int i = 0; i < width * height; i++)
			tile.set(i, colour);
		return tile;
	}

	private static int mix(final int from, final int to, final double share) {
		int colour = 0;
		for (int shift = 16; shift >= 0; shift -= 8) {
			final int a = from >> shift & 255;
			final int b = to >> shift & 255;
			colour |= (int) Math.round(a + (b - a) * share) << shift;
		}
		return colour;
	}

	private static double share(final double value) {
		return Math.max(0, Math.min(1, value));
	}
}
