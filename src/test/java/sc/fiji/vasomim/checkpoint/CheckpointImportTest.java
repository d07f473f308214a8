package sc.fiji.vasomim.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ai.djl.Device;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.checkpoint.CheckpointExport.Target;
import sc.fiji.vasomim.files.SafetensorsFile;
import sc.fiji.vasomim.files.SafetensorsWriter;
import sc.fiji.vasomim.files.TensorInfo;
import sc.fiji.vasomim.model.MaskedAutoencoder;
import sc.fiji.vasomim.model.ModelFile;
import sc.fiji.vasomim.model.Unext;
import sc.fiji.vasomim.model.VisionTransformer;
import sc.fiji.vasomim.model.VitOptions;
import sc.fiji.vasomim.model.VitOptions.Positions;
import sc.fiji.vasomim.model.Weights;

/** Small checkpoints, and the same weights as Python has them under timm's names: {@code checkpoint_fixtures.py}. */
class CheckpointImportTest {

	private static final ImportSettings TWO_HEADS = settings("auto", 0, 0, 2);

	@TempDir
	Path folder;

	private static ImportSettings settings(final String weights, final int size, final int patch, final int heads) {
		return new ImportSettings(weights, size, patch, heads, 0, 0);
	}

	@Test
	void huggingFacesQueriesKeysAndValuesAreJoined() throws IOException {
		final Path model = folder.resolve("model.safetensors");
		final ImportReport report = CheckpointImport.run(resource("hugging-face.safetensors"), model, TWO_HEADS, Progress.NONE);
		assertSameTensors(resource("hugging-face-timm.safetensors"), model, 0);
		assertEquals(new VisionTransformer(12, 4, 8, 2, 2, 20, true, false, new VitOptions(Positions.TABLE, 0, 1e-12)), report
			.network());
		assertEquals("Hugging Face", report.layout());
		assertEquals(4 + 2 * 12 + 2, report.used().size());
		assertEquals(List.of(List.of(), List.of(), List.of()), List.of(report.resized(), report.missing(), report
			.unknown()));
		assertEquals(List.of("pooler.dense.bias", "pooler.dense.weight"), report.dropped().stream().sorted().toList());
		// Counted by hand: tokens 88, kernel 392, norm 16, and 2 blocks of 32 + 216 + 72 + 180 + 168.
		assertEquals(88 + 392 + 16 + 2 * 668, report.parameters());
	}

	@Test
	void maesIsWidenedResizedAndCompletedAndReported() throws IOException {
		final Path model = folder.resolve("model.safetensors");
		final ImportReport report = CheckpointImport.run(resource("mae.pth"), model, settings("auto", 20, 5, 2), Progress.NONE);
		assertSameTensors(resource("mae-timm.safetensors"), model, 1e-6);
		assertEquals(new VisionTransformer(20, 5, 8, 1, 2, 32, true, false), report.network());
		assertEquals(List.of("pos_embed [1, 10, 8] to [1, 17, 8]",
			"patch_embed.proj.weight [8, 3, 4, 4] to [8, 3, 5, 5]"), report.resized());
		assertEquals(List.of("blocks.0.attn.qkv.bias"), report.missing());
		assertEquals(List.of("model/mask_token", "model/decoder_embed.weight", "optimizer/* (2)"), report.dropped());
		assertEquals(List.of("model/something"), report.unknown());
		assertTrue(report.licence().matches("unknown; ask .*MAE and DeblurringMIM: CC BY-NC.*"), report.licence());
		assertFalse(report.used().contains("pos_embed"));
	}

