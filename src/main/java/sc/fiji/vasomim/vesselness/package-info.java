/**
 * Multi-scale Hessian vesselness: the filters of Frangi (1998) and Sato (1998), and ImageJ's Tubeness, on ImgLib2
 * images. An example, vessels 2 to 10 px wide, with the scale and the direction of the strongest response:
 *
 * <pre>
 * Img&lt;FloatType&gt; response = ArrayImgs.floats(image.dimensionsAsLongArray());
 * Img&lt;FloatType&gt; scale = ArrayImgs.floats(image.dimensionsAsLongArray());
 * Img&lt;FloatType&gt; direction = ArrayImgs.floats(image.dimensionsAsLongArray());
 * VesselnessSettings settings = VesselnessSettings.DEFAULT.withPolarity(Polarity.AUTO)
 * 	.withSigmas(VesselnessSettings.logarithmicSigmas(1, 4, 5));
 * try (TaskExecutor threads = TaskExecutors.fixedThreadPool(2)) {
 * 	VesselnessOutput output = new VesselnessOutput(response, scale, direction);
 * 	Vesselness.compute(image, new double[] { 1, 1 }, output, settings, threads);
 * }
 * </pre>
 */
package sc.fiji.vasomim.vesselness;
