package sc.fiji.vasomim.dataset;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import javax.imageio.ImageIO;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.files.IntensityRule;
import sc.fiji.vasomim.torch.CounterRandom;
import sc.fiji.vasomim.torch.CounterRandom.Purpose;

/** A data set of small noisy images, each with a dark line and its mask, for tests of whole training runs. */
public final class TinyAngiograms {

	private TinyAngiograms() {}

	/** Folders {@code images} and {@code masks} with 0.png, 1.png, ...; each image is 4 px wider than the one before. */
	public static void write(final Path folder, final int count, final int size) throws IOException {
		for (int i = 0; i < count; i++) {
			final CounterRandom random = new CounterRandom(1, Purpose.SPLIT, 0, i);
			final int line = 8 + random.nextInt(size - 16);
			final byte[] image = new byte[size * (size + 4 * i)];
			final byte[] mask = new byte[image.length];
			for (int p = 0; p < image.length; p++) {
				final boolean vessel = Math.abs(p % (size + 4 * i) - line) < 3;
				image[p] = (byte) (100 + random.nextInt(60) + (vessel ? -60 : 0));
				mask[p] = (byte) (vessel ? 255 : 0);
			}
			png(folder.resolve("images/" + i + ".png"), image, size + 4 * i, size);
			png(folder.resolve("masks/" + i + ".png"), mask, size + 4 * i, size);
		}
	}

	/** A black image and a mask that is all vessel. */
	public static void image(final Path folder, final String name, final int width, final int height) throws IOException {
		final byte[] mask = new byte[width * height];
		Arrays.fill(mask, (byte) 255);
		png(folder.resolve("images").resolve(name + ".png"), new byte[width * height], width, height);
		png(folder.resolve("masks").resolve(name + ".png"), mask, width, height);
	}

	static void png(final Path file, final byte[] pixels, final int width, final int height) throws IOException {
		final BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
		image.getRaster().setDataElements(0, 0, width, height, pixels);
		Files.createDirectories(file.getParent());
		ImageIO.write(image, "png", file.toFile());
	}

	/** The cache of what {@link #write} wrote. */
	public static PixelCache open(final Path folder) throws IOException {
		return open(folder, Progress.NONE);
	}

	static PixelCache open(final Path folder, final Progress progress) throws IOException {
		return PixelCache.open(folder.resolve("pixels.cache"), AngiogramFolder.pairs(folder.resolve("images"), folder
			.resolve("masks")), new IntensityRule(IntensityRule.Polarity.AUTO), progress, warning -> {});
	}

	/** The same images with two classes: 1 on the left side of the line, 2 on the rest of it. */
	public static PixelCache openSides(final Path folder) throws IOException {
		final List<Sample> samples = AngiogramFolder.pairs(folder.resolve("images"), folder.resolve("masks")).stream().map(
			sample -> new Sample(sample.name(), sample.image(), new Sides(sample.labels()))).toList();
		return PixelCache.open(folder.resolve("sides.cache"), samples, new IntensityRule(IntensityRule.Polarity.AUTO),
			Progress.NONE, warning -> {});
	}

	/** Labels of a mask: 1 on the left 2 px of what is set, 2 further right. */
	public record Sides(Labels mask) implements Labels {

		@Override
		public byte[] read(final int width, final int height) throws IOException {
			final byte[] pixels = mask.read(width, height);
			final byte[] labels = new byte[pixels.length];
			for (int i = 2; i < labels.length; i++)
				if (pixels[i] != 0) labels[i] = (byte) (pixels[i - 2] == 0 ? 1 : 2);
			return labels;
		}

		@Override
		public String version() throws IOException {
			return "sides of " + mask.version();
		}
	}
}
