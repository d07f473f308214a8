package sc.fiji.vasomim.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.scijava.command.CommandModule;

import ij.ImagePlus;

import sc.fiji.vasomim.dataset.TinyAngiograms;
import sc.fiji.vasomim.files.ImageFile;
import sc.fiji.vasomim.training.TrainingResult;

/** Both trainings, on three images of 64 px: two epochs of three steps. */
class TrainingCommandsTest {

	private static final int STEPS = 6;

	@TempDir
	private Path folder;

	private SoundInputs sound;

	private final CommandBench bench = new CommandBench();

	@BeforeEach
	void open() {
		sound = new SoundInputs(folder);
	}

	@AfterEach
	void close() {
		bench.close();
	}

	@ParameterizedTest
	@ValueSource(classes = { TrainSegmentor.class, PreTrainVasoMIM.class })
	void aRunLeavesSettingsLogStepsAndModel(final Class<? extends VasoMIMCommand> command) throws IOException {
		final TrainingResult result = train(command, "output");
		assertEquals(2, result.epochs());
		assertEquals(STEPS, result.steps());
		assertTrue(result.losses().values().stream().allMatch(loss -> Double.isFinite(loss) && loss >= 0), result
			.toString());
		final Path run = sound.output();
		assertEquals(2, Files.readAllLines(run.resolve("log.jsonl")).size());
		for (final String file : List.of("settings.json", "model.safetensors", "step-6/complete.json"))
			assertTrue(Files.isRegularFile(run.resolve(file)), file);
		assertFalse(Files.readString(run.resolve("settings.json")).contains(folder.toString()), "no place of the disk");
	}

	@ParameterizedTest
	@ValueSource(classes = { TrainSegmentor.class, PreTrainVasoMIM.class })
	void aStoppedRunIsSavedAndGoesOnToTheSameModel(final Class<? extends VasoMIMCommand> command) throws IOException {
		train(command, "straight");
		// The cache is there now, so that all reports are of steps.
		try (CommandBench stopping = new CommandBench(4)) {
			CommandBench.assertRefused(stopping.run(command, sound.of(command)), "Stopped: saved in epoch 2; run again");
		}
		final Path run = sound.output();
		assertTrue(Files.isRegularFile(run.resolve("step-4/complete.json")));
		assertFalse(Files.exists(run.resolve("model.safetensors")));
		assertEquals(STEPS, train(command, "output").steps());
		assertArrayEquals(Files.readAllBytes(folder.resolve("straight/model.safetensors")), Files.readAllBytes(run.resolve(
			"model.safetensors")));
	}

	@ParameterizedTest
	@ValueSource(classes = { TrainSegmentor.class, PreTrainVasoMIM.class })
	void aStopWhileDecodingLeavesNothing(final Class<? extends VasoMIMCommand> command) {
		final Map<String, Integer> before = SoundInputs.listing(folder);
		try (CommandBench stopping = new CommandBench(1)) {
			CommandBench.assertRefused(stopping.run(command, sound.of(command)), "Stopped: while decoding images");
		}
		assertEquals(before, SoundInputs.listing(folder));
	}

	/** A data set that was copied, or written anew, is the same data set. */
	@Test
	void newTimesOfTheSameImagesAreNoOtherData() throws IOException {
		train(TrainSegmentor.class, "output");
		final Path image = folder.resolve("images/0.png");
		Files.setLastModifiedTime(image, java.nio.file.attribute.FileTime.fromMillis(1_000_000_000_000L));
		assertEquals(STEPS, train(TrainSegmentor.class, "output").steps());
	}

	@Test
	void preTrainingLeavesPicturesThroughTime() throws IOException {
		train(PreTrainVasoMIM.class, "output");
		final ImagePlus last = ImageFile.read(sound.output().resolve("pictures/epoch-0002.png"));
		// Three rows of four tiles of 64 px, enlarged four times, as in a figure; three lines.
		assertEquals(4 * 262 + 6, last.getWidth());
		assertEquals(3 * 282 + 6 + 3 * 20, last.getHeight());
		assertFalse(Files.exists(sound.output().resolve("pictures/epoch-0001.png")), "as often as step folders");
		assertTrue(ImageFile.read(sound.output().resolve("losses.png")).getWidth() > 100);
	}

	/** Prepare Data Set's layout, one file of it broken; MAE needs no segmentor. */
	@ParameterizedTest
	@ValueSource(classes = { TrainSegmentor.class, PreTrainVasoMIM.class })
	void aFolderOfSetsIsATrainingSet(final Class<? extends VasoMIMCommand> command) throws IOException {
		final Path root = folder.resolve("sets");
		TinyAngiograms.write(root, 4, 64);
		Files.move(root.resolve("images"), root.resolve("own"));
		Files.move(root.resolve("masks"), root.resolve("own_frangi"));
		Files.writeString(root.resolve("own/3.png"), "no image");
		final Map<String, Object> inputs = sound.of(command, "images", root.toFile(), "masks", null, "unreadable", 1);
		if (command == PreTrainVasoMIM.class) {
			inputs.put("preset", "MAE");
			inputs.remove("segmentor");
		}
		final CommandModule module = bench.run(command, inputs);
		assertFalse(module.isCanceled(), module.getCancelReason());
		assertEquals(STEPS, ((TrainingResult) CommandBench.result(module)).steps());
		assertTrue(Files.exists(folder.resolve("sets.vasomim-pixels")));
		CommandBench.assertRefused(bench.run(command, sound.of(command, "images", root.toFile(), "masks", null, "output",
			folder.resolve("other").toFile())), "Cannot read 1 of 4 images: own/3.png");
	}

