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
import sc.fiji.vasomim.dataset.Augmentation;
import sc.fiji.vasomim.dataset.PixelCache;
import sc.fiji.vasomim.dataset.TinyAngiograms;
import sc.fiji.vasomim.files.Sha256;
import sc.fiji.vasomim.model.MaskedAutoencoder;
import sc.fiji.vasomim.model.ModelFile;
import sc.fiji.vasomim.model.Network;
import sc.fiji.vasomim.model.SegmentationNetwork;
import sc.fiji.vasomim.model.UNet;
import sc.fiji.vasomim.model.Unext;
import sc.fiji.vasomim.model.VisionTransformer;
import sc.fiji.vasomim.model.VitUNet;
import sc.fiji.vasomim.model.Weights;

/** What each option does to runs of four steps. */
class FineTuningOptionsTest {

	private static final List<String> VESSEL = List.of("vessel");

	private static final VitUNet VIT = new VitUNet(new VisionTransformer(32, 16, 16, 2, 2, false), 2, false, VESSEL);

	@TempDir
	static Path folder;

	/** Of a run with no option. */
	private static byte[] plain;

	private final List<String> words = new ArrayList<>();

	@BeforeAll
	static void runPlain() throws IOException {
		TinyAngiograms.write(folder, 4, 32);
		plain = new FineTuningOptionsTest().bytes(settings(VIT, FineTuning.NONE, SegmentationLoss.DICE));
	}

	private static SegmentationSettings settings(final SegmentationNetwork network, final FineTuning finetuning,
		final SegmentationLoss loss)
	{
		return new SegmentationSettings(network, 2, 0, 2, 0.01, 0, 0, finetuning, loss, Augmentation.NONE, 1, 2, 3, "cpu",
			"float32");
	}

	/** @return the run folder */
	private Path run(final SegmentationSettings settings, final Path start) throws IOException {
		final Path run = Files.createTempDirectory(folder, "run");
		try (PixelCache data = TinyAngiograms.open(folder)) {
			SegmentationTrainer.train(settings, start, data, null, run, Progress.NONE, words::add);
		}
		return run;
	}

	/** The tensors of the model, without its header, which names the settings. */
	private byte[] bytes(final SegmentationSettings settings) throws IOException {
		final Path run = run(settings, null);
		try (Weights weights = ModelFile.read("model", run.resolve(RunFolder.MODEL), Network.class, Device.cpu())) {
			final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			weights.all().values().forEach(array -> bytes.writeBytes(array.toByteArray()));
			return bytes.toByteArray();
		}
	}

	@Test
	void theSameSettingsGiveTheSameBits() throws IOException {
		assertArrayEquals(plain, bytes(settings(VIT, FineTuning.NONE, SegmentationLoss.DICE)));
	}

	static List<SegmentationSettings> options() {
		final List<SegmentationSettings> options = new ArrayList<>();
		for (final FineTuning finetuning : List.of(new FineTuning(0.75, 0, false, 0), new FineTuning(1, 0.5, false, 0),
			new FineTuning(1, 0, false, 0.01)))
			options.add(settings(VIT, finetuning, SegmentationLoss.DICE));
		for (final SegmentationLoss loss : List.of(new SegmentationLoss(0.5, 2, ClassBalance.NONE), new SegmentationLoss(0,
			2, ClassBalance.ROOT), new SegmentationLoss(0, 2, ClassBalance.INVERSE)))
			options.add(settings(VIT, FineTuning.NONE, loss));
		options.add(settings(new VitUNet(VIT.encoder(), 2, true, VESSEL), FineTuning.NONE, SegmentationLoss.DICE));
		options.add(settings(new VitUNet(new VisionTransformer(32, 16, 16, 2, 2, true), 2, false, VESSEL), FineTuning.NONE,
			SegmentationLoss.DICE));
		return options;
	}

	@ParameterizedTest
	@MethodSource("options")
	void eachOptionChangesTheModel(final SegmentationSettings settings) throws IOException {
		final byte[] changed = bytes(settings);
		assertEquals(plain.length, changed.length);
		assertFalse(Arrays.equals(plain, changed));
	}

	@Test
	void cldiceIsLogged() throws IOException {
		final SegmentationLoss loss = new SegmentationLoss(0.25, 2, ClassBalance.NONE);
		final TrainingLog log = TrainingLog.read(run(settings(VIT, FineTuning.NONE, loss), null));
		final double expected = log.column("train_entropy_loss")[1] + 0.75 * log.column("train_dice_loss")[1] + 0.25 * log
			.column("train_cldice_loss")[1];
		assertEquals(expected, log.column("train_loss")[1], 1e-6);
	}

	private Path start(final Network network) throws IOException {
		final Path file = folder.resolve("start.safetensors");
		try (Weights weights = Weights.initialise(network, 11, Device.cpu())) {
			ModelFile.write(file, weights, Map.of());
		}
		return file;
	}

	static List<List<Network>> pairs() {
		final UNet unet = new UNet(List.of(4, 8), VESSEL, 32);
		final Unext unext = new Unext(5, 5, 5, 5, 5).with(VESSEL, 32);
		return List.of(List.of(new MaskedAutoencoder(32, 16, 16, 2, 2, 16, 1, 2), VIT), List.of(unet, unet), List.of(unext,
			unext));
	}

	/** BatchNorm's statistics included; all else moves. */
	@ParameterizedTest
	@MethodSource("pairs")
	void aFrozenEncoderStaysAsItBegan(final List<Network> pair) throws IOException {
		final SegmentationNetwork network = (SegmentationNetwork) pair.get(1);
		final Path start = start(pair.get(0));
		final Path run = run(settings(network, new FineTuning(1, 0, true, 0), SegmentationLoss.DICE), start);
		try (Weights began = ModelFile.read("start", start, Network.class, Device.cpu());
				Weights ended = ModelFile.read("model", run.resolve(RunFolder.MODEL), Network.class, Device.cpu()))
		{
			for (final Map.Entry<String, NDArray> tensor : ended.all().entrySet())
				assertEquals(network.encodes(tensor.getKey()), tensor.getValue().equals(began.all().get(tensor.getKey())), tensor
					.getKey());
		}
	}

	@Test
	void theStartFileIsNamedByItsHashAndReported() throws IOException {
		final Path start = start(new MaskedAutoencoder(32, 16, 16, 2, 2, 16, 1, 2));
		final Path run = run(settings(VIT, FineTuning.NONE, SegmentationLoss.DICE), start);
		final String settings = Files.readString(run.resolve("settings.json"));
		assertTrue(settings.contains(Sha256.of(start)) && !settings.contains("start.safetensors"), settings);
		assertEquals(1, words.size());
		assertTrue(words.get(0).startsWith("Weights of the start file: 30 tensors taken, drawn anew: pyramid"), words
			.toString());
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whatCannotBeginLeavesNothingBehind(final boolean foreign) throws IOException {
		final Path run = folder.resolve("refused" + foreign);
		final Path start = foreign ? start(new UNet(List.of(4, 8), VESSEL, 32)) : null;
		try (PixelCache data = TinyAngiograms.open(folder)) {
			final Exception e = assertThrows(IllegalArgumentException.class, () -> SegmentationTrainer.train(settings(VIT,
				new FineTuning(1, 0, true, 0), SegmentationLoss.DICE), start, data, null, run, Progress.NONE, words::add));
			assertTrue(e.getMessage().startsWith(foreign ? "start: " : "frozen: "), e.getMessage());
		}
		assertFalse(Files.exists(run));
	}
}
