package sc.fiji.vasomim.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import ai.djl.Device;

import sc.fiji.vasomim.Reference;
import sc.fiji.vasomim.model.StartWeights.Report;

class StartWeightsTest {

	private static final MaskedAutoencoder MAE = new MaskedAutoencoder(64, 16, 24, 2, 3, 16, 1, 2);

	private static final VitUNet NETWORK = network(64, 16);

	@TempDir
	Path folder;

	private static VitUNet network(final int size, final int patch) {
		return new VitUNet(new VisionTransformer(size, patch, 24, 2, 3, false), 2, false, List.of("vessel"));
	}

	private Path write(final Network network) throws IOException {
		final Path file = folder.resolve("start.safetensors");
		try (Weights weights = Weights.initialise(network, 7, Device.cpu())) {
			ModelFile.write(file, weights, Map.of());
		}
		return file;
	}

	private static Report give(final Path file, final EncoderNetwork network, final Weights to) throws IOException {
		return new StartWeights(file, network).giveTo(to);
	}

	@Test
	void anAutoencoderGivesItsEncoder() throws IOException {
		final Path file = write(MAE);
		try (Weights trained = Weights.initialise(MAE, 7, Device.cpu());
				Weights drawn = Weights.initialise(NETWORK, 1, Device.cpu());
				Weights weights = Weights.initialise(NETWORK, 1, Device.cpu()))
		{
			final Report report = give(file, NETWORK, weights);
			weights.all().forEach((name, array) -> assertEquals((NETWORK.encodes(name) ? trained : drawn).all().get(name),
				array, name));
			assertEquals(2 + 2 + 2 * 12 + 2, report.taken().size());
			assertEquals(List.of(), report.resized());
			assertTrue(report.drawn().contains("head.weight") && report.drawn().stream().noneMatch(NETWORK::encodes));
			assertTrue(report.ignored().contains("mask_token") && report.ignored().contains("decoder_pred.bias"));
			assertEquals("30 tensors taken, drawn anew: pyramid stem decoder head, ignored: decoder_blocks decoder_embed " +
				"decoder_norm decoder_pos_embed decoder_pred mask_token", report.toString());
		}
	}

	@Test
	void otherClassesDrawTheHeadAnew() throws IOException {
		final UNet one = new UNet(List.of(4, 8), List.of("vessel"), 32);
		final UNet three = new UNet(List.of(4, 8), List.of("a", "b", "c"), 64);
		final Path file = write(one);
		try (Weights trained = Weights.initialise(one, 7, Device.cpu());
				Weights weights = Weights.initialise(three, 1, Device.cpu()))
		{
			final Report report = give(file, three, weights);
			assertEquals(List.of("head.weight", "head.bias"), report.drawn());
			assertEquals(weights.all().size() - 2, report.taken().size());
			assertEquals(trained.all().get("decoder.0.conv1.weight"), weights.all().get("decoder.0.conv1.weight"));
		}
	}

	@Test
	void aSegmentorGivesAllToANetworkOfItsKind() throws IOException {
		final Path file = write(new Unext(5, 5, 5, 5, 5));
		final Unext network = new Unext(5, 5, 5, 5, 5).with(List.of("a", "b"), 64);
		try (Weights weights = Weights.initialise(network, 1, Device.cpu())) {
			assertEquals(List.of("final.weight", "final.bias"), give(file, network, weights).drawn());
		}
	}

	@ParameterizedTest
	@CsvSource({ "96, 16, pos_embed", "64, 8, pos_embed patch_embed.proj.weight", "32, 8, patch_embed.proj.weight" })
	void anotherSizeOrPatchIsResized(final int size, final int patch, final String resized) throws IOException {
		final VitUNet other = network(size, patch);
		final Path file = write(MAE);
		try (Weights weights = Weights.initialise(other, 1, Device.cpu())) {
			assertEquals(List.of(resized.split(" ")), give(file, other, weights).resized());
		}
	}

