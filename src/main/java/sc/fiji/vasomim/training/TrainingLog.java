package sc.fiji.vasomim.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;

/** The log of a run, a line an epoch: {@code epoch}, {@code step}, losses by name, {@code train_lr}. */
public final class TrainingLog {

	private final List<JsonObject> lines;

	private TrainingLog(final List<JsonObject> lines) {
		this.lines = lines;
	}

	/** @param run a run folder */
	public static TrainingLog read(final Path run) throws IOException {
		final Path file = run.resolve(RunLog.NAME);
		try {
			final Gson gson = new Gson();
			return new TrainingLog(Files.readAllLines(file).stream().filter(line -> !line.isBlank()).map(line -> gson.fromJson(line, JsonObject.class))
				.toList());
		}
		catch (final JsonParseException e) {
			throw new IOException("Cannot read " + file + ": " + e.getMessage(), e);
		}
	}

	/** A value of every epoch. @throws IllegalArgumentException if the log has no such value */
	public double[] column(final String name) {
		return lines.stream().mapToDouble(line -> {
			if (!line.has(name)) throw new IllegalArgumentException("name: the log has no " + name + ", only " + line
				.keySet());
			return line.get(name).getAsDouble();
		}).toArray();
	}
}
