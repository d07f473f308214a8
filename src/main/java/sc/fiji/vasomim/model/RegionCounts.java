package sc.fiji.vasomim.model;

/**
 * How many anchors and regions a two-stage detector looks at, per image.
 *
 * @param anchor side in px of the anchors on the finest level; doubled at each of the four others
 * @param anchors anchors that a training step draws
 * @param trainedPerLevel best anchors of a level that suppression sees in training
 * @param perLevel the same when images are searched
 * @param proposals regions that remain, of all levels
 * @param regions regions that a training step draws
 */
public record RegionCounts(int anchor, int anchors, int trainedPerLevel, int perLevel, int proposals, int regions) {

	/** As published. */
	public static final RegionCounts PUBLISHED = new RegionCounts(32, 256, 2000, 1000, 1000, 512);

	/**
	 * For CPUs: few small lesions in images of 512 px, so that fewer anchors are drawn beside them. Their median side in
	 * ARCADE is 50 px: anchors from 24 px on meet it on the second level.
	 */
	public static final RegionCounts LIGHT = new RegionCounts(24, 64, 500, 500, 300, 128);

	/** Between both. */
	public static final RegionCounts MEDIUM = new RegionCounts(24, 64, 1000, 500, 500, 256);

	public RegionCounts {
		VitDet.within("anchor", anchor, 2, 1024);
		VitDet.within("anchors", anchors, 2, 100_000);
		VitDet.within("trainedPerLevel", trainedPerLevel, 1, 10_000);
		VitDet.within("perLevel", perLevel, 1, 10_000);
		VitDet.within("proposals", proposals, 1, 10_000);
		VitDet.within("regions", regions, 4, 10_000);
	}
}