	@Test
	void theModelFileSaysWhereItIsFrom() throws IOException {
		final Path model = folder.resolve("model.safetensors");
		final ImportReport report = CheckpointImport.run(resource("mae.pth"), model, TWO_HEADS, Progress.NONE);
		try (Weights weights = ModelFile.read("model", model, VisionTransformer.class, Device.cpu());
				SafetensorsFile file = SafetensorsFile.open(model))
		{
			assertEquals(report.network(), weights.network());
			final String config = file.metadata().get("config");
			assertTrue(config.contains("\"sha256\":\"" + report.sha256()), config);
			assertFalse(config.contains(folder.toString()), config);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { //
		"auto | 0 | 0 | 0 | heads: must be given", "teacher | 0 | 0 | 2 | weights: ", "auto | 13 | 0 | 2 | size: must be",
		"auto | 0 | 5 | 2 | size: must be a positive multiple", "auto | 0 | 0 | 3 | heads: must divide" })
	void settingsThatDoNotFitAreNamed(final String weights, final int size, final int patch, final int heads,
		final String words)
	{
		final String message = assertThrows(IllegalArgumentException.class, () -> CheckpointImport.run(resource("mae.pth"),
			folder.resolve("m"), settings(weights, size, patch, heads), Progress.NONE)).getMessage();
		assertTrue(message.startsWith(words), message);
		assertFalse(Files.exists(folder.resolve("m")));
	}

	@Test
	void whatIsMissingOrTooMuchIsNamed() throws IOException {
		assertRefused(IOException.class, "lacks blocks.1.mlp.fc2.bias", "blocks.1.mlp.fc2.bias", null);
		assertRefused(IOException.class, "lacks pos_embed", "pos_embed", null);
		assertRefused(IOException.class, "blocks.0.extra", null, "blocks.0.extra");
		assertRefused(IOException.class, "dist_token", null, "dist_token");
		assertRefused(IOException.class, "blocks.3.norm1.weight", null, "blocks.3.norm1.weight");
		for (final String computed : List.of("patch_embed.norm.weight", "patch_embed.backbone.stem.conv.weight",
			"norm_pre.weight", "norm.0.weight", "ln_pre.bias", "pos_embed_time", "extra_token", "embeddings.layernorm.weight"))
			assertRefused(IOException.class, computed + ", with which this software's vision transformer does not compute", null,
				computed);
		assertRefused(IOException.class, "lacks norm.weight", "norm.weight", null);
		assertRefused(IOException.class, "1 of its 2 blocks have attn.qkv.bias, but", "blocks.1.attn.qkv.bias", null);
		assertRefused(IOException.class, "1 of its 2 blocks have ls2.gamma, but", null, "blocks.0.ls2.gamma");
		assertRefused(IOException.class, "name is longer than 500 letters", null, "module.".repeat(20_000) + "x");
		assertRefused(IOException.class, "name is longer than 500 letters, or not of letters alone", null, "\u001b[31mx");
		assertRefused(IOException.class, "table of positions beside rotary", null, "rope_embed.periods");
		assertRefused(IOException.class, "blocks.0.attn.q_bias", null, "blocks.0.attn.q_bias");
		assertRefused(IOException.class, "blocks.1.mlp.w3.weight", null, "blocks.1.mlp.w3.weight");
		assertRefused(IllegalArgumentException.class, "none of the known layouts", "blocks.0.norm1.weight", null);
		assertRefused(IOException.class, "table of positions beside relative", null,
			"blocks.0.attn.relative_position_bias_table");
		final Path text = Files.writeString(folder.resolve("text.pth"), "this is no checkpoint");
		assertThrows(IOException.class, () -> CheckpointImport.run(text, folder.resolve("m"), TWO_HEADS, Progress.NONE));
		assertThrows(IllegalArgumentException.class, () -> CheckpointImport.run(folder, folder.resolve("m"), TWO_HEADS, Progress.NONE));
	}

	private void assertRefused(final Class<? extends Exception> type, final String words, final String without,
		final String with) throws IOException
	{
		final Path changed = folder.resolve("changed.safetensors");
		try (SafetensorsFile whole = SafetensorsFile.open(resource("hugging-face-timm.safetensors"))) {
			final List<SafetensorsWriter.Source> tensors = new ArrayList<>();
			for (final String name : whole.names())
				if (!name.equals(without)) tensors.add(SafetensorsWriter.copy(whole, name));
			if (with != null) tensors.add(SafetensorsWriter.floats(with, new float[8], 8));
			SafetensorsWriter.write(changed, Map.of(), tensors);
		}
		final String message = assertThrows(type, () -> CheckpointImport.run(changed, folder.resolve("m"), TWO_HEADS, Progress.NONE))
			.getMessage();
		assertTrue(message.contains(words), message);
	}

	/** Two tensors of a file may not become one, in whatever order they stand. */
	@Test
	void twoTensorsForOnePlaceAreNamed() throws IOException {
		final Map<String, String> names = new LinkedHashMap<>();
		for (final String name : List.of("blocks.0.attn.q_bias", "blocks.0.attn.v_bias", "blocks.0.attn.qkv.bias"))
			names.put(name, name);
		final Layout layout = Layout.of("any", "model", "").renamed(Renaming.BEIT);
		for (int turn = 0; turn < 3; turn++) {
			final NamedTensors tensors = new NamedTensors(ListedCheckpoint.of("timm"), new LinkedHashMap<>(names));
			final String message = assertThrows(IOException.class, () -> EncoderTensors.of(tensors, new NamedTensors.Match(
				layout, layout.sets().get(0)))).getMessage();
			assertTrue(message.contains("it has both blocks.0.attn."), message);
			assertTrue(message.endsWith(" for blocks.0.attn.qkv.bias"), message);
			final String first = names.keySet().iterator().next();
			names.put(first, names.remove(first));
		}
	}

	/** Of queries, keys and values, none is another's part, though their numbers may add up. */
	@Test
	void queriesKeysAndValuesHaveOneShape() throws IOException {
		final Path odd = folder.resolve("odd.safetensors");
		try (SafetensorsFile whole = SafetensorsFile.open(resource("hugging-face.safetensors"))) {
			final List<SafetensorsWriter.Source> tensors = new ArrayList<>();
			for (final String name : whole.names()) {
				final int rows = name.contains("layer.1.attention.attention.key.weight") ? 12 : name.contains(
					"layer.1.attention.attention.value.weight") ? 4 : 0;
				tensors.add(rows == 0 ? SafetensorsWriter.copy(whole, name) : SafetensorsWriter.floats(name, new float[rows * 8],
					rows, 8));
			}
			SafetensorsWriter.write(odd, Map.of(), tensors);
		}
		final String message = assertThrows(IOException.class, () -> CheckpointImport.run(odd, folder.resolve("m"), TWO_HEADS,
			Progress.NONE)).getMessage();
		assertTrue(message.contains("key.weight has the shape [12, 8], but "), message);
	}

	/** What an import or export wrote of the same file is written again; all else stays. */
	@Test
	void onlyItsOwnEarlierOutputIsReplaced() throws IOException {
		final Path model = folder.resolve("model.safetensors");
		final Path report = folder.resolve("model-import.json");
		final Path exported = folder.resolve("exported.safetensors");
		for (int time = 0; time < 2; time++) {
			CheckpointImport.run(resource("mae.pth"), model, time == 0 ? TWO_HEADS : settings("auto", 20, 5, 2), Progress.NONE);
			if (time == 0) CheckpointExport.run(model, exported, Target.TIMM, Progress.NONE);
		}
		assertStays(exported, "was made of another file", () -> CheckpointExport.run(model, exported, Target.TIMM,
			Progress.NONE));
		for (final Path file : List.of(model, report))
			assertStays(file, "was made of another file", () -> CheckpointImport.run(resource("hugging-face.safetensors"), model,
				TWO_HEADS, Progress.NONE));
		Files.delete(exported);
		CheckpointExport.run(model, exported, Target.TIMM, Progress.NONE);
		CheckpointExport.run(model, exported, Target.TIMM, Progress.NONE);
		try (SafetensorsFile file = SafetensorsFile.open(exported)) {
			assertTrue(file.metadata().get("licence").startsWith("unknown; ask"), file.metadata().toString());
		}
		final Path kept = Files.copy(model, folder.resolve("kept.safetensors"));
		for (final Path file : List.of(model, report, exported)) {
			final byte[] own = Files.readAllBytes(file);
			Files.writeString(file, "{\"mine\": 1}");
			assertStays(file, "this command did not write it", () -> {
				if (file == exported) CheckpointExport.run(kept, exported, Target.TIMM, Progress.NONE);
				else CheckpointImport.run(resource("mae.pth"), model, TWO_HEADS, Progress.NONE);
			});
			Files.write(file, own);
		}
	}

	private static void assertStays(final Path file, final String words, final Executable work) throws IOException {
		final byte[] before = Files.readAllBytes(file);
		final String message = assertThrows(IllegalArgumentException.class, work).getMessage();
		assertTrue(message.startsWith("output: ") && message.contains(words), message);
		assertArrayEquals(before, Files.readAllBytes(file));
	}

	/** Its licence and what it computes beyond a plain transformer stand in its header, which an import does not read. */
	@Test
	void aModelIsNotImportedAgain() throws IOException {
		final Path model = folder.resolve("model.safetensors");
		CheckpointImport.run(resource("mae.pth"), model, TWO_HEADS, Progress.NONE);
		final String message = assertThrows(IllegalArgumentException.class, () -> CheckpointImport.run(model, folder.resolve(
			"m"), TWO_HEADS, Progress.NONE)).getMessage();
		assertTrue(message.contains("is a model of this software already"), message);
	}

	/** A file that says that it is a model, but lacks a part of it. */
	@Test
	void aModelThatLacksATensorIsNotExported() throws IOException {
		final Path model = folder.resolve("model.safetensors");
		final Path cut = folder.resolve("cut.safetensors");
		CheckpointImport.run(resource("mae.pth"), model, TWO_HEADS, Progress.NONE);
		try (SafetensorsFile whole = SafetensorsFile.open(model)) {
			SafetensorsWriter.write(cut, whole.metadata(), whole.names().stream().filter(name -> !name.equals("norm.bias")).map(
				name -> SafetensorsWriter.copy(whole, name)).toList());
		}
		final String message = assertThrows(IOException.class, () -> CheckpointExport.run(cut, folder.resolve("x"),
			Target.TIMM, Progress.NONE)).getMessage();
		assertTrue(message.contains("lacks norm.bias of shape [8]"), message);
	}

	@Test
	void valuesThatAreNotFiniteAreNamed() throws IOException {
		final Path bad = folder.resolve("bad.safetensors");
		try (SafetensorsFile whole = SafetensorsFile.open(resource("hugging-face-timm.safetensors"))) {
			final List<SafetensorsWriter.Source> tensors = new ArrayList<>();
			for (final String name : whole.names())
				if (!name.equals("norm.bias")) tensors.add(SafetensorsWriter.copy(whole, name));
			tensors.add(SafetensorsWriter.floats("norm.bias", new float[] { 0, 0, 0, Float.NaN, 0, 0, 0, 0 }, 8));
			SafetensorsWriter.write(bad, Map.of(), tensors);
		}
		final IOException e = assertThrows(IOException.class, () -> CheckpointImport.run(bad, folder.resolve("m"),
			TWO_HEADS, Progress.NONE));
		assertTrue(e.getMessage().contains("norm.bias has values that are not finite"), e.getMessage());
		assertFalse(Files.exists(folder.resolve("m")));
	}

	/** What is exported in timm's layout is the file that Python wrote, and can be imported again. */
	@Test
	void anImportedEncoderIsExportedAsItWas() throws IOException {
		final Path model = folder.resolve("model.safetensors");
		CheckpointImport.run(resource("hugging-face.safetensors"), model, TWO_HEADS, Progress.NONE);
		final Path exported = folder.resolve("timm.safetensors");
		final ExportReport report = CheckpointExport.run(model, exported, Target.TIMM, Progress.NONE);
		assertSameTensors(resource("hugging-face-timm.safetensors"), exported, 0);
		assertEquals("timm.models.VisionTransformer(img_size=12, patch_size=4, embed_dim=8, depth=2, num_heads=2, " +
			"mlp_ratio=20/8, num_classes=0, class_token=True, global_pool='', " +
			"norm_layer=functools.partial(torch.nn.LayerNorm, eps=1.0E-12))", report.constructor());
		final Path again = folder.resolve("again.safetensors");
		CheckpointImport.run(exported, again, TWO_HEADS, Progress.NONE);
		assertSameTensors(exported, again, 0);
		assertThrows(IllegalArgumentException.class, () -> CheckpointExport.run(model, exported, Target.MAE, Progress.NONE));
	}

	/** Names and shapes of ViT-B as MAE's and timm's own classes have them. */
	@Test
	void aMaskedAutoencoderHasMaesAndTimmsNamesAndShapes() throws IOException {
		final Path model = folder.resolve("model.safetensors");
		try (Weights weights = Weights.initialise(MaskedAutoencoder.Variant.BASE.forSize(224), 1, Device.cpu())) {
			ModelFile.write(model, weights, "of a test");
		}
		final Path mae = folder.resolve("mae.safetensors");
		final Path timm = folder.resolve("timm.safetensors");
		CheckpointExport.run(model, mae, Target.MAE, Progress.NONE);
		final ExportReport report = CheckpointExport.run(model, timm, Target.TIMM, Progress.NONE);
		assertListed("mae", "model/", mae);
		assertListed("timm-headless", "", timm);
		assertEquals(254 - 150, report.omitted().size());
	}

	private static void assertListed(final String list, final String prefix, final Path file) throws IOException {
		try (SafetensorsFile exported = SafetensorsFile.open(file)) {
			final ListedCheckpoint peer = ListedCheckpoint.of(list);
			assertEquals(peer.names().size(), exported.names().size());
			for (final String name : exported.names()) {
				final TensorInfo listed = peer.info(prefix + name);
				assertEquals(listed.shape(), exported.info(name).shape(), name);
			}
		}
	}

	@Test
	void whatIsNoVisionTransformerIsNotExported() throws IOException {
		final Path model = folder.resolve("model.safetensors");
		try (Weights weights = Weights.initialise(Unext.SMALL, 1, Device.cpu())) {
			ModelFile.write(model, weights, "of a test");
		}
		final String message = assertThrows(IllegalArgumentException.class, () -> CheckpointExport.run(model, folder
			.resolve("x"), Target.TIMM, Progress.NONE)).getMessage();
		assertTrue(message.contains("holds a model of kind unext"), message);
	}

	private static void assertSameTensors(final Path expected, final Path actual, final double tolerance)
		throws IOException
	{
		try (SafetensorsFile truth = SafetensorsFile.open(expected); SafetensorsFile found = SafetensorsFile.open(actual)) {
			assertEquals(Set.copyOf(truth.names()), Set.copyOf(found.names()));
			for (final String name : truth.names()) {
				assertEquals(truth.info(name), found.info(name));
				assertArrayEquals(truth.floats(name), found.floats(name), (float) (4 * tolerance), name);
			}
		}
	}

	private static Path resource(final String name) {
		try {
			return Path.of(CheckpointImportTest.class.getResource("/checkpoints/" + name).toURI());
		}
		catch (final URISyntaxException e) {
			throw new IllegalStateException(e);
		}
	}
}
