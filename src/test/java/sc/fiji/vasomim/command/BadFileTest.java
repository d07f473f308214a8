package sc.fiji.vasomim.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.scijava.command.CommandInfo;
import org.scijava.module.ModuleItem;

/** Every file parameter of every command with files and folders that it cannot use. */
class BadFileTest {

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

	/** Folders, or files of drawn truth. */
	private static final List<String> SOURCES = List.of("input", "images", "masks", "labels", "truth", "predictions",
		"valimages", "vallabels", "boxes", "valboxes", "folder");

	private static final List<String> MODELS = List.of("segmentor", "model");

	/** Any file of weights; ImportCheckpoint has tests of its own. */
	private static final List<String> WEIGHTS = List.of("start", "checkpoint");

	static Stream<Arguments> sources() {
		return parameters(SOURCES);
	}

	static Stream<Arguments> models() {
		return parameters(MODELS);
	}

	static Stream<Arguments> outputs() {
		return parameters(List.of("output"));
	}

	private static Stream<Arguments> parameters(final List<String> keys) {
		return CommandRulesTest.commands().stream().flatMap(command -> new CommandInfoItems(command).files().filter(keys::contains).map(key -> Arguments.of(command, key)));
	}

	private record CommandInfoItems(Class<? extends VasoMIMCommand> command) {

		private Stream<String> files() {
			final Stream.Builder<String> keys = Stream.builder();
			for (final ModuleItem<?> item : new CommandInfo(command).inputs())
				if (item.getType() == File.class) keys.add(item.getName());
			return keys.build();
		}
	}

	static Stream<Arguments> weights() {
		return parameters(WEIGHTS);
	}

	@Test
	void everyKeyIsTried() {
		final Set<String> keys = new TreeSet<>();
		for (final Class<? extends VasoMIMCommand> command : CommandRulesTest.commands())
			new CommandInfoItems(command).files().forEach(keys::add);
		final Set<String> tried = new TreeSet<>(SOURCES);
		for (final List<String> more : List.of(MODELS, WEIGHTS, List.of("output", "cache")))
			tried.addAll(more);
		assertEquals(tried, keys);
	}

	@ParameterizedTest
	@MethodSource("weights")
	void missingWeightsAreNamed(final Class<? extends VasoMIMCommand> command, final String key) throws IOException {
		assertRefused(command, key, folder.resolve("nowhere"), key + ": must be a", "nowhere", "Check the path");
		final Path text = Files.writeString(folder.resolve("text"), "these are no weights, however long it may be");
		assertRefused(command, key, text, "Cannot read", "text");
	}

	@ParameterizedTest
	@MethodSource("sources")
	void aMissingFolderIsNamed(final Class<? extends VasoMIMCommand> command, final String key) {
		assertRefused(command, key, folder.resolve("nowhere"), key + ": ", "nowhere", "Check the path");
	}

	@ParameterizedTest
	@MethodSource("sources")
	void anEmptyFolderIsNamed(final Class<? extends VasoMIMCommand> command, final String key) throws IOException {
		final Path empty = Files.createDirectory(folder.resolve("empty"));
		// Boxes in a file name the images that must be there; others are found by what the folder holds.
		final boolean boxes = sound.of(command).containsKey("boxes");
		final String remedy = switch (key) {
			case "masks" -> "Run Extract Vascular Anatomy Folder";
			case "folder" -> "Choose a copy of what the host has";
			case "boxes", "valboxes" -> "name the .json file itself";
			default -> boxes ? "Check the path" : "PNG, JPEG, TIFF";
		};
		assertRefused(command, key, empty, key + ": ", "empty", remedy);
	}

	@ParameterizedTest
	@MethodSource("models")
	void aFileThatIsNoModelIsNamed(final Class<? extends VasoMIMCommand> command, final String key) throws IOException {
		final byte[] model = Files.readAllBytes(key.equals("model") ? sound.model() : sound.segmentor());
		final Path text = Files.writeString(folder.resolve("text"), "this is no model, however long it may be");
		final Path empty = Files.createFile(folder.resolve("empty.safetensors"));
		final boolean takesAutoencoder = sound.of(command).get(key).equals(sound.model().toFile());
		final Path other = takesAutoencoder ? sound.segmentor() : sound.model();
		assertRefused(command, key, folder.resolve("nowhere"), key + ": must be a model file", "nowhere", "Check the path");
		assertRefused(command, key, folder, key + ": must be a model file", "Check the path");
		assertRefused(command, key, other, key + ": ", other.toString(), "holds a model of kind", "Choose another file");
		for (final Path damaged : new Path[] { text, empty, cut(model, 5), cut(model, 100), cut(model, model.length / 2),
			cut(model, model.length - 1) })
			assertRefused(command, key, damaged, "Cannot read", damaged.getFileName().toString());
	}

