package sc.fiji.vasomim.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import ij.process.ByteProcessor;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.vasomim.anatomy.VascularMask;
import sc.fiji.vasomim.anatomy.VascularMaskSettings;
import sc.fiji.vasomim.dataset.AngiogramFolder;
import sc.fiji.vasomim.dataset.Sample;
import sc.fiji.vasomim.files.AtomicFile;
import sc.fiji.vasomim.files.ImageFile;
import sc.fiji.vasomim.sample.AngiogramSettings;
import sc.fiji.vasomim.sample.RealSample;
import sc.fiji.vasomim.sample.SyntheticAngiogram;

/** The demo's angiograms, written out with their vascular masks as a data set in the layout that training reads. */
final class DemoFrames {

	/** Two of the eight real frames, one of each artery, are kept out of all training. */
	private static final List<String> HELD_OUT = List.of("val-044", "val-161");

	/** An angiogram with its vascular mask. */
	record Frame(String name, RandomAccessibleInterval<UnsignedByteType> image,
		RandomAccessibleInterval<UnsignedByteType> mask, boolean heldOut)
	{}

	private final Path folder;

	private final List<Frame> frames = new ArrayList<>();

	private DemoFrames(final Path folder) {
		this.folder = folder;
	}

	static DemoFrames write(final Path folder, final long seed) throws IOException {
		final DemoFrames demo = new DemoFrames(folder);
		for (final RealSample sample : RealSample.all()) {
			final boolean heldOut = HELD_OUT.contains(sample.name());
			final Path file = demo.part(heldOut).resolve("images").resolve(sample.name() + ".jpg");
			try (InputStream in = sample.openImage()) {
				AtomicFile.write(file, in.readAllBytes());
			}
			final ByteProcessor grey = (ByteProcessor) ImageFile.read(file).getProcessor();
			demo.add(sample.name(), ArrayImgs.unsignedBytes((byte[]) grey.getPixels(), grey.getWidth(), grey.getHeight()),
				heldOut);
		}
		final RandomAccessibleInterval<UnsignedByteType> drawn = SyntheticAngiogram.generate(AngiogramSettings.ofSeed(seed))
			.image();
		demo.add("synthetic", drawn, false);
		ImageFile.writePng(demo.part(false).resolve("images").resolve("synthetic.png"), drawn);
		return demo;
	}

	private void add(final String name, final RandomAccessibleInterval<UnsignedByteType> image, final boolean heldOut)
		throws IOException
	{
		final RandomAccessibleInterval<UnsignedByteType> mask = VascularMask.compute(image, VascularMaskSettings.DEFAULT);
		ImageFile.writePng(part(heldOut).resolve("masks").resolve(name + ".png"), mask);
		frames.add(new Frame(name, image, mask, heldOut));
	}

	private Path part(final boolean heldOut) {
		return folder.resolve(heldOut ? "heldout" : "train");
	}

	List<Frame> all() {
		return frames;
	}

	/** In the order of {@link #pairs}. */
	List<Frame> heldOut() {
		return frames.stream().filter(Frame::heldOut).sorted(Comparator.comparing(Frame::name)).toList();
	}

	List<Sample> pairs(final boolean heldOut) throws IOException {
		return AngiogramFolder.pairs(part(heldOut).resolve("images"), part(heldOut).resolve("masks"));
	}

	Path cache(final boolean heldOut) {
		return part(heldOut).resolve("pixels");
	}
}
