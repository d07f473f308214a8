package sc.fiji.vasomim.inference;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;

import ai.djl.Device;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.vasomim.metrics.Dice;
import sc.fiji.vasomim.model.BundledModel;
import sc.fiji.vasomim.model.SegmentationNetwork;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.sample.RealSample;
import sc.fiji.vasomim.torch.Precision;

/** The bundled model on the eight packaged frames: real ones of ARCADE's validation images, which it never learnt from. */
class BundledVesselsTest {

	/** What was asked of it over the whole validation split is 79.5 %; eight frames may lie a little below. */
	@Test
	void itFindsTheVesselsThatPeopleDrew() throws IOException {
		double sum = 0;
		try (Weights weights = BundledModel.ARCADE_VESSELS.read("model", SegmentationNetwork.class, Device.cpu());
				Segmenter segmenter = new Segmenter(weights, Precision.FLOAT32))
		{
			for (final RealSample sample : RealSample.all())
				sum += Dice.of(segmenter.labels(grey(sample.openImage()), SegmentedPlane.THRESHOLD), grey(sample.openMask()));
		}
		assertTrue(sum / RealSample.all().size() > 0.77, "mean Dice " + sum / RealSample.all().size());
	}

	private static Img<UnsignedByteType> grey(final InputStream file) throws IOException {
		try (file) {
			final int[] values = ImageIO.read(file).getRaster().getSamples(0, 0, 512, 512, 0, (int[]) null);
			final byte[] pixels = new byte[values.length];
			for (int i = 0; i < pixels.length; i++)
				pixels[i] = (byte) values[i];
			return ArrayImgs.unsignedBytes(pixels, 512, 512);
		}
	}
}