	private Path cut(final byte[] model, final int length) throws IOException {
		return Files.write(folder.resolve("cut-" + length + ".safetensors"), Arrays.copyOf(model, length));
	}

	@ParameterizedTest
	@MethodSource("outputs")
	void anOutputThatIsAFileStaysAsItIs(final Class<? extends VasoMIMCommand> command, final String key)
		throws IOException
	{
		final Path file = Files.writeString(folder.resolve("file"), "mine");
		CommandBench.assertRefused(bench.run(command, sound.of(command, key, file.toFile())), "output: ", "is a file",
			"folder");
		assertEquals("mine", Files.readString(file));
		CommandBench.assertRefused(bench.run(command, sound.of(command, key, new File(""))), "output: must be given",
			"Choose a path");
	}

	@ParameterizedTest
	@ValueSource(classes = { TrainSegmentor.class, PreTrainVasoMIM.class })
	void aFolderForDecodedPixelsThatIsAFileStaysAsItIs(final Class<? extends VasoMIMCommand> command) throws IOException {
		final Path file = Files.writeString(folder.resolve("file"), "mine");
		assertRefused(command, "cache", file, "cache: " + file + " is a file", "folder");
		assertEquals("mine", Files.readString(file));
	}

	@ParameterizedTest
	@ValueSource(classes = { FrangiVesselFilterFolder.class, ExtractVascularAnatomyFolder.class,
		PreviewCoGuidanceMaskFolder.class, ReconstructMaskedAngiogramFolder.class, SegmentVesselsFolder.class,
		DetectStenosisFolder.class })
	void inputAndOutputMayNotLieInOneAnother(final Class<? extends VasoMIMCommand> command) {
		final Path images = folder.resolve("images");
		final Map<String, Integer> before = SoundInputs.listing(images);
		for (final Path output : new Path[] { images, images.resolve("results"), folder })
			CommandBench.assertRefused(bench.run(command, sound.of(command, "output", output.toFile())), "output: ",
				"lie in one another", "choose a folder elsewhere");
		assertEquals(before, SoundInputs.listing(images));
	}

	@ParameterizedTest
	@ValueSource(classes = { TrainSegmentor.class, PreTrainVasoMIM.class })
	void trainingNamesTheImageThatItCannotRead(final Class<? extends VasoMIMCommand> command) throws IOException {
		final Path image = folder.resolve("images/1.png");
		final byte[] whole = Files.readAllBytes(image);
		Files.write(image, Arrays.copyOf(whole, whole.length / 2));
		assertRefused(command, "batch", null, "Cannot", image.toString(), "ends too early");
		Files.delete(image);
		Files.delete(folder.resolve("masks/0.png"));
		assertRefused(command, "batch", null, "masks: 1 images have no mask", "0.png",
			"Run Extract Vascular Anatomy Folder");
	}

	/** A label image of 0 and 1 would teach that nothing is a vessel. */
	@Test
	void aMaskOfZeroAndOneIsNamed() throws IOException {
		final ij.process.ByteProcessor mask = new ij.process.ByteProcessor(64, 64);
		mask.set(5, 5, 1);
		sc.fiji.vasomim.files.ImageFile.writePng(folder.resolve("masks/0.png"), mask);
		assertRefused(TrainSegmentor.class, "batch", null, "masks: ", "0.png has values up to 1 only", "must be 255");
	}

	@Test
	void aTrainingsFolderHoldsOneRun() throws IOException {
		assertFalse(bench.run(TrainSegmentor.class, sound.of(TrainSegmentor.class)).isCanceled());
		final Map<String, Integer> before = SoundInputs.listing(sound.output());
		CommandBench.assertRefused(bench.run(TrainSegmentor.class, sound.of(TrainSegmentor.class, "epochs", 3)), "output: ",
			"settings.epochs was 2, now 3", "choose another folder");
		assertEquals(before, SoundInputs.listing(sound.output()));
	}

	/** With a null value, the inputs are as they should be, but what they name is not. */
	private void assertRefused(final Class<? extends VasoMIMCommand> command, final String key, final Path value,
		final String... words)
	{
		final Map<String, Object> inputs = value == null ? sound.of(command) : sound.of(command, key, value.toFile());
		// What goes with them, or against them.
		final boolean boxes = sound.of(command).containsKey("boxes");
		if (key.equals("valimages")) inputs.put(boxes ? "valboxes" : "vallabels", boxes ? sound.boxes().toFile() : folder.resolve(
			"masks").toFile());
		if (key.equals("vallabels") || key.equals("valboxes")) inputs.put("valimages", folder.resolve("images").toFile());
		if (key.equals("predictions")) inputs.putAll(Map.of("model", new File(""), "precision", "auto"));
		CommandBench.assertRefused(bench.run(command, inputs), words);
		assertEquals(Map.of(), SoundInputs.listing(sound.output()), "left in the output");
	}
}
