package sc.fiji.vasomim.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;

import sc.fiji.vasomim.Reference;
import sc.fiji.vasomim.model.FasterRcnn.Variant;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Precision;
import sc.fiji.vasomim.torch.Script;

/** Against detectron2's ViTDet: reference/detection. */
public class FasterRcnnTest {

	/** The network of reference/detection. */
	public static final FasterRcnn SMALL = new FasterRcnn(new VitDet(256, 16, 3, 2, 5, List.of(1), 7), 8, 12,
		new RegionCounts(16, 64, 60, 60, 100, 32), List.of("stenosis", "occlusion"));

	private static final FasterRcnn BASE = Variant.BASE.forSize(1024, List.of("stenosis"));

	@ParameterizedTest
	@CsvSource({ "backbone.net, 85889024", "backbone.simfp, 5560000", "proposal_generator, 1184015",
		"roi_heads, 15213574", "'', 107846613" })
	void thePublishedSizeHasItsNumberOfParameters(final String part, final long expected) {
		assertEquals(expected, BASE.parameters().stream().filter(p -> p.name().startsWith(part)).mapToLong(p -> p.shape()
			.size()).sum());
	}

	@Test
	void namesAndShapesAreThoseOfDetectron2() throws IOException {
		assertEquals(Files.readAllLines(Reference.path("vitdet_base.txt")), BASE.parameters().stream().map(
			ParameterSpec::toString).sorted().toList());
	}

	@Test
	void everyStageEqualsTheReference() throws IOException {
		try (Stages stages = new Stages("", Precision.FLOAT32)) {
			for (int level = 2; level <= 6; level++)
				assertTrue(stages.error("out.p" + level) < 1e-5, "p" + level + " " + stages.error("out.p" + level));
			assertTrue(stages.error("out.last") < 1e-5);
			for (int image = 0; image < 2; image++) {
				stages.reference.assertClose("out.proposals." + image, stages.proposals.get(image), 1e-5);
				final NDList found = stages.found(image);
				stages.reference.assertClose("out.found." + image, found.get(0), 1e-5);
				stages.reference.assertClose("out.scores." + image, found.get(1), 1e-5);
				stages.reference.assertClose("out.classes." + image, found.get(2), 0);
			}
		}
	}

	@Test
	void bfloat16IsCoarserAndRight() throws IOException {
		try (Stages stages = new Stages("", Precision.BFLOAT16)) {
			for (final String map : List.of("out.last", "out.p2", "out.p5"))
				assertTrue(stages.error(map) > 1e-4 && stages.error(map) < 6e-2, map + " " + stages.error(map));
			assertTrue(stages.found(0).get(1).get(0).getFloat() > 0.5);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "backbone.net.pos_embed", "backbone.net.blocks.0.attn.rel_pos_h",
		"backbone.net.blocks.1.attn.rel_pos_w", "backbone.net.blocks.2.attn.qkv.bias", "backbone.net.blocks.0.mlp.fc1.weight" })
	void aWeightThatIsOffByAHundredthIsSeen(final String name) throws IOException {
		try (Stages stages = new Stages(name, Precision.FLOAT32)) {
			assertTrue(stages.error("out.last") > 1e-5 && stages.error("out.p2") > 1e-5 && stages.error("out.p5") > 1e-5);
		}
	}

	/** A branch's factor does what it would do as a factor of the branch's last layer. */
	@Test
	void dropPathScalesEachImagesBranches() throws IOException {
		try (Stages stages = new Stages("", Precision.FLOAT32)) {
			final NDArray factors = stages.manager.ones(new Shape(3, 2, 2));
			factors.set(new NDIndex("1, 0, 1"), 0);
			factors.set(new NDIndex("2, 1, 0"), 1.25);
			final NDArray last = stages.last(factors);
			stages.scale("backbone.net.blocks.2.mlp.fc2", 1.25);
			assertEquals(0, distance(stages.last(stages.manager.zeros(new Shape(0))), last, 0), 1e-5);
			assertTrue(distance(stages.last(stages.manager.zeros(new Shape(0))), last, 1) > 1e-2);
			stages.scale("backbone.net.blocks.2.mlp.fc2", 0.8);
			stages.scale("backbone.net.blocks.1.attn.proj", 0);
			assertEquals(0, distance(stages.last(stages.manager.zeros(new Shape(0))), last, 1), 1e-5);
			assertTrue(distance(stages.last(stages.manager.zeros(new Shape(0))), last, 0) > 1e-2);
		}
	}

