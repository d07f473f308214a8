package sc.fiji.vasomim.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class DjlJarsTest {

	@Test
	void thoseOfTheBuildFit() {
		DjlJars.require();
		assertEquals("2.7.1", DjlJars.pytorch());
		assertEquals("0.35.1", DjlJars.djl());
	}

	@Test
	void wrongPairsAreNamed() {
		DjlJars.require("0.35.1", "2.7.1-0.35.1", null);
		DjlJars.require("0.35.1", "2.7.1-0.35.1", "2.7.1-20250812");
		assertUnfit("pytorch-jni 2.5.1-0.32.0 is there with pytorch-engine 0.35.1", "2.5.1-0.32.0", null);
		assertUnfit("pytorch-jni 2.7.1 is there with pytorch-engine 0.35.1", "2.7.1", null);
		assertUnfit("pytorch-native 2.5.1-20241120 is there with pytorch-jni 2.7.1-0.35.1", "2.7.1-0.35.1", "2.5.1-20241120");
	}

	private static void assertUnfit(final String pair, final String jni, final String libraries) {
		assertEquals("device: DJL's jars do not fit together: " + pair +
			". See that only the DJL jars of the plugin's update site are installed.", assertThrows(
				IllegalArgumentException.class, () -> DjlJars.require("0.35.1", jni, libraries)).getMessage());
	}
}
