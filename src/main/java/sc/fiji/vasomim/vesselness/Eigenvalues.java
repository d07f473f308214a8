package sc.fiji.vasomim.vesselness;

/** Eigenvalues of symmetric 3 x 3 matrices in closed form (Smith, Communications of the ACM 4:168, 1961). */
final class Eigenvalues {

	/** Ascending, of the matrix set last. */
	double l1, l2, l3;

	void set(final double xx, final double xy, final double xz, final double yy, final double yz, final double zz) {
		final double mean = (xx + yy + zz) / 3;
		final double a = xx - mean, b = yy - mean, c = zz - mean;
		final double p = Math.sqrt((a * a + b * b + c * c + 2 * (xy * xy + xz * xz + yz * yz)) / 6);
		if (p == 0) {
			l1 = l2 = l3 = mean;
			return;
		}
		final double determinant = a * (b * c - yz * yz) - xy * (xy * c - yz * xz) + xz * (xy * yz - b * xz);
		// Rounding may lead a hair out of the cosine's range.
		final double cosine = Math.max(-1, Math.min(1, determinant / (2 * p * p * p)));
		final double angle = Math.acos(cosine) / 3;
		l3 = mean + 2 * p * Math.cos(angle);
		l1 = mean + 2 * p * Math.cos(angle + 2 * Math.PI / 3);
		// Where two are equal, rounding may disturb the order.
		l2 = Math.max(l1, Math.min(3 * mean - l1 - l3, l3));
	}
}
