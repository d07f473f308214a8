package sc.fiji.vasomim.vesselness;

/**
 * The second derivatives of a plane at one scale, times a factor.
 *
 * @param xx second derivative along x
 * @param xy mixed derivative
 * @param yy second derivative along y
 */
record Hessian(Plane xx, Plane xy, Plane yy) {

	/**
	 * @param image the plane; its border mirrors it
	 * @param kernels smoothing and derivatives of the scale
	 * @param factor what all derivatives are multiplied by: sigma^2 normalises the scale, a minus sign turns bright
	 *            ridges into dark ones
	 */
	static Hessian of(final Plane image, final GaussianKernels kernels, final double factor) {
		final Plane wide = image.mirrored(kernels.radius());
		return new Hessian(derivative(wide, kernels, 2, 0, factor), derivative(wide, kernels, 1, 1, factor),
			derivative(wide, kernels, 0, 2, factor));
	}

	private static Plane derivative(final Plane wide, final GaussianKernels kernels, final int orderX,
		final int orderY, final double factor)
	{
		return along(along(wide, kernels, orderY, factor).transposed(), kernels, orderX, 1).transposed();
	}

	/** Along columns; the result is shorter by twice the radius. */
	private static Plane along(final Plane plane, final GaussianKernels kernels, final int order, final double factor) {
		final int radius = kernels.radius();
		final float[] kernel = kernels.order(order).clone();
		for (int t = 0; t <= radius; t++)
			kernel[t] *= factor;
		final Plane result = new Plane(plane.width, plane.height - 2 * radius);
		for (int y = 0; y < result.height; y++)
			if (order == 1) Convolution.odd(plane.rows, y + radius, kernel, result.rows[y], plane.width);
			else Convolution.even(plane.rows, y + radius, kernel, result.rows[y], plane.width);
		return result;
	}
}
