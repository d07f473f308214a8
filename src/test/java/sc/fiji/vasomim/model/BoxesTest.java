package sc.fiji.vasomim.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import sc.fiji.vasomim.Reference;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Script;

/** Each rule of the detector by itself, against torchvision and detectron2: reference/boxes. */
class BoxesTest {

	private final NDManager manager = Devices.newManager(Device.cpu());

	private final Script script = Script.load("detecting", "Boxes", Map.of(), Device.cpu());

	private final Reference reference = new Reference("boxes");

	BoxesTest() throws IOException {}

	@AfterEach
	void close() throws IOException {
		reference.close();
		script.close();
		manager.close();
	}

	private NDList call(final String method, final Object... arguments) {
		return script.call(manager, method, arguments);
	}

	private NDArray tensor(final String name) throws IOException {
		return reference.tensor(manager, name);
	}

	@Test
	void intersectionOverUnion() throws IOException {
		reference.assertClose("out.iou", call("iou", tensor("in.a"), tensor("in.b")).get(0), 1e-6);
	}

	@Test
	void matching() throws IOException {
		final NDList anchors = call("match_anchors", tensor("in.a"), tensor("in.b"));
		reference.assertClose("out.match", anchors.get(0), 0);
		reference.assertClose("out.kind", anchors.get(1), 0);
		final NDList regions = call("match_regions", tensor("in.a"), tensor("in.b"));
		reference.assertClose("out.region_kind", regions.get(1), 0);
	}

	@Test
	void withoutTruthAllIsBackground() throws IOException {
		final NDArray none = manager.create(new Shape(0, 4));
		assertEquals(0, call("match_anchors", none, tensor("in.b")).get(1).abs().sum().getLong());
	}

	@ParameterizedTest
	@CsvSource({ "anchor, 1, 1", "region, 10, 5" })
	void coding(final String kind, final double position, final double scale) throws IOException {
		final NDArray source = tensor("in.b").get(":7");
		reference.assertClose("out." + kind + ".encoded", call("encode", source, tensor("in.a"), position, scale).get(0),
			1e-6);
		reference.assertClose("out." + kind + ".decoded", call("decode", source, tensor("in." + kind + ".deltas"),
			position, scale).get(0), 1e-6);
	}

	/**
	 * By hand: the ignored box covers a half of the first box, less than that of the second, and all of the third, which is
	 * on a true box; the fourth covers the ignored one, but has ten times its area.
	 */
	@Test
	void backgroundThatIsIgnoredIsExempt() {
		final NDArray boxes = manager.create(new float[] { 0, 0, 10, 20, 0, 1, 10, 20.1f, 2, 2, 4, 4, 0, 0, 100, 10 }, new Shape(
			4, 4));
		final NDArray kind = manager.create(new long[] { 0, 0, 1, 0 });
		final NDArray ignored = manager.create(new float[] { 50, 50, 60, 60, 0, 0, 10, 10 }, new Shape(2, 4));
		assertArrayEquals(new long[] { -1, 0, 1, 0 }, call("exempt", kind, boxes, ignored).get(0).toLongArray());
		assertArrayEquals(kind.toLongArray(), call("exempt", kind, boxes, manager.create(new Shape(0, 4))).get(0)
			.toLongArray());
	}

	/** By hand: half as many positives as drawn, of least noise; negatives fill up, or all of them if they are too few. */
	@Test
	void sampling() {
		final NDArray kind = manager.create(new long[] { 1, 0, 1, -1, 0, 1, 0 });
		final NDArray noise = manager.create(new float[] { 0.9f, 0.5f, 0.1f, 0.05f, 0.2f, 0.3f, 0.7f });
		final NDList four = call("sample", kind, noise, 4, 2);
		assertArrayEquals(new long[] { 2, 5 }, four.get(0).toLongArray());
		assertArrayEquals(new long[] { 4, 1 }, four.get(1).toLongArray());
		final NDList many = call("sample", kind, noise, 100, 50);
		assertArrayEquals(new long[] { 2, 5, 0 }, many.get(0).toLongArray());
		assertArrayEquals(new long[] { 4, 1, 6 }, many.get(1).toLongArray());
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0.3, 0.5, 0.7 })
	void suppression(final double threshold) throws IOException {
		final NDArray keep = call("nms", tensor("in.crowd"), threshold).get(0);
		reference.assertClose("out.nms." + threshold, keep, 0);
	}

	/** A covers B and B covers C: C stays, since B is gone. */
	@Test
	void whatIsSuppressedDoesNotSuppress() {
		final NDArray chain = manager.create(new float[] { 0, 0, 10, 10, 3, 0, 13, 10, 6, 0, 16, 10 }, new Shape(3, 4));
		assertArrayEquals(new boolean[] { true, false, true }, call("nms", chain, 0.5).get(0).toBooleanArray());
		final NDArray none = manager.create(new Shape(0, 4));
		assertEquals(0, call("nms", none, 0.5).get(0).size());
	}

	@Test
	void anchors() throws IOException {
		final NDArray anchors = call("anchors", 64, 96).get(0);
		final long cells = 64 * 96 + 32 * 48 + 16 * 24 + 8 * 12 + 4 * 6;
		assertEquals(new Shape(3 * cells, 4), anchors.getShape());
		reference.assertClose("out.anchors", anchors.get("::97"), 1e-6);
	}

	@Test
	void levelsOfThePyramid() throws IOException {
		reference.assertClose("out.levels", call("levels", tensor("in.squares")).get(0), 0);
	}

	@Test
	void regionsOfInterestAndTheirGradient() throws IOException {
		final NDList pooled = call("pool", tensor("in.feature"), tensor("in.regions"), tensor("in.weight"));
		reference.assertClose("out.pooled", pooled.get(0), 1e-5);
		reference.assertClose("out.slope", pooled.get(1), 1e-5);
	}

	/** A box on a border has none in one axis, or in both; others lie on a single cell, or outside of the map. */
	@Test
	void regionsWithoutExtentAreZero() throws IOException {
		reference.assertClose("out.flat", call("pooled", tensor("in.feature"), tensor("in.flat")).get(0), 1e-5);
		assertEquals(0, call("pooled", tensor("in.feature"), tensor("in.flat").get("0:3")).get(0).abs().sum().getFloat());
	}

	/** Against Pillow, whose weights are whole numbers, so that one px in fifty rounds to the next grey level: resized, mirrored, cut at 64 x 64 px, padded with zeros. */
	@ParameterizedTest
	@ValueSource(strings = { "larger", "smaller", "fitting" })
	void largeScaleJitter(final String name) throws IOException {
		final NDArray plan = tensor("in." + name).reshape(1, 5);
		final NDArray placed = call("place", tensor("in.grey").expandDims(0), plan.get(":, 0:2"), plan.get(":, 2:4"), plan
			.get(":, 4")).get(0);
		final NDArray difference = placed.get(0).sub(tensor("out." + name).toType(DataType.FLOAT32, true)).abs();
		assertTrue(difference.max().getFloat() <= 1 && difference.mean().getFloat() < 0.02, difference.mean().toString());
	}
}
