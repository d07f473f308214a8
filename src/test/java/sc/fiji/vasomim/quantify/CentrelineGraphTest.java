package sc.fiji.vasomim.quantify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.vasomim.quantify.CentrelineGraph.Edge;
import sc.fiji.vasomim.quantify.CentrelineGraph.Node;

class CentrelineGraphTest {

	@Test
	void aLineHasTwoEnds() {
		final CentrelineGraph graph = CentrelineGraph.of(Drawing.mask( //
			"..........", //
			".########.", //
			".........."));
		assertEquals(List.of(1, 1), graph.nodes().stream().map(Node::degree).toList());
		final Edge edge = graph.edges().get(0);
		assertEquals(List.of(new Point(1, 1), new Point(8, 1)), List.of(edge.path().get(0), edge.path().get(7)));
		assertEquals(8, edge.path().size());
	}

	/** The corner of the stair has three neighbours among its eight, but is no branching. */
	@Test
	void aStairIsOneLine() {
		final CentrelineGraph graph = CentrelineGraph.of(Drawing.mask( //
			"##......", //
			".##.....", //
			"..##....", //
			"...##...", //
			"....####"));
		assertEquals(1, graph.edges().size());
		assertEquals(2, graph.nodes().size());
	}

	@Test
	void threeLinesMeetInANode() {
		final CentrelineGraph graph = CentrelineGraph.of(Drawing.mask( //
			"#.......#", //
			".#.....#.", //
			"..#...#..", //
			"...#.#...", //
			"....#....", //
			"....#....", //
			"....#....", //
			"....#...."));
		assertEquals(3, graph.edges().size());
		assertEquals(1, graph.nodes().stream().filter(node -> node.degree() == 3).count());
		assertEquals(new Point(4, 4), graph.nodes().stream().filter(node -> node.degree() == 3).findFirst().orElseThrow()
			.place());
	}

	@Test
	void aRingHasOneNode() {
		final CentrelineGraph graph = CentrelineGraph.of(Drawing.mask( //
			".####.", //
			"#....#", //
			"#....#", //
			"#....#", //
			".####."));
		assertEquals(1, graph.nodes().size());
		assertEquals(1, graph.edges().size());
		final Edge ring = graph.edges().get(0);
		assertEquals(ring.from(), ring.to());
		assertEquals(ring.path().get(0), ring.path().get(ring.path().size() - 1));
	}

	/** A bar 9 px wide with a side branch whose line is longer than two radii, 9 px, and one whose line is shorter. */
	@Test
	void shortSpursArePruned() {
		for (final int length : new int[] { 2, 16 }) {
			final Img<UnsignedByteType> mask = Drawing.bar(60, 40, 4, 12);
			for (int y = 13; y < 13 + length; y++)
				for (int x = 29; x <= 31; x++)
					mask.getAt(x, y).set(255);
			assertEquals(length > 9 ? 3 : 1, CentrelineGraph.of(mask).edges().size(), "branch of " + length + " px");
		}
	}

	/** Two bars 7 px wide cross: thinning leaves two branchings beside one another, which are one crossing. */
	@Test
	void aCrossingIsOneNodeAndVesselsRunStraightThroughIt() {
		final Img<UnsignedByteType> mask = ArrayImgs.unsignedBytes(80, 80);
		for (int i = 5; i < 75; i++)
			for (int k = -3; k <= 3; k++) {
				mask.getAt(i, 40 + k).set(255);
				mask.getAt(Math.min(79, Math.max(0, 18 + i / 2 + k)), i).set(255);
			}
		final CentrelineGraph graph = CentrelineGraph.of(mask);
		assertEquals(1, graph.nodes().stream().filter(node -> node.degree() == 4).count(), graph.nodes().toString());
		assertEquals(4, graph.edges().size());
		final List<List<Point>> vessels = Vessels.of(graph, new MaskWidths(Planes.inside(mask), 80), 2);
		assertEquals(2, vessels.size());
		for (final List<Point> vessel : vessels) {
			final Point first = vessel.get(0), last = vessel.get(vessel.size() - 1);
			final boolean across = Math.abs(first.y() - last.y()) < 8;
			assertTrue(across || Math.abs(first.y() - last.y()) > 55, vessel.toString());
		}
	}

	/** Eight px of a bar 5 px wide are missing; another end lies beside it, which does not face them. */
	@Test
	void aGapIsBridgedWhereEndsFaceEachOther() {
		final Img<UnsignedByteType> mask = Drawing.bar(80, 50, 10, 14);
		for (int y = 10; y <= 14; y++)
			for (int x = 36; x < 44; x++)
				mask.getAt(x, y).set(0);
		for (int y = 24; y < 45; y++)
			for (int x = 38; x <= 42; x++)
				mask.getAt(x, y).set(255);
		final CentrelineGraph graph = CentrelineGraph.of(mask);
		assertEquals(2, graph.edges().size());
		final Edge bar = graph.edges().stream().filter(edge -> edge.path().get(0).y() < 20).findFirst().orElseThrow();
		assertTrue(bar.path().stream().anyMatch(point -> Math.abs(point.x() - 40) < 1 && Math.abs(point.y() -
			12) <= 2));
	}

	@Test
	void anEmptyMaskHasNoGraph() {
		assertEquals(List.of(), CentrelineGraph.of(ArrayImgs.unsignedBytes(9, 9)).edges());
	}

	@Test
	void aVolumeIsRefused() {
		assertEquals("mask: must be of 2 dimensions, but is of 3; give one plane at a time", assertThrows(
			IllegalArgumentException.class, () -> CentrelineGraph.of(ArrayImgs.unsignedBytes(3, 3, 3))).getMessage());
	}

	/** By hand: from (3, 2) the nearest pixel outside is 2 px away, its edge 1.5; at the corner of the bar 0.5. */
	@Test
	void distancesAreExact() {
		final MaskWidths map = new MaskWidths(Planes.inside(Drawing.mask( //
			".........", //
			"..#####..", //
			"..#####..", //
			"..#####..", //
			".........")), 9);
		assertEquals(1.5, map.radius(new Point(4, 2)));
		assertEquals(0.5, map.radius(new Point(2, 1)));
		assertEquals(0, map.radius(new Point(1, 1)));
		assertEquals(0, map.radius(new Point(-5, 1)));
	}
}