	private static double distance(final NDArray a, final NDArray b, final int image) {
		return a.get(image).sub(b.get(image)).abs().max().getFloat();
	}

	private static final class Stages implements AutoCloseable {

		private final NDManager manager = Devices.newManager(Device.cpu());

		private final Reference reference = new Reference("detection");

		private final Weights weights = Weights.read(SMALL, reference.file(), Device.cpu());

		private final Script script;

		private final NDArray extent = reference.tensor(manager, "in.extent");

		private final NDArray grey;

		/** The encoder's last map, then p2 to p6. */
		private final NDList features;

		private final NDList proposals;

		private Stages(final String moved, final Precision precision) throws IOException {
			script = Script.load("detecting", "Stages", Map.of("depth", 3, "heads", 2, "anchor", 16, "per_level", 60,
				"proposals", 100, "kind", precision.kind()), Device.cpu());
			if (!moved.isEmpty()) weights.all().get(moved).muli(1.01);
			grey = reference.tensor(manager, "in.coarse").repeat(1, 8).repeat(2, 8);
			features = script.call(manager, "features", weights.all(), grey, extent, manager.zeros(new Shape(0)));
			proposals = script.call(manager, "proposals_of", weights.all(), levels(), extent);
		}

		private List<NDArray> levels() {
			return new ArrayList<>(features.subList(1, 6));
		}

		/** The reference has the first image alone, and every second or fourth cell of the large maps. */
		private double error(final String name) throws IOException {
			final int level = name.equals("out.last") ? 0 : name.charAt(5) - '1';
			final String part = level == 0 ? ":1, :, ::2, ::2" : level < 3 ? ":1, :, ::4, ::4" : ":, :, :, :";
			return reference.error(name, features.get(level).get(part));
		}

		/** The encoder's last map. */
		private NDArray last(final NDArray branches) {
			return script.call(manager, "features", weights.all(), grey, extent, branches).get(0);
		}

		private void scale(final String layer, final double factor) {
			weights.all().get(layer + ".weight").muli(factor);
			weights.all().get(layer + ".bias").muli(factor);
		}

		private NDList found(final int image) {
			return script.call(manager, "found", weights.all(), levels(), proposals, extent, image);
		}

		@Override
		public void close() throws IOException {
			script.close();
			weights.close();
			reference.close();
			manager.close();
		}
	}

	@ParameterizedTest
	@CsvSource({ "72, 16, 2, 5, 1, size", "64, 16, 3, 5, 1, width", "64, 18, 3, 5, 1, width",
		"64, 16, 2, 0, 1, window", "64, 16, 2, 5, 3, global" })
	void impossibleSizesAreNamed(final int size, final int width, final int heads, final int window, final int global,
		final String name)
	{
		final Exception e = assertThrows(IllegalArgumentException.class, () -> new VitDet(size, width, 3, heads, window, List
			.of(global), 7));
		assertTrue(e.getMessage().startsWith(name), e.getMessage());
	}

	/** 3 x (128^2 + 64^2 + 32^2 + 16^2 + 8^2) at 512 px; at 96 px the grid of 6 halves to 3 and 2. */
	@Test
	void anchorsAreCounted() {
		assertEquals(65472, Variant.TINY.forSize(512, List.of("stenosis")).anchors());
		assertEquals(3 * (24 * 24 + 12 * 12 + 6 * 6 + 3 * 3 + 2 * 2), Variant.TINY.forSize(96, List.of("stenosis"))
			.anchors());
	}
}
