package sc.fiji.vasomim.vesselness;

/** Vesselness of dark tubes in 3D from the eigenvalues of the scale-normalised Hessian. */
interface VolumeResponse {

	/**
	 * @param l1 smallest eigenvalue
	 * @param l3 largest eigenvalue
	 * @return at least 0
	 */
	double of(double l1, double l2, double l3);

	/** The Hessian's Frobenius norm. */
	static double structure(final double l1, final double l2, final double l3) {
		return Math.sqrt(l1 * l1 + l2 * l2 + l3 * l3);
	}

	/** The geometric mean of the two largest. */
	static double sato(final double l1, final double l2, final double l3) {
		return l2 > 0 ? Math.sqrt(l2 * l3) : 0;
	}

	/**
	 * Frangi et al. 1998, equation 13, with |a| at most |b| at most |c|: RA = |b| / |c|, RB = |a| / sqrt|b c|, V = (1 -
	 * exp(-RA^2 / 2 alpha^2)) exp(-RB^2 / 2 beta^2) (1 - exp(-S^2 / 2 c^2)), 0 unless b and c are positive.
	 */
	static VolumeResponse frangi(final double alpha, final double beta, final double structure) {
		return (l1, l2, l3) -> {
			// Two eigenvalues of larger magnitude are positive just if l2 is and l1 is the smallest in magnitude.
			if (l2 <= 0 || -l1 > l2) return 0;
			final double ra = l2 / l3, rb2 = l1 * l1 / (l2 * l3);
			final double s2 = l1 * l1 + l2 * l2 + l3 * l3;
			return -Math.expm1(-ra * ra / (2 * alpha * alpha)) * Math.exp(-rb2 / (2 * beta * beta)) *
				-Math.expm1(-s2 / (2 * structure * structure));
		};
	}

	/** Of tubes of either polarity: the larger response. */
	default VolumeResponse both() {
		return (l1, l2, l3) -> Math.max(of(l1, l2, l3), of(-l3, -l2, -l1));
	}
}
