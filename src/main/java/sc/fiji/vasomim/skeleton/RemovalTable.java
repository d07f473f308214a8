package sc.fiji.vasomim.skeleton;

import java.util.Set;

/**
 * In which of the two passes a pixel goes, by its eight neighbours: the conditions of Zhang and Suen (CACM 27:236,
 * 1984) with the departures of scikit-image's look-up table, 25 neighbourhoods of 256. The paper's own conditions
 * shrink 2 x 2 squares to nothing and diagonal lines two pixels wide to dots, and keep the corners of stairs.
 */
final class RemovalTable {

	/** Bits of a neighbourhood, clockwise: P2 to P9 of the paper. */
	static final int N = 1, NE = 2, E = 4, SE = 8, S = 16, SW = 32, W = 64, NW = 128;

	/** Bits of an entry. */
	static final int FIRST = 1, SECOND = 2;

	/** Kept though their mirror images go: with them, lines of some slopes would be eaten up from an end. */
	private static final Set<Integer> KEPT = Set.of(SE | S, W | NW, NE | E | S, NW | N | E | SE, NW | W | S | SE);

	private RemovalTable() {}

	/** @return 256 entries: 0, {@link #FIRST}, {@link #SECOND} or both */
	static byte[] create() {
		final byte[] table = new byte[256];
		for (int n = 0; n < table.length; n++)
			table[n] = (byte) passes(n);
		return table;
	}

	private static int passes(final int n) {
		if (KEPT.contains(n)) return 0;
		if (isStair(n)) return n == (n & (N | E | S | W)) ? FIRST | SECOND : facing(n);
		return isTip(n) ? facing(n) : zhangSuen(n);
	}

	/** Two sides about an empty corner, and nothing but the corners next to them: the paper keeps these. */
	private static boolean isStair(final int n) {
		for (int turn = 0; turn < 8; turn += 2) {
			final int turned = (n >> turn | n << 8 - turn) & 0xff;
			if ((turned & ~(NW | SE)) == (N | E)) return true;
		}
		return false;
	}

	/** A side and a corner beside it, or two sides and the corner between: the paper removes these in both passes. */
	private static boolean isTip(final int n) {
		final int count = Integer.bitCount(n), sides = Integer.bitCount(n & (N | E | S | W));
		return arcs(n) == 1 && (count == 2 || count == 3 && sides == 2);
	}

	/** One pass only, or lines two pixels wide would lose both. */
	private static int facing(final int n) {
		final int north = Integer.bitCount(n & (NW | N | NE)) - Integer.bitCount(n & (SW | S | SE));
		final int west = Integer.bitCount(n & (NW | W | SW)) - Integer.bitCount(n & (NE | E | SE));
		return north > 0 || north == 0 && west > 0 ? FIRST : SECOND;
	}

	/** Conditions (a) to (d) of the first pass, (c') and (d') of the second. */
	private static int zhangSuen(final int n) {
		final int count = Integer.bitCount(n);
		if (count < 2 || count > 6 || arcs(n) != 1) return 0;
		final int first = hasAll(n, N | E | S) || hasAll(n, E | S | W) ? 0 : FIRST;
		final int second = hasAll(n, N | E | W) || hasAll(n, N | S | W) ? 0 : SECOND;
		return first | second;
	}

	private static boolean hasAll(final int n, final int bits) {
		return (n & bits) == bits;
	}

	/** How often a clear neighbour is followed by a set one, clockwise. */
	private static int arcs(final int n) {
		final int next = n >> 1 | (n & 1) << 7;
		return Integer.bitCount(~n & next & 0xff);
	}
}
