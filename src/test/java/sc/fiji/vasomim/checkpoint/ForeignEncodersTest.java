package sc.fiji.vasomim.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import sc.fiji.vasomim.Reference;
import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.checkpoint.CheckpointExport.Target;
import sc.fiji.vasomim.files.SafetensorsFile;
import sc.fiji.vasomim.files.SafetensorsWriter;
import sc.fiji.vasomim.model.EncoderNetwork;
import sc.fiji.vasomim.model.FasterRcnn;
import sc.fiji.vasomim.model.ModelFile;
import sc.fiji.vasomim.model.Network;
import sc.fiji.vasomim.model.RegionCounts;
import sc.fiji.vasomim.model.Resizing;
import sc.fiji.vasomim.model.StartWeights;
import sc.fiji.vasomim.model.VisionTransformer;
import sc.fiji.vasomim.model.VitDet;
import sc.fiji.vasomim.model.VitOptions;
import sc.fiji.vasomim.model.VitUNet;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Script;

/**
 * Imported encoders against the projects' own classes with the same weights. {@code encoder_reference.py} made the numbers
 * in float64; weights and image are drawn from names in both languages.
 */
class ForeignEncodersTest {

	/** Of the largest feature, about 3. The issue allows 1e-4. */
	private static final double TOLERANCE = 1e-5;

	@TempDir
	Path folder;

	private final Reference reference;

	ForeignEncodersTest() throws IOException {
		reference = new Reference("encoders");
	}

	@ParameterizedTest
	@CsvSource({ "mae, MAE", "dino, DINO", "dinov2, names shared by DINOv2 and timm", "dinov2-chunks, DINOv2 in chunks",
		"dinov3, DINOv3", "meddinov3, MedDINOv3", "hf-vit, Hugging Face", "hf-dinov2, DINOv2 of Hugging Face",
		"hf-dinov3, DINOv3 of Hugging Face", "timm-dinov2, names shared by DINOv2 and timm", "timm-dinov3, DINOv3 of timm",
		"timm-beit, BEiT", "timm-pooled, timm",
		"sam, SAM", "lvm-med, SAM" })
	void featuresAreThoseOfTheProjectsClass(final String list, final String layout) throws IOException {
		final ImportReport report = load(list, heads(2));
		assertEquals(layout, report.layout());
		assertEquals(List.of(), report.unknown());
		assertClose(list + ".out", features(list + ".out"));
	}

	private static ImportSettings heads(final int heads) {
		return new ImportSettings("auto", 0, 0, heads, 0, 0);
	}

	/** Its class gives the patches alone; with tables of each block's own, the class token alone. */
	@ParameterizedTest
	@CsvSource({ "simmim, 1, 17", "simmim-blocks, 0, 1" })
	void simMimsToo(final String list, final int first, final int last) throws IOException {
		final ImportReport report = load(list, ImportSettings.DEFAULT);
		assertEquals(List.of("model/"), report.folded().stream().map(name -> name.substring(0, 6)).distinct().toList());
		final double[] all = features(list + ".out");
		assertClose(list + ".out", Arrays.copyOfRange(all, first * 32, last * 32));
	}

	/** Its tokens have no last normalisation, neither here nor as exported for timm and imported again. */
	@Test
	void aClassifierOfTheMeanHasTokensAsTheyLeaveTheLastBlock() throws IOException {
		final ImportReport report = load("timm-pooled", heads(2));
		assertEquals(List.of("norm"), report.missing());
		assertEquals(List.of("fc_norm.bias", "fc_norm.weight", "head.bias", "head.weight"), report.dropped().stream().sorted()
			.toList());
		final Path exported = folder.resolve("timm.safetensors");
		final String constructor = CheckpointExport.run(model(), exported, Target.TIMM, Progress.NONE).constructor();
		assertTrue(constructor.endsWith("global_pool='', final_norm=False)"), constructor);
		final Path again = folder.resolve("again.safetensors");
		CheckpointImport.run(exported, again, heads(2), Progress.NONE);
		assertArrayEquals(tokens(model(), 64, 64), tokens(again, 64, 64));
		final VitUNet network = new VitUNet(new VisionTransformer(64, 16, 32, 2, 2, false), List.of("vessel")).fittedTo(
			ModelFile.readNetwork("start", model(), Network.class));
		try (Weights weights = Weights.initialise(network, 1, Device.cpu())) {
			assertTrue(new StartWeights(model(), network).giveTo(weights).drawn().stream().noneMatch(network::encodes));
		}
		assertThrows(IllegalArgumentException.class, () -> new VitUNet(network.encoder(), 32, true, List.of("vessel")));
	}

