package sc.fiji.vasomim.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.LongFunction;

import com.google.gson.Gson;
import com.google.gson.JsonObject;

import sc.fiji.vasomim.batch.PartProgress;
import sc.fiji.vasomim.batch.Progress;

/** Runs that differ in their seed alone, one after the other, each in a folder {@code seed-N}. */
final class SeedRuns {

	/** One of them. */
	@FunctionalInterface
	interface Run<S> {

		/** @param judging what is reported once the model is trained */
		void run(S settings, Path folder, Progress training, Progress judging) throws IOException;
	}

	private SeedRuns() {}

	private static Path folder(final Path output, final long seed) {
		return output.resolve("seed-" + seed);
	}

	/**
	 * Refuses what {@link #run} would, as far as it can be told before images are read. Writes nothing.
	 *
	 * @param settings of the first seed, whatever the classes
	 * @param start a model file with weights to begin with; null: they are drawn at random
	 */
	static void check(final String task, final SupervisedSettings settings, final Path start, final Path output,
		final int seeds) throws IOException
	{
		Check.atLeast("seeds", seeds, 1);
		settings.check(start);
		for (int i = 0; i < seeds; i++) {
			final long seed = settings.seed() + i;
			final JsonObject known = new Gson().toJsonTree(settings.withSeed(seed)).getAsJsonObject();
			known.getAsJsonObject("network").remove("classes");
			RunFolder.check(folder(output, seed), Map.of("task", task, "settings", known));
		}
	}

	/**
	 * @param settings by seed
	 * @param first the first seed; the next ones count up from it
	 * @param begun how much of the progress is behind, of 1000
	 */
	static <S> void run(final LongFunction<S> settings, final long first, final int seeds, final Path output,
		final int begun, final Progress progress, final Run<S> run) throws IOException
	{
		final int left = 1000 - begun;
		for (int i = 0; i < seeds; i++) {
			final int from = begun + left * i / seeds, to = begun + left * (i + 1) / seeds, judged = to - (to - from) / 20;
			final String stage = "seed " + (i + 1) + "/" + seeds;
			run.run(settings.apply(first + i), folder(output, first + i), new PartProgress(progress, from, judged, stage),
				new PartProgress(progress, judged, to, stage));
		}
	}
}
