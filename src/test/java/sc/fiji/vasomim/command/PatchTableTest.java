package sc.fiji.vasomim.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import ij.measure.ResultsTable;

import net.imglib2.img.array.ArrayImgs;

import sc.fiji.vasomim.guidance.PatchGuidance;
import sc.fiji.vasomim.guidance.PatchMask;
import sc.fiji.vasomim.guidance.VesselMaps;
import sc.fiji.vasomim.inference.PatchGrid;

/** Four patches of 2 x 2 px; the image was 100 x 51 px before it was squeezed to 4 x 4. */
class PatchTableTest {

	private static final PatchGrid GRID = new PatchGrid(4, 4, 2);

	private static PatchTable table() {
		final byte[] mask = new byte[16];
		mask[3] = (byte) 255;
		final float[] map = new float[16];
		map[2] = 0.5f;
		map[3] = 1;
		map[12] = 0.25f;
		final VesselMaps maps = new VesselMaps(ArrayImgs.unsignedBytes(4, 4), ArrayImgs.unsignedBytes(mask, 4, 4), null);
		final PatchTable table = new PatchTable();
		table.add(7, 100, 51, new PatchGuidance(maps, ArrayImgs.floats(map, 4, 4), GRID, new float[] { 0, 0.875f, 0.125f,
			0 }), new PatchMask(GRID, new boolean[] { true, true, false, false }, new boolean[] { false, true, false, false }));
		return table;
	}

	@Test
	void csvByHand() {
		assertEquals("plane,patch,column,row,x,y,map_sum,probability,vessel,masked,guided\r\n" + //
			"7,0,0,0,0,0,0,0,0,1,0\r\n" + //
			"7,1,1,0,50,0,1.500000,0.875000,1,1,1\r\n" + //
			"7,2,0,1,0,25.500000,0.250000,0.125000,0,0,0\r\n" + //
			"7,3,1,1,50,25.500000,0,0,0,0,0\r\n", table().toCsv());
	}

	@Test
	void resultsTableHoldsTheSame() {
		final ResultsTable results = table().toResults();
		assertEquals(4, results.size());
		assertEquals(0.875, results.getValue("probability", 1));
		assertEquals(25.5, results.getValue("y", 2));
		assertEquals("0.125000", results.getStringValue("probability", 2));
		assertEquals("1", results.getStringValue("guided", 1));
	}
}
