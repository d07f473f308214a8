/**
 * From vesselness to a mask of the vascular tree: frame, percentile threshold, connected components. An example, the
 * mask of an angiogram of any size, and that of its left half:
 *
 * <pre>
 * VascularMaskSettings settings = VascularMaskSettings.DEFAULT.fittedTo(image.dimension(0), image.dimension(1));
 * Img&lt;UnsignedByteType&gt; whole = VascularMask.compute(image, settings);
 *
 * Img&lt;BitType&gt; region = ArrayImgs.bits(image.dimensionsAsLongArray());
 * Interval half = Intervals.createMinSize(0, 0, image.dimension(0) / 2, image.dimension(1));
 * Views.interval(region, half).forEach(BitType::setOne);
 * Img&lt;UnsignedByteType&gt; left = ArrayImgs.unsignedBytes(image.dimensionsAsLongArray());
 * VascularMask.compute(image, left, region, settings, TaskExecutors.singleThreaded());
 * </pre>
 */
package sc.fiji.vasomim.anatomy;
