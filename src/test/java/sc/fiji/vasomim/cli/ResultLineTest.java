package sc.fiji.vasomim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

class ResultLineTest {

	record Loss(double start, Double end, float worst) {}

	record Figures(Path folder, Loss loss, double[] curve, List<String> notes, String none) {}

	@Test
	void aRecordsComponentsAreFieldsAndOnlyFiniteNumbersAreNumbers() {
		final Figures figures = new Figures(Path.of("run"), new Loss(.5, Double.NaN, Float.NEGATIVE_INFINITY),
			new double[] { 1, Double.NaN }, List.of("a < b's \"ä\"\nc"), null);
		assertEquals("{\"status\":\"success\",\"folder\":\"run\",\"loss\":{\"start\":0.5,\"end\":null,\"worst\":null}" +
			",\"curve\":[1.0,null],\"notes\":[\"a < b's \\\"ä\\\"\\nc\"],\"none\":null}",
			ResultLine.of(ExitCode.SUCCESS, null, figures));
	}

	@Test
	void aResultThatIsNoRecordHasAFieldOfItsOwn() {
		assertEquals("{\"status\":\"success\",\"result\":[1,2]}",
			ResultLine.of(ExitCode.SUCCESS, null, List.of(1, 2)));
	}

	@Test
	void aFailureHasAMessage() {
		assertEquals("{\"status\":\"stopped\",\"message\":\"Stopped\"}",
			ResultLine.of(ExitCode.STOPPED, "Stopped", null));
	}
}
