package sc.fiji.vasomim.inference;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

import ai.djl.Device;

import com.sun.management.OperatingSystemMXBean;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.vasomim.model.BundledModel;
import sc.fiji.vasomim.model.SegmentationNetwork;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Precision;
import sc.fiji.vasomim.training.SegmentationPreset;

/**
 * The Java half of {@code scripts/benchmark segment}: from 8-bit image to 8-bit mask. Prints lines of case, precision and
 * milliseconds of CPU time, the median of some runs; the first line is the wall time of the engine's first use, from its
 * loading to the bundled model's first mask.
 */
final class SegmenterTiming {

	private static final OperatingSystemMXBean MACHINE = (OperatingSystemMXBean) ManagementFactory
		.getOperatingSystemMXBean();

	private SegmenterTiming() {}

	/** Arguments: runs of the small cases. */
	public static void main(final String[] arguments) throws IOException {
		final int runs = Integer.parseInt(arguments[0]);
		final long start = System.nanoTime();
		try (Weights unet = BundledModel.ARCADE_VESSELS.read("model", SegmentationNetwork.class, Device.cpu())) {
			time("", unet, Precision.FLOAT32, SegmenterSettings.DEFAULT, 512, 0);
			System.out.printf(Locale.ROOT, "first,float32,%.1f%n", (System.nanoTime() - start) / 1e6);
			for (final Precision precision : Precision.values())
				time("deep unet 256", unet, precision, SegmenterSettings.DEFAULT, 512, runs);
		}
		final SegmentationNetwork vit = SegmentationPreset.VIT_BASE.settings(List.of("vessel"), 0).network();
		try (Weights weights = Weights.initialise(vit, 1, Device.cpu())) {
			for (final Precision precision : Precision.values()) {
				time("vit base 224", weights, precision, SegmenterSettings.DEFAULT, 224, runs);
				time("vit base 1024 tiled", weights, precision, new SegmenterSettings(1, 0, SegmenterSettings.Flips.NONE), 1024, 1);
			}
		}
	}

	/** One run to warm up, then as many as are counted. */
	private static void time(final String name, final Weights weights, final Precision precision,
		final SegmenterSettings settings, final int side, final int runs)
	{
		final byte[] pixels = new byte[side * side];
		new Random(side).nextBytes(pixels);
		final Img<UnsignedByteType> image = ArrayImgs.unsignedBytes(pixels, side, side);
		final double[] times = new double[runs];
		try (Segmenter segmenter = new Segmenter(weights, precision, settings, said -> {})) {
			segmenter.labels(image, 0.5);
			for (int i = 0; i < runs; i++) {
				final long before = MACHINE.getProcessCpuTime();
				segmenter.labels(image, 0.5);
				times[i] = (MACHINE.getProcessCpuTime() - before) / 1e6;
			}
		}
		Arrays.sort(times);
		if (runs > 0) System.out.printf(Locale.ROOT, "%s,%s,%.1f%n", name, precision, times[runs / 2]);
	}
}
