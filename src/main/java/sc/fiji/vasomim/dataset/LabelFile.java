package sc.fiji.vasomim.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import ij.ImagePlus;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;

import sc.fiji.vasomim.files.ImageFile;

/**
 * A label image: whole numbers, 0 for the background; of a palette the indices.
 *
 * @param values what pixels of each number become, from 0 on
 */
record LabelFile(Path file, List<Integer> values) implements Labels {

	LabelFile {
		values = List.copyOf(values);
	}

	@Override
	public byte[] read(final int width, final int height) throws IOException {
		final ImagePlus image = ImageFile.readIndices(file);
		MaskFile.requireFit("labels", file, image, width, height);
		final int[] numbers = numbers(image, file);
		final byte[] pixels = new byte[numbers.length];
		for (int i = 0; i < pixels.length; i++) {
			if (numbers[i] >= values.size()) throw new IllegalArgumentException("labels: " + file + " has the label " +
				numbers[i] + " at (" + i % width + ", " + i / width + "), but there are classes for 1.." + (values.size() - 1) +
				" only. Name all classes, or correct the label.");
			pixels[i] = (byte) (int) values.get(numbers[i]);
		}
		return pixels;
	}

	/** @throws IllegalArgumentException if pixels are colours, negative or broken */
	static int[] numbers(final ImagePlus image, final Path file) {
		final ImageProcessor processor = image.getProcessor();
		if (processor instanceof ColorProcessor) throw new IllegalArgumentException("labels: " + file +
			" has colours instead of label numbers. Save the numbers as grey values 0, 1, 2, ...");
		final int[] numbers = new int[processor.getPixelCount()];
		for (int i = 0; i < numbers.length; i++) {
			final float value = processor.getf(i);
			numbers[i] = (int) value;
			if (numbers[i] < 0 || numbers[i] != value) throw new IllegalArgumentException("labels: " + file +
				" has the value " + value + ", but labels are whole numbers from 0 on. Save them as such.");
		}
		return numbers;
	}

	@Override
	public String version() throws IOException {
		return MaskFile.version(file) + "\0" + values;
	}
}
