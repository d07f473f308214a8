package sc.fiji.vasomim.quantify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
			stations.add(new Station(i, place, place, place, diameter.applyAsDouble(i), Double.NaN, usable));
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

	/** Even lesions with cosine shoulders of 8 px; two diameters before and behind, or all of a tapering vessel. */
	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 5, 7, 8, 9, 10 })
	void aLongLesionIsNotHealthy(final int length) {
		final int n = 8 * (length + 5);
		final Lesion picked = only(Lesions.find(profile(n, i -> 8 * (1 - even(i, n / 2, 8 * length, 0.5)), true),
			StenosisSettings.DEFAULT));
		assertEquals(50, picked.percent(), 0.5);
		// Half as deep or more over the length; 20 % as deep, where the lesion begins, 0.2 of a shoulder farther out.
		assertEquals(8 * (length + 2 * 0.205), picked.length(), 2);
		assertEquals(List.of(), picked.doubts());
		final Lesion tapering = only(Lesions.find(profile(300, i -> (9 - i / 150.0) * (1 - even(i, 150, 8 * length, 0.5)),
			false), StenosisSettings.DEFAULT));
		assertEquals(50, tapering.percent(), 5);
		assertEquals(9 - tapering.narrowest() / 150.0, tapering.reference(), 0.25);
	}

	private static double even(final int i, final int centre, final int length, final double share) {
		final double beyond = (Math.abs(i - centre) - (length - 8) / 2.0) / 8;
		return share * (beyond <= 0 ? 1 : beyond >= 1 ? 0 : (1 + Math.cos(Math.PI * beyond)) / 2);
	}

	private static Lesion only(final List<Lesion> lesions) {
		assertEquals(1, lesions.size(), lesions.toString());
		return lesions.get(0);
	}

	/**
	 * From 12 to 4 px over 200 px: behind the first lesion, at 106 px, the healthy vessel is 7.8 px wide, which is less than
	 * 90 % of the 8.8 px that it has at 80 px.
	 */
	@Test
	void lesionsOfATaperingVesselDoNotOverlap() {
		final List<Lesion> lesions = Lesions.find(profile(201, i -> (12 - i / 25.0) * (1 - notch(i, 80, 26, 0.5) - notch(i, 150,
			26, 0.5)), false), StenosisSettings.DEFAULT);
		assertEquals(2, lesions.size(), lesions.toString());
		assertTrue(lesions.get(0).last() < lesions.get(1).first(), lesions.toString());
		for (int k = 0; k < 2; k++) {
			// 0.25 (1 + cos) > 0.1 up to 0.705 of 26 px.
			assertEquals(80 + 70 * k - 18.3, lesions.get(k).first(), 3);
			assertEquals(80 + 70 * k + 18.3, lesions.get(k).last(), 3);
		}
	}

	/** 8 px wide, so that a reference is asked of 12 stations on either side. */
	@Test
	void aReferenceOfLessIsDoubted() {
		final IntToDoubleFunction diameter = i -> 8 * (1 - notch(i, 60, 20, 0.6));
		for (final Object[] part : new Object[][] { { 30, 90, List.of() }, { 38, 90, List.of(Lesion.Doubt.SHORT_REFERENCE) },
			{ 55, 100, List.of(Lesion.Doubt.ONE_SIDED_REFERENCE) } })
		{
			final int from = (int) part[0];
			assertEquals(part[2], only(Lesions.find(profile((int) part[1] - from, i -> diameter.applyAsDouble(i + from), true),
				StenosisSettings.DEFAULT)).doubts());
		}
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