	@Test
	void optionsTakeThePlaceOfThePresets() throws IOException {
		final CommandModule module = bench.run(PreTrainVasoMIM.class, sound.of(PreTrainVasoMIM.class, "preset", "VasoMIM-v1",
			"guidance", "segmentor", "sampling", "uniform", "guidedstart", 0.4, "guidedend", 0.1, "maskratio", 0.75, "consistency", 0.0,
			"normpix", false, "share", 0.67, "clip", 1.0, "microbatch", 1, "keepevery", 20));
		assertFalse(module.isCanceled(), module.getCancelReason());
		assertEquals(4, ((TrainingResult) CommandBench.result(module)).steps(), "two of three images, twice");
		final String settings = Files.readString(sound.output().resolve("settings.json")).replaceAll("\\s", "");
		for (final String part : List.of("\"rawPixels\":true", "\"source\":\"SEGMENTOR\"", "\"sampling\":\"UNIFORM\"",
			"\"maskRatio\":0.75,\"start\":0.4,\"end\":0.1", "\"consistency\":0.0", "\"clip\":1.0"))
			assertTrue(settings.contains(part), settings);
	}

	/** MAE learns nothing from masks: it needs none, and says nothing of them. */
	@Test
	void maeNeedsNoMasks() throws IOException {
		final Map<String, Object> inputs = sound.of(PreTrainVasoMIM.class, "preset", "MAE", "masks", null, "cache", folder
			.resolve("fast disk").toFile());
		inputs.remove("segmentor");
		final CommandModule module = bench.run(PreTrainVasoMIM.class, inputs);
		assertFalse(module.isCanceled(), module.getCancelReason());
		assertEquals(java.util.Set.of("train_loss", "train_rec_loss", "train_consistency_loss"), ((TrainingResult) CommandBench
			.result(module)).losses().keySet());
		assertTrue(Files.exists(folder.resolve("fast disk/images.vasomim-pixels")));
		CommandBench.assertRefused(bench.run(PreTrainVasoMIM.class, sound.of(PreTrainVasoMIM.class, "masks", null)),
			"images: ", "holds no set");
	}

	/** Whoever gives a key wants something of it. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "MAE | guidedend | 0.5 | guidedend: changes nothing | add guidance=both",
		"MAE | guidedstart | 0.0 | guidedstart: changes nothing | add guidance=both", "MAE | eta | 0.5 | eta: changes nothing | add guidance=both",
		"VasoMIM-v1 | eta | 0.5 | eta: changes nothing | add guidance=both",
		"MAE | sampling | uniform | sampling: changes nothing | add guidance=both",
		"MAE | guidance | filter | guidance: by filter, guides no patch | Add guidedend=0.5" })
	void anOptionThatDoesNothingIsRefused(final String preset, final String key, final String value, final String what,
		final String remedy)
	{
		CommandBench.assertRefused(bench.run(PreTrainVasoMIM.class, sound.of(PreTrainVasoMIM.class, "preset", preset, key, value
			.matches("[0-9.]+") ? (Object) Double.valueOf(value) : value)), what, remedy);
	}

	/** Decoding may take hours. */
	@ParameterizedTest
	@ValueSource(classes = { TrainSegmentor.class, PreTrainVasoMIM.class })
	void whatCannotWorkIsRefusedBeforeImagesAreDecoded(final Class<? extends VasoMIMCommand> command) throws IOException {
		train(command, "output");
		final Path cache = folder.resolve("images+masks.vasomim-pixels");
		Files.delete(cache);
		CommandBench.assertRefused(bench.run(command, sound.of(command, "epochs", 3)), "output: ", "epochs was 2, now 3");
		CommandBench.assertRefused(bench.run(command, sound.of(command, "batch", 4, "output", folder.resolve("new")
			.toFile())), "batch: must lie in 1..3");
		assertFalse(Files.exists(cache));
		assertFalse(Files.exists(folder.resolve("new")));
	}

	@Test
	void eachModelServesTheNextCommand() {
		train(TrainSegmentor.class, "segmentor-run");
		final Path segmentor = folder.resolve("segmentor-run/model.safetensors");
		final CommandModule preview = bench.run(PreviewCoGuidanceMask.class, sound.of(PreviewCoGuidanceMask.class,
			"segmentor", segmentor.toFile()));
		final ImagePlus figure = (ImagePlus) preview.getOutput("figure");
		// Four tiles of 64 px, enlarged four times, in two rows, gaps of 6 px; titles, three keys, a caption of 20 px.
		assertEquals(4 * 262 + 6, figure.getWidth());
		assertEquals(2 * 282 + 6 + 4 * 20, figure.getHeight());
		assertEquals(24, figure.getBitDepth());
		final Map<String, Object> inputs = sound.of(PreTrainVasoMIM.class, "segmentor", segmentor.toFile());
		final CommandModule pretraining = bench.run(PreTrainVasoMIM.class, inputs);
		assertFalse(pretraining.isCanceled(), pretraining.getCancelReason());
		final CommandModule reconstruction = bench.run(ReconstructMaskedAngiogram.class, sound.of(
			ReconstructMaskedAngiogram.class, "model", sound.output().resolve("model.safetensors").toFile()));
		// Three tiles of the image's own 224 px.
		assertEquals(3 * 230 + 6, ((ImagePlus) reconstruction.getOutput("figure")).getWidth());
	}

	private TrainingResult train(final Class<? extends VasoMIMCommand> command, final String output) {
		final CommandModule module = bench.run(command, sound.of(command, "output", folder.resolve(output).toFile()));
		assertFalse(module.isCanceled(), module.getCancelReason());
		return (TrainingResult) CommandBench.result(module);
	}
}
