package sc.fiji.vasomim.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

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
import sc.fiji.vasomim.files.SafetensorsWriter;
import sc.fiji.vasomim.model.ModelFile;
import sc.fiji.vasomim.model.Network;
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
	@CsvSource({ "mae, MAE", "dino, DINO", "dinov2, DINOv2", "dinov2-chunks, DINOv2 in chunks", "dinov3, DINOv3",
		"meddinov3, MedDINOv3", "hf-vit, Hugging Face", "hf-dinov2, DINOv2 of Hugging Face",
		"hf-dinov3, DINOv3 of Hugging Face", "timm-dinov2, DINOv2", "timm-dinov3, DINOv3 of timm", "timm-beit, BEiT",
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

	/** Writes the checkpoint as the project does, and imports it. */
	private ImportReport load(final String list, final ImportSettings settings) throws IOException {
		final List<SafetensorsWriter.Source> tensors = new ArrayList<>();
		for (final String line : reference.file().metadata().get(list).split("\n")) {
			final String path = line.substring(0, line.indexOf(' '));
			final long[] shape = Arrays.stream(line.substring(path.length() + 1).split("x")).mapToLong(Long::parseLong)
				.toArray();
			final String buffer = list + "/" + path;
			tensors.add(reference.file().contains(buffer) ? SafetensorsWriter.bytes(path, reference.file().info(buffer).type(),
				reference.file().bytes(buffer), shape) : SafetensorsWriter.floats(path, Reference.drawn(path, shape), shape));
		}
		final Path checkpoint = folder.resolve("checkpoint.safetensors");
		SafetensorsWriter.write(checkpoint, Map.of(), tensors);
		return CheckpointImport.run(checkpoint, model(), settings, Progress.NONE);
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
