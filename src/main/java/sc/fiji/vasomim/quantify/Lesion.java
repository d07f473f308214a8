package sc.fiji.vasomim.quantify;

import java.util.List;

/**
 * A narrowing of a vessel. Stations are indices of its {@link DiameterProfile}; lesions of a vessel do not overlap.
 *
 * @param first station of the lesion: from here on the diameter is below 90 % of the reference there
 * @param narrowest station
 * @param last station of the lesion
 * @param minimum lumen diameter, px
 * @param reference diameter that a healthy vessel would have at the narrowest station, px
 * @param length from first to last station along the centreline, px
 * @param most greatest diameter that a lumen may have that is not told from an occlusion, px; NaN if it is
 * @param doubts about minimum and reference; empty if there are none
 */
public record Lesion(int first, int narrowest, int last, double minimum, double reference, double length, double most,
	List<Doubt> doubts)
{

	/** Why a grade is to be taken with care. */
	public enum Doubt {
		/** The lumen is not told from an occlusion: the lesion is one of {@link Lesion#leastPercent()} or more. */
		UNRESOLVED,
		/** There is a healthy stretch on one side alone: the reference is its diameter, and no taper was allowed for. */
		ONE_SIDED_REFERENCE,
		/** There is none: the reference is what the vessel's widest stations have. */
		NO_HEALTHY_STRETCH,
		/** A healthy stretch is shorter than 1.5 diameters. */
		SHORT_REFERENCE
	}

	public Lesion {
		doubts = List.copyOf(doubts);
	}

	/** Diameter stenosis, percent: 100 (1 - minimum / reference). */
	public double percent() {
		return 100 * (1 - minimum / reference);
	}

	/** Diameter stenosis of the greatest lumen that is not told from an occlusion, percent; NaN if the lumen is told. */
	public double leastPercent() {
		return 100 * (1 - most / reference);
	}
}
