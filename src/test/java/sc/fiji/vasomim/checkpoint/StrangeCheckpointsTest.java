package sc.fiji.vasomim.checkpoint;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.vasomim.Reference;
import sc.fiji.vasomim.batch.Progress;

/** Sound files of unsound networks: names of several projects mixed, tensors lacking, twice, or of any shape. */
class StrangeCheckpointsTest {

	private static final long[] AXES = { 0, 1, 2, 3, 5, 17, 33, 64, 96, 65536, 65537 };

	@TempDir
	Path folder;

	private final List<Map<String, long[]>> layouts = new ArrayList<>();

	private final List<Map.Entry<String, long[]>> all = new ArrayList<>();

	private final Random random = new Random(5);

	StrangeCheckpointsTest() throws IOException {
		final Reference reference = new Reference("encoders");
		for (final String list : List.of("mae", "dino", "dinov2-chunks", "dinov3", "hf-vit", "timm-beit", "simmim", "sam",
			"timm-pooled", "timm-dinov3"))
		{
			final Map<String, long[]> shapes = new LinkedHashMap<>();
			for (final String line : reference.file().metadata().get(list).split("\n")) {
				final String[] words = line.split(" ", 2);
				shapes.put(words[0], Arrays.stream(words[1].split("x")).mapToLong(Long::parseLong).toArray());
			}
			layouts.add(shapes);
			all.addAll(shapes.entrySet());
		}
	}

	@Test
	void eachEndsAsAModelOrInAClearError() {
		assertTimeoutPreemptively(Duration.ofMinutes(3), () -> {
			int refused = 0;
			final int times = 500;
			for (int i = 0; i < times; i++) {
				final Map<String, long[]> shapes = new LinkedHashMap<>(layouts.get(random.nextInt(layouts.size())));
				for (int n = 1 + random.nextInt(3); n > 0; n--) change(shapes);
				refused += isRefused(shapes) ? 1 : 0;
			}
			assertTrue(refused > times / 2 && refused < times, refused + " of " + times + " were refused");
		});
	}

	private void change(final Map<String, long[]> shapes) {
		final List<String> names = List.copyOf(shapes.keySet());
		final String name = names.get(random.nextInt(names.size()));
		final Map.Entry<String, long[]> other = all.get(random.nextInt(all.size()));
		switch (random.nextInt(4)) {
			case 0 -> shapes.remove(name);
			case 1 -> shapes.put(other.getKey(), other.getValue());
			case 2 -> shapes.put(other.getKey(), shapes.remove(name));
			default -> {
				final long[] shape = shapes.get(name).clone();
				if (shape.length > 0) shape[random.nextInt(shape.length)] = AXES[random.nextInt(AXES.length)];
				shapes.put(name, shape);
			}
		}
	}

	private boolean isRefused(final Map<String, long[]> shapes) throws IOException {
		final Path checkpoint = folder.resolve("checkpoint.safetensors");
		final Path model = folder.resolve("model.safetensors");
		SparseCheckpoint.write(checkpoint, shapes);
		try {
			CheckpointImport.run(checkpoint, model, new ImportSettings("auto", 0, 0, 2, 0, 0), Progress.NONE);
			Files.delete(model);
			Files.delete(folder.resolve("model-import.json"));
			return false;
		}
		catch (final IOException | IllegalArgumentException e) {
			assertTrue(e.getMessage().matches("(?s)(Cannot |\\w+: ).*"), e.getMessage());
			assertTrue(Files.notExists(model), "a model was left");
			return true;
		}
	}
}
