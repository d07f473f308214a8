package sc.fiji.vasomim.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.dataset.BoxedImages;
import sc.fiji.vasomim.dataset.ScaleJitter;
import sc.fiji.vasomim.dataset.TinyLesions;
import sc.fiji.vasomim.files.Sha256;
import sc.fiji.vasomim.model.FasterRcnn;
import sc.fiji.vasomim.model.MaskedAutoencoder;
import sc.fiji.vasomim.model.ModelFile;
import sc.fiji.vasomim.model.Network;
import sc.fiji.vasomim.model.RegionCounts;
import sc.fiji.vasomim.model.UNet;
import sc.fiji.vasomim.model.VitDet;
import sc.fiji.vasomim.model.Weights;

/** What each option does to runs of four steps. */
class DetectionOptionsTest {

	private static final FasterRcnn NETWORK = new FasterRcnn(new VitDet(64, 16, 2, 2, 3, List.of(1), 4), 8, 12,
		new RegionCounts(8, 64, 50, 50, 50, 32), TinyLesions.CLASSES);

	private static final MaskedAutoencoder PRETRAINED = new MaskedAutoencoder(64, 16, 16, 2, 2, 16, 1, 2);

	private static final BoxedImages DATA = TinyLesions.make(4, 64);

	@TempDir
	static Path folder;

	/** Of a run with no option. */
	private static byte[] plain;

	private final List<String> words = new ArrayList<>();

	@BeforeAll
	static void runPlain() throws IOException {
		plain = new DetectionOptionsTest().bytes(settings(FineTuning.NONE, 0, 0, RateSchedule.COSINE));
	}

	private static DetectionSettings settings(final FineTuning finetuning, final double decay, final double average,
		final RateSchedule schedule)
	{
		return new DetectionSettings(NETWORK, 2, 0, 2, 0.01, schedule, decay, average, finetuning, ScaleJitter.NONE, 1, 2, 3,
			"cpu", "float32");
	}

	private static DetectionSettings frozen() {
		return settings(new FineTuning(1, 0, true, 0), 0.1, 0, RateSchedule.COSINE);
	}

	/** @return the run folder */
	private Path run(final DetectionSettings settings, final Path start) throws IOException {
		final Path run = Files.createTempDirectory(folder, "run");
		DetectionTrainer.train(settings, start, DATA, null, run, Progress.NONE, words::add);
		return run;
	}

	/** The tensors of the model, without its header, which names the settings. */
	private byte[] bytes(final DetectionSettings settings) throws IOException {
		final Path run = run(settings, null);
		try (Weights weights = ModelFile.read("model", run.resolve(RunFolder.MODEL), Network.class, Device.cpu())) {
			final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			weights.all().values().forEach(array -> bytes.writeBytes(array.toByteArray()));
			return bytes.toByteArray();
		}
	}

	@Test
	void theSameSettingsGiveTheSameBits() throws IOException {
		assertArrayEquals(plain, bytes(settings(FineTuning.NONE, 0, 0, RateSchedule.COSINE)));
	}

	static List<DetectionSettings> options() {
		final List<DetectionSettings> options = new ArrayList<>();
		for (final FineTuning finetuning : List.of(new FineTuning(0.7, 0, false, 0), new FineTuning(1, 0.5, false, 0),
			new FineTuning(1, 0, false, 0.01)))
			options.add(settings(finetuning, 0, 0, RateSchedule.COSINE));
		options.add(settings(FineTuning.NONE, 0.1, 0, RateSchedule.COSINE));
		options.add(settings(FineTuning.NONE, 0, 0.5, RateSchedule.COSINE));
		options.add(settings(FineTuning.NONE, 0, 0, RateSchedule.STEP));
		return options;
	}

	@ParameterizedTest
	@MethodSource("options")
	void eachOptionChangesTheModel(final DetectionSettings settings) throws IOException {
		final byte[] changed = bytes(settings);
		assertEquals(plain.length, changed.length);
		assertFalse(Arrays.equals(plain, changed));
	}

	private static Path start(final Network network) throws IOException {
		final Path file = folder.resolve("start.safetensors");
		try (Weights weights = Weights.initialise(network, 11, Device.cpu())) {
			ModelFile.write(file, weights, Map.of());
		}
		return file;
	}

	/** All else moves, relative positions too. */
	@Test
	void aFrozenEncoderStaysAsItBegan() throws IOException {
		final Path run = run(frozen(), start(PRETRAINED));
		try (Weights began = Weights.initialise(PRETRAINED, 11, Device.cpu());
				Weights drawn = Weights.initialise(NETWORK, 3, Device.cpu());
				Weights ended = ModelFile.read("model", run.resolve(RunFolder.MODEL), Network.class, Device.cpu()))
		{
			for (final Map.Entry<String, NDArray> tensor : ended.all().entrySet()) {
				final String name = tensor.getKey();
				if (NETWORK.encodes(name)) assertEquals(began.all().get(name.substring("backbone.net.".length())), tensor
					.getValue(), name);
				else assertFalse(tensor.getValue().equals(drawn.all().get(name)), name);
			}
		}
	}

	@Test
	void theStartFileIsNamedByItsHashAndReported() throws IOException {
		final Path start = start(PRETRAINED);
		final Path run = run(settings(FineTuning.NONE, 0, 0, RateSchedule.COSINE), start);
		final String settings = Files.readString(run.resolve("settings.json"));
		assertTrue(settings.contains(Sha256.of(start)) && !settings.contains("start.safetensors"), settings);
		assertEquals(1, words.size());
		// Positions, patches with bias, and twelve tensors of each block.
		assertTrue(words.get(0).startsWith("Weights of the start file: 27 tensors taken, drawn anew: "), words.get(0));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whatCannotBeginLeavesNothingBehind(final boolean foreign) throws IOException {
		final Path run = folder.resolve("refused" + foreign);
		final Path start = foreign ? start(new UNet(List.of(4, 8), List.of("vessel"), 32)) : null;
		final Exception e = assertThrows(IllegalArgumentException.class, () -> DetectionTrainer.train(frozen(), start, DATA,
			null, run, Progress.NONE, words::add));
		assertTrue(e.getMessage().startsWith(foreign ? "start: " : "frozen: "), e.getMessage());
		assertFalse(Files.exists(run));
	}
}
