package sc.fiji.vasomim.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AngiogramSettingsTest {

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
		"63 | 512 | 1 | 500 | 1 | width must be 64..4096 px, but is 63",
		"512 | 5000 | 1 | 500 | 1 | height must be 64..4096 px, but is 5000",
		"512 | 512 | -1 | 500 | 1 | stenoses must be 0..5, but is -1",
		"512 | 512 | 1 | 5 | 1 | photons must be 10..1e9, or 0 for no noise, but is 5.0",
		"512 | 512 | 1 | NaN | 1 | photons must be 10..1e9, or 0 for no noise, but is NaN",
		"512 | 512 | 1 | 500 | -0.5 | blur must be 0..5 px, but is -0.5" })
	void refusalNamesParameterRangeAndValue(final int width, final int height, final int stenoses,
		final double photons, final double blur, final String message)
	{
		final Exception e = assertThrows(IllegalArgumentException.class, () -> new AngiogramSettings(width, height, 1,
			Coronary.ANY, stenoses, photons, blur));
		assertEquals(message + ": choose a value in that range", e.getMessage());
	}

	@Test
	void coronaryMustBeGiven() {
		final Exception e = assertThrows(IllegalArgumentException.class, () -> new AngiogramSettings(64, 64, 1, null, 0,
			0, 0));
		assertEquals("coronary must be ANY, LEFT or RIGHT, but is null: choose a value in that range", e.getMessage());
	}

	@Test
	void moreStenosesThanRoomAreRefused() {
		final AngiogramSettings settings = new AngiogramSettings(64, 64, 1, Coronary.ANY, 5, 0, 0);
		final Exception e = assertThrows(IllegalArgumentException.class, () -> SyntheticAngiogram.generate(settings));
		assertEquals("in this tree, but is 5: choose fewer, another seed or a larger image", e.getMessage()
			.replaceFirst("stenoses must be 0\\.\\.\\d ", ""));
	}
}
