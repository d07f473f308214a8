package sc.fiji.vasomim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

/** What stderr shows, at times that the test sets. */
class ProgressLineTest {

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);

	private double seconds;

	@Test
	void aLogGetsALineAtEachTenth() {
		final ProgressLine line = line(false);
		for (int done = 0; done <= 40; done++) {
			seconds = done * .5;
			line.show(done, 40, "at work");
		}
		// 40 units take 20 s: a tenth is 4 units or 2 s.
		assertEquals(11, text().split("\n").length, text());
		assertEquals("  0 %  at work", text().split("\n")[0]);
		assertEquals(" 50 %  at work  (0:10 left)", text().split("\n")[5]);
		assertEquals("100 %  at work", text().split("\n")[10]);
	}

	@Test
	void aSlowLogGetsALineEachTenSeconds() {
		final ProgressLine line = line(false);
		for (int second = 0; second <= 60; second++) {
			seconds = second;
			line.show(second, 36_000, "at work");
		}
		assertEquals(7, text().split("\n").length, text());
		// One unit a second: 35 940 s are 9 h 59 min.
		assertEquals("  0 %  at work  (9:59:00 left)", text().split("\n")[6]);
	}

	@Test
	void resumedWorkIsTimedFromWhereItWentOn() {
		final ProgressLine line = line(false);
		line.show(50, 100, "at work");
		seconds = 10;
		line.show(60, 100, "at work");
		assertEquals(" 60 %  at work  (0:40 left)", text().split("\n")[1]);
	}

	@Test
	void aNewPhaseStartsANewClock() {
		final ProgressLine line = line(false);
		line.show(10, 10, "first");
		seconds = 100;
		line.show(0, 10, "second");
		seconds = 101;
		line.show(1, 10, "second");
		assertEquals("100 %  first\n  0 %  second\n 10 %  second  (0:09 left)\n", text());
	}

	@Test
	void aTerminalHasOneLineAtMostFiveTimesASecond() {
		final ProgressLine line = line(true);
		line.show(0, 10, "a");
		seconds = .1;
		line.show(1, 10, "b");
		seconds = .25;
		line.show(2, 10, "c");
		assertEquals("\r\u001b[K  0 %  a\r\u001b[K 20 %  c  (0:01 left)", text());
	}

	@Test
	void otherOutputTakesTheLinesPlaceOnATerminal() {
		final ProgressLine line = line(true);
		line.show(0, 10, "a");
		line.others().println("a warning");
		line.others().println("another");
		assertEquals("\r\u001b[K  0 %  a\r\u001b[Ka warning\nanother\n", text());
	}

	@Test
	void workOfUnknownLengthShowsItsMessage() {
		line(false).show(0, 0, "looking for files");
		assertEquals("looking for files\n", text());
	}

	private ProgressLine line(final boolean terminal) {
		return new ProgressLine(err, terminal, () -> Math.round(seconds * 1e9));
	}

	private String text() {
		return bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
	}
}