	/** Rotary positions fit any number of rows and columns. */
	@Test
	void dinoV3SeesImagesOfOtherSizes() throws IOException {
		load("dinov3", ImportSettings.DEFAULT);
		assertClose("dinov3.wide", features(48, 96));
	}

	/** Mean 0.5 and deviation 0.25, worked into the patch embedding. */
	@Test
	void anotherNormalisationIsFolded() throws IOException {
		final ImportReport report = load("hf-vit", new ImportSettings("auto", 0, 0, 2, 0.5, 0.25));
		assertEquals(List.of("mean 0.5 and deviation 0.25 of grey values"), report.folded());
		assertClose("hf-vit.half", features("hf-vit.out"));
	}

	/** A grey image of the mean is 0 to the original, whose patches then are its bias: with resized kernels too. */
	@ParameterizedTest
	@ValueSource(ints = { 16, 8 })
	void theFoldedMeanIsThatOfResizedKernels(final int patch) throws IOException {
		load("hf-vit", new ImportSettings("auto", 0, patch, 2, 0.5, 0.25));
		final double[] seen = { (0.5 - 0.485) / 0.229, (0.5 - 0.456) / 0.224, (0.5 - 0.406) / 0.225 };
		try (SafetensorsFile file = SafetensorsFile.open(model())) {
			final float[] kernel = file.floats("patch_embed.proj.weight");
			final float[] bias = file.floats("patch_embed.proj.bias");
			final float[] original = Reference.drawn("embeddings.patch_embeddings.projection.bias", 32);
			final int row = 3 * patch * patch;
			for (int d = 0; d < 32; d++) {
				double sum = bias[d];
				for (int i = 0; i < row; i++) sum += kernel[d * row + i] * seen[i / (patch * patch)];
				assertEquals(original[d], sum, 1e-5);
			}
		}
	}

	@Test
	void theReportTellsWhatWasFoldedAndWhatIsMissing() throws IOException {
		final ImportReport report = load("dinov3", ImportSettings.DEFAULT);
		assertEquals(List.of("blocks.0.attn.qkv.bias_mask", "blocks.0.ls1.gamma", "blocks.0.ls2.gamma"), report.folded()
			.stream().filter(name -> name.contains(".0.")).sorted().toList());
		assertEquals(List.of(), report.missing());
		assertEquals(List.of("mask_token"), report.dropped());
		assertEquals(List.of("blocks.0.attn.qkv.bias (of keys)", "blocks.1.attn.qkv.bias (of keys)"), load("simmim",
			ImportSettings.DEFAULT).missing());
		assertEquals("rope_embed.periods", load("hf-dinov3", heads(2)).missing().get(0));
		assertEquals(List.of("pos_embed"), load("lvm-med", ImportSettings.DEFAULT).missing());
	}

	/** Every parameter of the encoder is given, resized where the network is larger, and what it computes stays. */
	@ParameterizedTest
	@CsvSource({ "dinov2, 64, true", "dinov3, 64, false", "dinov3, 96, false", "simmim, 64, false", "simmim, 96, true" })
	void itMayStartASegmentationNetworkOfAnySize(final String list, final int size, final boolean resized)
		throws IOException
	{
		load(list, heads(2));
		final VitUNet plain = new VitUNet(new VisionTransformer(size, 16, 32, 2, 2, false), List.of("vessel"));
		final VitUNet network = plain.fittedTo(ModelFile.readNetwork("start", model(), Network.class));
		assertEquals(size, network.size());
		try (Weights weights = Weights.initialise(network, 1, Device.cpu())) {
			final StartWeights.Report report = new StartWeights(model(), network).giveTo(weights);
			assertTrue(report.drawn().stream().noneMatch(network::encodes), report.toString());
			assertEquals(List.of(), report.ignored());
			assertEquals(resized, !report.resized().isEmpty());
			if (resized) return;
			final VitOptions options = network.encoder().options();
			final double[] expected = tokens(model(), size, size);
			assertArrayEquals(expected, tokens(weights, options.epsilon(), size, size), 1e-6);
		}
	}

