package sc.fiji.vasomim.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;

import sc.fiji.vasomim.dataset.BoxedImages;
import sc.fiji.vasomim.dataset.ScaleJitter;
import sc.fiji.vasomim.dataset.TinyLesions;
import sc.fiji.vasomim.model.FasterRcnn;
import sc.fiji.vasomim.model.RegionCounts;
import sc.fiji.vasomim.model.VitDet;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Script;

/** That pixels, boxes and random numbers of a batch belong together; each image has a width of its own. */
class DetectionLoaderTest {

	private static final int BATCH = 4;

	private static final FasterRcnn NETWORK = new FasterRcnn(new VitDet(64, 16, 2, 2, 3, List.of(1), 4), 8, 12,
		new RegionCounts(8, 64, 50, 50, 50, 32), TinyLesions.CLASSES);

	private static final BoxedImages DATA = TinyLesions.make(BATCH, 64);

	private static DetectionLoader loader(final int batch) {
		return new DetectionLoader(DATA, new DetectionSettings(NETWORK, 2, 0, batch, 0.01, RateSchedule.COSINE, 0, 0,
			new FineTuning(1, 0.5, false, 0), new ScaleJitter(0.6, 1.6, true), 1, 1, 3, "cpu", "float32"));
	}

	/** In dark boxes it is dark and in bright ones bright, whatever was mirrored, resized and cut. */
	@Test
	void boxesLieOnWhatTheySurround() {
		final DetectionLoader loader = loader(BATCH);
		int seen = 0, mirrored = 0, cut = 0;
		try (NDManager scope = Devices.newManager(Device.cpu()); Script script = Script.load("detecting", "Boxes", Map.of(),
			Device.cpu()))
		{
			for (int epoch = 0; epoch < 8; epoch++) {
				final DetectionLoader.Batch batch = loader.load(scope, epoch, 0);
				for (int i = 0; i < BATCH; i++) {
					final NDArray placed = placed(script, scope, batch, i);
					final long[] labels = batch.labels().get(i).toLongArray();
					mirrored += batch.flip().getFloat(i) > 0 ? 1 : 0;
					cut += batch.shift().get(i).sum().getFloat() > 0 ? 1 : 0;
					for (int b = 0; b < labels.length; b++) {
						final float[] c = batch.boxes().get(i).get(b).toFloatArray();
						// Within the box by 2 px, for resizing blurs its border.
						if (c[2] - c[0] < 6 || c[3] - c[1] < 6) continue;
						final float mean = placed.get(Math.round(c[1] + 2) + ":" + Math.round(c[3] - 2) + ", " + Math.round(c[0] + 2) +
							":" + Math.round(c[2] - 2)).mean().getFloat();
						assertTrue(labels[b] == 0 ? mean < 70 : mean > 180, "epoch " + epoch + ", place " + i + ": " + TinyLesions.CLASSES
							.get((int) labels[b]) + " has a mean of " + mean);
						seen++;
					}
				}
			}
		}
		assertTrue(seen > 30 && mirrored > 5 && cut > 5, seen + " boxes, " + mirrored + " mirrored, " + cut + " cut");
	}

	/** Of one image of a batch, 64 x 64 px. */
	private static NDArray placed(final Script script, final NDManager scope, final DetectionLoader.Batch batch,
		final int i)
	{
		final String one = i + ":" + (i + 1);
		final int height = (int) batch.source().getFloat(i, 0), width = (int) batch.source().getFloat(i, 1);
		return script.call(scope, "place", batch.image().get(one + ", :" + height + ", :" + width), batch.target().get(one), batch
			.shift().get(one), batch.flip().get(one)).get(0).get(0).toType(DataType.FLOAT32, false);
	}

	/** All that is drawn for an image is the same at any place of any batch, and other than for the next image. */
	@Test
	void drawsBelongToTheImageNotToItsPlace() {
		try (NDManager scope = Devices.newManager(Device.cpu())) {
			final DetectionLoader.Batch all = loader(BATCH).load(scope, 1, 0);
			final DetectionLoader single = loader(1);
			for (int i = 0; i < BATCH; i++) {
				final DetectionLoader.Batch one = single.load(scope, 1, i);
				assertArrayEquals(row(all.target(), i), row(one.target(), 0));
				assertArrayEquals(row(all.shift(), i), row(one.shift(), 0));
				assertArrayEquals(row(all.flip(), i), row(one.flip(), 0));
				assertArrayEquals(row(all.anchorNoise(), i), row(one.anchorNoise(), 0));
				assertArrayEquals(Arrays.copyOf(row(all.regionNoise(), i), 50), Arrays.copyOf(row(one.regionNoise(), 0), 50));
				assertArrayEquals(all.branches().get(":, :, " + i).toFloatArray(), one.branches().toFloatArray());
				if (i > 0) assertFalse(Arrays.equals(row(all.anchorNoise(), i), row(all.anchorNoise(), 0)));
			}
		}
	}

	private static float[] row(final NDArray values, final int i) {
		return values.get(i).toFloatArray();
	}
}
