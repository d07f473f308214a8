package sc.fiji.vasomim.command;

import java.util.ArrayList;
import java.util.List;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.quantify.DiameterProfile;
import sc.fiji.vasomim.quantify.Lesion;
import sc.fiji.vasomim.quantify.Point;
import sc.fiji.vasomim.quantify.StenosisSettings;
import sc.fiji.vasomim.quantify.VesselTree;

/**
 * What was measured in a plane of an image.
 *
 * @param plane its number, from 0
 * @param blur of the image, px; NaN if it was not corrected for
 * @param blurAssumed whether the image does not tell it
 */
record StenosisPlane(int plane, List<Vessel> vessels, double blur, boolean blurAssumed) {

	/** A vessel and its lesions, in px. */
	record Vessel(DiameterProfile profile, List<Lesion> lesions) {}

	/**
	 * @param pixels dark vessels
	 * @param progress asked often whether to stop
	 * @param line along the vessel to measure; empty for all vessels
	 * @throws IllegalArgumentException if the mask holds no vessel that is wide enough, or none along the line
	 */
	static StenosisPlane of(final int plane, final RandomAccessibleInterval<? extends RealType<?>> pixels,
		final RandomAccessibleInterval<UnsignedByteType> mask, final List<Point> line, final StenosisSettings settings,
		final Progress progress)
	{
		final VesselTree tree = new VesselTree(pixels, mask, settings, () -> StoppableExecutor.check(progress));
		final List<DiameterProfile> profiles = line.isEmpty() ? tree.vessels() : List.of(tree.along(line));
		if (profiles.isEmpty()) throw new IllegalArgumentException("mask: it holds no vessel of a diameter of " + settings
			.smallest() + " px or more. Give another mask, or a lower leastdiameter.");
		final List<Vessel> vessels = new ArrayList<>();
		for (final DiameterProfile profile : profiles)
			vessels.add(new Vessel(profile, tree.lesions(profile)));
		return new StenosisPlane(plane, vessels, tree.blur(), tree.isBlurAssumed());
	}
}