	/** With all its tables; those of blocks that see the whole image are resized for a larger one. */
	@ParameterizedTest
	@ValueSource(ints = { 96, 128 })
	void samStartsADetector(final int size) throws IOException {
		load("sam", ImportSettings.DEFAULT);
		final FasterRcnn plain = new FasterRcnn(new VitDet(size, 32, 3, 2, 4, List.of(1), 14), 8, 12, RegionCounts.LIGHT, List
			.of("stenosis"));
		final FasterRcnn network = plain.fittedTo(ModelFile.readNetwork("start", model(), Network.class));
		try (Weights weights = Weights.initialise(network, 1, Device.cpu());
				Weights trained = ModelFile.read("start", model(), VitDet.class, Device.cpu()))
		{
			final StartWeights.Report report = new StartWeights(model(), network).giveTo(weights);
			assertTrue(report.drawn().stream().noneMatch(name -> name.startsWith(VitDet.NAME)), report.toString());
			assertEquals(size == 96 ? List.of() : List.of("backbone.net.blocks.1.attn.rel_pos_h",
				"backbone.net.blocks.1.attn.rel_pos_w"), report.resized());
			report.taken().forEach(name -> assertEquals(trained.all().get(name), weights.all().get(name), name));
		}
	}

	/** What a network does not compute with is refused by name, not left out. */
	@ParameterizedTest
	@CsvSource({ "dinov3, backbone.net.pos_embed is absent", "simmim, relative_position_bias_table is (52" })
	void otherPositionsDoNotStartADetector(final String list, final String words) throws IOException {
		load(list, heads(2));
		final FasterRcnn network = new FasterRcnn(new VitDet(96, 32, 2, 2, 4, List.of(1), 4), 8, 12, RegionCounts.LIGHT, List
			.of("stenosis"));
		assertRefused(network.fittedTo(ModelFile.readNetwork("start", model(), Network.class)), words);
	}

	@Test
	void samDoesNotStartASegmentationNetwork() throws IOException {
		load("sam", ImportSettings.DEFAULT);
		final VitUNet network = new VitUNet(new VisionTransformer(96, 16, 32, 3, 2, false), List.of("vessel"));
		assertRefused(network.fittedTo(ModelFile.readNetwork("start", model(), Network.class)), "of kind vitdet, is not");
	}

	private void assertRefused(final EncoderNetwork network, final String words) {
		final Exception e = assertThrows(IllegalArgumentException.class, () -> new StartWeights(model(), network));
		assertTrue(e.getMessage().startsWith("start: ") && e.getMessage().contains(words), e.getMessage());
	}

	/** As timm has them, and imported again from there, they compute the same. */
	@ParameterizedTest
	@CsvSource({ "dinov2, VisionTransformer, names", "timm-beit, Beit, BEiT", "dinov3, Eva, DINOv3 of timm" })
	void theyAreExportedForTimmsClasses(final String list, final String constructor, final String layout) throws IOException {
		load(list, heads(2));
		final Path exported = folder.resolve("timm.safetensors");
		final ExportReport report = CheckpointExport.run(model(), exported, Target.TIMM, Progress.NONE);
		assertTrue(report.constructor().startsWith("timm.models." + constructor + "("), report.constructor());
		try (SafetensorsFile file = SafetensorsFile.open(exported)) {
			final Set<String> expected = new TreeSet<>();
			for (final String line : reference.file().metadata().get(TIMM.get(constructor)).split("\n"))
				// LayerScale was folded, so timm's network is made without.
				if (!line.matches(".*(gamma|ls\\d).*")) expected.add(line.substring(0, line.indexOf(' ')));
			if (constructor.equals("Eva")) expected.addAll(List.of("blocks.0.attn.q_bias", "blocks.0.attn.v_bias",
				"blocks.1.attn.q_bias", "blocks.1.attn.v_bias"));
			assertEquals(expected, new TreeSet<>(file.names()));
		}
		Files.delete(model());
		Files.delete(folder.resolve("model-import.json"));
		CheckpointImport.run(exported, model(), heads(2), Progress.NONE);
		assertClose(list + ".out", features(list + ".out"));
	}

