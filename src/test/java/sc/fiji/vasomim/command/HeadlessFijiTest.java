package sc.fiji.vasomim.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;

import org.junit.jupiter.api.Test;
import org.scijava.Context;
import org.scijava.app.StatusService;
import org.scijava.app.event.StatusEvent;
import org.scijava.command.CommandService;
import org.scijava.event.EventHandler;
import org.scijava.event.EventService;
import org.scijava.log.LogLevel;
import org.scijava.log.LogService;
import org.scijava.task.TaskService;

/** What Fiji is told, here without a display. */
class HeadlessFijiTest {

	/** What the status bar is told. */
	public static final class Bar {

		private final List<StatusEvent> told = Collections.synchronizedList(new ArrayList<>());

		@EventHandler
		public void onEvent(final StatusEvent event) {
			told.add(event);
		}
	}

	/** Reports are thinned out: the last one that is shown may be any. */
	@Test
	void theProgressBarIsFullInTheEnd() throws InterruptedException, ExecutionException {
		try (Context context = new Context(CommandService.class, StatusService.class, TaskService.class)) {
			final Bar bar = new Bar();
			context.service(EventService.class).subscribe(bar);
			context.service(CommandService.class).run(FrangiVesselFilter.class, true, "input", TestImages.hyperstack()).get();
			final List<StatusEvent> ours = bar.told.stream().filter(event -> event.getProgressMaximum() > 0).toList();
			assertTrue(ours.size() > 1, bar.told.toString());
			final StatusEvent last = ours.get(ours.size() - 1);
			assertEquals(1.0, (double) last.getProgressValue() / last.getProgressMaximum());
		}
	}

	/** Else a class that is run from a prompt ends without a word. */
	@Test
	void aRefusalIsInTheLog() throws InterruptedException, ExecutionException {
		try (Context context = new Context(CommandService.class, StatusService.class, TaskService.class, LogService.class)) {
			final List<String> errors = Collections.synchronizedList(new ArrayList<>());
			context.service(LogService.class).addLogListener(message -> {
				if (message.level() == LogLevel.ERROR) errors.add(message.text());
			});
			context.service(CommandService.class).run(FrangiVesselFilter.class, true, "input", TestImages.hyperstack(), "alpha",
				-1.0).get();
			assertEquals(List.of("Frangi Vessel Filter: alpha: must be 0 or more, but was -1.0"), errors);
		}
	}
}
