package sc.fiji.vasomim.quantify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

import org.junit.jupiter.api.Test;

import sc.fiji.vasomim.quantify.DiameterProfile.Station;

/** Profiles as they would be measured without an error, and what follows from them by hand. */
class LesionsTest {

	private static DiameterProfile profile(final int n, final IntToDoubleFunction diameter, final boolean picked,
		final int... disturbed)
	{
		final List<Station> stations = new ArrayList<>();
		for (int i = 0; i < n; i++) {
			boolean usable = true;
			for (final int k : disturbed)
				usable &= Math.abs(i - k) > 6;
			final Point place = new Point(i, 0);
			stations.add(new Station(i, place, place, place, diameter.applyAsDouble(i), usable));
		}
		return new DiameterProfile(stations, picked);
	}

	private static double notch(final int i, final int centre, final double half, final double share) {
		return Math.abs(i - centre) > half ? 0 : share / 2 * (1 + Math.cos(Math.PI * (i - centre) / half));
	}

	/** 8 px, narrowed by 60 % over 20 px to either side: below 90 % where 0.3 (1 + cos) > 0.1, which is up to 14.6 px. */
	@Test
	void aNotchHasItsGradeItsReferenceAndItsLength() {
		final List<Lesion> lesions = Lesions.find(profile(121, i -> 8 * (1 - notch(i, 60, 20, 0.6)), false),
			StenosisSettings.DEFAULT);
		assertEquals(1, lesions.size());
		final Lesion lesion = lesions.get(0);
		assertEquals(60, lesion.percent(), 1);
		assertEquals(8, lesion.reference(), 0.2);
		assertEquals(3.2, lesion.minimum(), 1e-9);
		assertEquals(60, lesion.narrowest());
		assertEquals(28, lesion.length(), 2);
	}

	/** From 10 px at the beginning to 6 px at the end: 8 px in the middle. */
	@Test
	void theReferenceFollowsATaper() {
		final Lesion lesion = Lesions.find(profile(121, i -> (10 - i / 30.0) * (1 - notch(i, 60, 18, 0.5)), false),
			StenosisSettings.DEFAULT).get(0);
		assertEquals(8, lesion.reference(), 0.2);
		assertEquals(50, lesion.percent(), 2);
	}

	@Test
	void severalLesionsAreToldApart() {
		final DiameterProfile two = profile(200, i -> 7 * (1 - notch(i, 60, 15, 0.7) - notch(i, 130, 15, 0.4)), false);
		assertEquals(List.of(70L, 40L), Lesions.find(two, StenosisSettings.DEFAULT).stream().map(lesion -> Math.round(lesion
			.percent())).toList());
		assertEquals(1, Lesions.find(two, new StenosisSettings(true, 0, 55, 4)).size());
		assertEquals(0, Lesions.find(two, new StenosisSettings(true, 0, 30, 9)).size());
	}

	/** A crossing makes the vessel look wide, a branching narrow; neither is the vessel's own diameter. */
	@Test
	void branchingsAndCrossingsDoNotCount() {
		final DiameterProfile disturbed = profile(160, i -> Math.abs(i - 40) < 6 ? 20 : Math.abs(i - 120) < 6 ? 2 : 8 * (1 -
			notch(i, 80, 15, 0.5)), false, 40, 120);
		final List<Lesion> lesions = Lesions.find(disturbed, StenosisSettings.DEFAULT);
		assertEquals(1, lesions.size());
		assertEquals(80, lesions.get(0).narrowest());
		assertEquals(50, lesions.get(0).percent(), 1.5);
	}

	/** A healthy stretch on one side alone grades a lesion that someone picked; else it is where the vessel ends. */
	@Test
	void anEndIsNoLesionUnlessItIsPicked() {
		final IntToDoubleFunction diameter = i -> i > 80 ? 3 : 8;
		assertEquals(0, Lesions.find(profile(101, diameter, false), StenosisSettings.DEFAULT).size());
		final Lesion picked = Lesions.find(profile(101, diameter, true), StenosisSettings.DEFAULT).get(0);
		assertEquals(62.5, picked.percent(), 1e-6);
	}

	@Test
	void aVesselThatIsNowhereFreeHasNone() {
		assertEquals(List.of(), Lesions.find(profile(11, i -> 5, false, 5), StenosisSettings.DEFAULT));
	}
}