	private static final Map<String, String> TIMM = Map.of("VisionTransformer", "timm-dinov2", "Beit", "timm-beit", "Eva",
		"timm-dinov3");

	/** A file whose tensors have other shapes than their names promise. */
	@ParameterizedTest
	@ValueSource(strings = { "dinov2", "dinov3", "simmim", "sam" })
	void strangeShapesEndInClearErrors(final String list) throws IOException {
		final String[] lines = reference.file().metadata().get(list).split("\n");
		int refused = 0;
		for (int i = 0; i < lines.length; i++)
			for (final UnaryOperator<long[]> change : CHANGES) {
				final int changed = i;
				write(list, (index, shape) -> index == changed ? change.apply(shape) : shape);
				try {
					CheckpointImport.run(checkpoint(), model(), heads(2), Progress.NONE);
				}
				catch (final IOException | IllegalArgumentException e) {
					refused++;
					assertTrue(e.getMessage().matches("(?s)(Cannot |\\w+: must ).*"), lines[i] + ": " + e.getMessage());
				}
			}
		assertTrue(refused > lines.length, refused + " of " + 4 * lines.length);
	}

	private static final List<UnaryOperator<long[]>> CHANGES = List.of(shape -> new long[0], shape -> Arrays.copyOf(shape,
		shape.length - 1), shape -> LongStream.concat(LongStream.of(2), Arrays.stream(shape)).toArray(), shape -> Arrays
			.stream(shape).map(axis -> axis + 1).toArray());

	@Test
	void whoStopsAnImportFindsNothingWritten() throws IOException {
		load("sam", ImportSettings.DEFAULT);
		Files.delete(model());
		for (int reports = 0; reports < 5; reports++) {
			final Stop stop = new Stop(reports);
			assertThrows(CancellationException.class, () -> CheckpointImport.run(checkpoint(), model(), ImportSettings.DEFAULT,
				stop));
			assertFalse(Files.exists(model()));
			assertEquals(reports, stop.reports);
		}
		final Stop never = new Stop(Integer.MAX_VALUE);
		CheckpointImport.run(checkpoint(), model(), ImportSettings.DEFAULT, never);
		assertEquals(never.total, never.done);
		final Path exported = folder.resolve("exported.safetensors");
		load("dinov3", heads(2));
		assertThrows(CancellationException.class, () -> CheckpointExport.run(model(), exported, Target.TIMM, new Stop(3)));
		assertFalse(Files.exists(exported));
	}

	private static final class Stop implements Progress {

		private final int most;

		private int reports;

		private long done;

		private long total;

		private Stop(final int most) {
			this.most = most;
		}

		@Override
		public void report(final long newDone, final long newTotal, final String message) {
			assertTrue(newDone >= done && newDone <= newTotal, message);
			done = newDone;
			total = newTotal;
			reports++;
		}

		@Override
		public boolean isCanceled() {
			return reports >= most;
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 3, 6 })
	void tablesOfDistancesAreResizedAsInTimm(final int grid) throws IOException {
		final long rows = (2L * grid - 1) * (2L * grid - 1) + 3;
		assertClose("distances." + grid, doubles(Resizing.fit("blocks.0.attn.relative_position_bias_table", Reference.drawn(
			"distances", 52, 2), new Shape(52, 2), new Shape(rows, 2))));
	}