	@Test
	void theResizedTableArrives() throws IOException {
		final VitUNet larger = network(96, 16);
		final Path file = write(MAE);
		try (Weights trained = Weights.initialise(MAE, 7, Device.cpu());
				Weights weights = Weights.initialise(larger, 1, Device.cpu()))
		{
			give(file, larger, weights);
			assertArrayEquals(Resizing.positions(values(trained, "pos_embed"), 24, 6), values(weights, "pos_embed"));
		}
	}

	private static float[] values(final Weights weights, final String name) {
		return weights.all().get(name).toFloatArray();
	}

	@ParameterizedTest
	@CsvSource({ "64, 16, ''", "96, 16, pos_embed", "64, 8, pos_embed patch_embed.proj.weight" })
	void anImportedEncoderGivesAllThatItHas(final int size, final int patch, final String resized) throws IOException {
		final VisionTransformer encoder = new VisionTransformer(64, 16, 24, 2, 3, true);
		final VitUNet other = network(size, patch);
		final Path file = write(encoder);
		try (Weights trained = Weights.initialise(encoder, 7, Device.cpu());
				Weights weights = Weights.initialise(other, 1, Device.cpu()))
		{
			final Report report = give(file, other, weights);
			assertEquals(resized, String.join(" ", report.resized()));
			assertEquals(List.of(), report.ignored());
			assertTrue(report.drawn().stream().noneMatch(other::encodes));
			report.taken().forEach(name -> assertEquals(trained.all().get(name), weights.all().get(name), name));
		}
	}

	/** Its positions are the learned table's, resized; a network with a class token of its own is refused. */
	@ParameterizedTest
	@ValueSource(ints = { 4, 6 })
	void anEncoderWithoutAClassTokenMakesANetworkWithout(final int grid) throws IOException {
		final VisionTransformer encoder = new VisionTransformer(64, 16, 24, 2, 3, 96, false, true);
		final VitUNet other = network(16 * grid, 16);
		final VitUNet fitted = other.fittedTo(encoder);
		final Path file = write(encoder);
		assertRefused(file, other, "cls_token is absent");
		try (Weights trained = Weights.initialise(encoder, 7, Device.cpu());
				Weights weights = Weights.initialise(fitted, 1, Device.cpu()))
		{
			final Report report = give(file, fitted, weights);
			assertTrue(report.drawn().stream().noneMatch(fitted::encodes));
			assertFalse(weights.all().containsKey("cls_token"));
			assertArrayEquals(Resizing.positions(values(trained, "pos_embed"), 24, grid), values(weights, "pos_embed"));
		}
	}

	@ParameterizedTest
	@CsvSource({ "6, 96, true, '6 attention heads, but must have 3'", "3, 96, false, 'cls_token is absent, but must be'",
		"3, 80, true, 'blocks.0.mlp.fc1.bias is (80), but must be (96)'" })
	void anotherImportedEncoderIsRefused(final int heads, final int hidden, final boolean classToken,
		final String message) throws IOException
	{
		assertRefused(write(new VisionTransformer(64, 16, 24, 2, heads, hidden, classToken, false)), message);
	}

	@ParameterizedTest
	@CsvSource({ "48, 2, 3, 'bias is (48), but must be (24)'", "24, 3, 3, blocks.2.",
		"24, 1, 3, blocks.1.", "24, 2, 6, '6 attention heads, but must have 3'" })
	void anotherEncoderIsRefused(final int width, final int depth, final int heads, final String message)
		throws IOException
	{
		assertRefused(write(new MaskedAutoencoder(64, 16, width, depth, heads, 16, 1, 2)), message);
	}