	@ParameterizedTest
	@ValueSource(ints = { 4, 9 })
	void tablesOfOffsetsAreResizedAsInSam(final int side) throws IOException {
		assertClose("offsets." + side, doubles(Resizing.fit("backbone.net.blocks.0.attn.rel_pos_h", Reference.drawn("offsets",
			11, 16), new Shape(11, 16), new Shape(2L * side - 1, 16))));
	}

	private ImportReport load(final String list, final ImportSettings settings) throws IOException {
		write(list, (index, shape) -> shape);
		return CheckpointImport.run(checkpoint(), model(), settings, Progress.NONE);
	}

	/** Writes the checkpoint as the project does, but for the shapes of some tensors. No model is there then. */
	private void write(final String list, final BiFunction<Integer, long[], long[]> shapes) throws IOException {
		Files.deleteIfExists(model());
		Files.deleteIfExists(folder.resolve("model-import.json"));
		final List<SafetensorsWriter.Source> tensors = new ArrayList<>();
		for (final String line : reference.file().metadata().get(list).split("\n")) {
			final String path = line.substring(0, line.indexOf(' '));
			final long[] told = Arrays.stream(line.substring(path.length() + 1).split("x")).mapToLong(Long::parseLong)
				.toArray();
			final long[] shape = shapes.apply(tensors.size(), told);
			final String buffer = list + "/" + path;
			tensors.add(reference.file().contains(buffer) && shape == told ? SafetensorsWriter.bytes(path, reference.file()
				.info(buffer).type(), reference.file().bytes(buffer), shape) : SafetensorsWriter.floats(path, Reference.drawn(path,
					shape), shape));
		}
		SafetensorsWriter.write(checkpoint(), Map.of(), tensors);
	}

	private Path checkpoint() {
		return folder.resolve("checkpoint.safetensors");
	}

	private Path model() {
		return folder.resolve("model.safetensors");
	}

	/** Of an image of the size that the network was imported for. */
	private double[] features(final String name) throws IOException {
		final Network network = ModelFile.readNetwork("model", model(), Network.class);
		final int size = network instanceof VitDet ? ((VitDet) network).size() : ((VisionTransformer) network).size();
		// DINOv3's files don't tell it, and say 224.
		final int side = name.contains("dinov3") ? 64 : size;
		return features(side, side);
	}

	private double[] features(final int height, final int width) throws IOException {
		return tokens(model(), height, width);
	}

	private static double[] tokens(final Path model, final int height, final int width) throws IOException {
		try (Weights weights = ModelFile.read("model", model, Network.class, Device.cpu())) {
			final double epsilon = weights.network() instanceof VisionTransformer ? ((VisionTransformer) weights.network())
				.options().epsilon() : 1e-6;
			return tokens(weights, epsilon, height, width);
		}
	}

	private static double[] tokens(final Weights weights, final double epsilon, final int height, final int width) {
		final Network network = weights.network();
		final int depth = network instanceof VitDet ? ((VitDet) network).depth() : 2;
		final float[] image = Reference.drawn("image", 1, 3, height, width);
		for (int i = 0; i < image.length; i++) image[i] *= 100;
		try (NDManager manager = Devices.newManager(Device.cpu());
				Script script = Script.load("encoding", "Encoding", Map.of("depth", depth, "heads", network.heads(), "epsilon",
					epsilon), Device.cpu()))
		{
			final NDArray answer = script.call(manager, network instanceof VitDet ? "map" : "tokens", weights.all(), manager
				.create(image, new Shape(1, 3, height, width))).get(0);
			return Reference.doubles(answer);
		}
	}

	private static double[] doubles(final float[] values) {
		final double[] doubles = new double[values.length];
		for (int i = 0; i < values.length; i++) doubles[i] = values[i];
		return doubles;
	}

	private void assertClose(final String name, final double[] actual) throws IOException {
		final double[] expected = reference.values(name);
		assertEquals(expected.length, actual.length);
		final double error = Reference.relativeError(expected, actual);
		assertTrue(error <= TOLERANCE, name + " is off by " + error + " of its largest value");
	}
}