	@Test
	void anotherKindOfNetworkIsRefused() throws IOException {
		assertRefused(write(new UNet(List.of(4, 8), List.of("vessel"), 32)), "of kind unet, is not that of the network, vit");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aForeignFileIsRefused(final boolean there) throws IOException {
		final Path file = there ? Reference.path("positions.safetensors") : folder.resolve("none.safetensors");
		assertEquals(there, Files.exists(file));
		assertRefused(file, there ? "is not a model of this software" : "must be a model file");
	}

	private static FasterRcnn detector(final int positions, final List<String> classes) {
		return new FasterRcnn(new VitDet(96, 24, 2, 3, 3, List.of(1), positions), 8, 12, RegionCounts.LIGHT, classes);
	}

	/** As it is on a grid of 4 x 4 patches; resized to 6 x 6. */
	@ParameterizedTest
	@ValueSource(ints = { 4, 6 })
	void anAutoencoderGivesADetectorItsEncoder(final int positions) throws IOException {
		final FasterRcnn network = detector(positions, List.of("stenosis"));
		final Path file = write(MAE);
		try (Weights trained = Weights.initialise(MAE, 7, Device.cpu());
				Weights drawn = Weights.initialise(network, 1, Device.cpu());
				Weights weights = Weights.initialise(network, 1, Device.cpu()))
		{
			final Report report = give(file, network, weights);
			assertArrayEquals(Resizing.positions(values(trained, "pos_embed"), 24, positions), values(weights,
				"backbone.net.pos_embed"));
			weights.all().forEach((name, array) -> {
				if (!name.endsWith("pos_embed")) assertEquals(network.encodes(name) ? trained.all().get(name.substring(
					"backbone.net.".length())) : drawn.all().get(name), array, name);
			});
			assertEquals(positions == 4 ? List.of() : List.of("backbone.net.pos_embed"), report.resized());
			assertEquals(1 + 2 + 2 * 12, report.taken().size() + report.resized().size());
			assertTrue(report.ignored().containsAll(List.of("cls_token", "norm.weight", "mask_token")), report.toString());
		}
	}

	/** A detector has no class token either. */
	@Test
	void anEncoderWithoutAClassTokenGivesADetectorAll() throws IOException {
		final FasterRcnn network = detector(4, List.of("stenosis"));
		final VisionTransformer encoder = new VisionTransformer(64, 16, 24, 2, 3, 96, false, true);
		final Path file = write(encoder);
		try (Weights trained = Weights.initialise(encoder, 7, Device.cpu());
				Weights weights = Weights.initialise(network, 1, Device.cpu()))
		{
			final Report report = give(file, network, weights);
			assertTrue(report.drawn().stream().noneMatch(network::encodes));
			final float[] table = values(weights, "backbone.net.pos_embed");
			assertArrayEquals(values(trained, "pos_embed"), Arrays.copyOfRange(table, 24, table.length));
		}
	}

	/** The global block's relative positions too, which an autoencoder has not. */
	@Test
	void aDetectorGivesAllButItsClasses() throws IOException {
		final FasterRcnn network = detector(4, List.of("stenosis", "occlusion"));
		final Path file = write(detector(4, List.of("stenosis")));
		try (Weights weights = Weights.initialise(network, 1, Device.cpu())) {
			final String predictor = "roi_heads.box_predictor.";
			assertEquals(List.of(predictor + "cls_score.weight", predictor + "cls_score.bias", predictor + "bbox_pred.weight",
				predictor + "bbox_pred.bias"), give(file, network, weights).drawn());
		}
	}

	@ParameterizedTest
	@CsvSource({ "48, 2, 3, 'but must be (24'", "24, 3, 3, backbone.net.blocks.2.", "24, 1, 3, backbone.net.blocks.1.",
		"24, 2, 6, '6 attention heads, but must have 3'" })
	void anotherEncoderThanTheDetectorsIsRefused(final int width, final int depth, final int heads, final String message)
		throws IOException
	{
		assertRefused(write(new MaskedAutoencoder(64, 16, width, depth, heads, 16, 1, 2)), detector(4, List.of("stenosis")),
			message);
	}

	private static void assertRefused(final Path file, final String message) {
		assertRefused(file, NETWORK, message);
	}

	private static void assertRefused(final Path file, final EncoderNetwork network, final String message) {
		final Exception e = assertThrows(IllegalArgumentException.class, () -> new StartWeights(file, network));
		assertTrue(e.getMessage().startsWith("start: ") && e.getMessage().contains(message), e.getMessage());
	}
}
