package sc.fiji.vasomim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import ai.djl.Device;

import sc.fiji.vasomim.model.ModelFile;
import sc.fiji.vasomim.model.VisionTransformer;
import sc.fiji.vasomim.model.VitOptions;
import sc.fiji.vasomim.model.VitUNet;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.setup.TinyNatives;
import sc.fiji.vasomim.torch.PytorchBuild;

/** Each sub-command from words to files, in a folder that the words are relative to. */
class CommandsInShellTest {

	@TempDir
	private Path folder;

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	/** The README's way, on three synthetic angiograms of 96 px: each command works on what the one before it left. */
	@Test
	void fromNothingToAReconstruction() throws IOException {
		assertEquals(3, run(0, "synthetic-angiogram --width 96 --height 96 --stenoses 0 --count 3 --output @/data").get(
			"done").getAsInt());
		assertDone(3, run(0, "frangi-vessel-filter --input @/data/images --output @/vesselness --sigmas 1,2"));
		assertTrue(Files.isRegularFile(folder.resolve("vesselness/synthetic-2.tif")));
		assertDone(3, run(0, "extract-vascular-anatomy --input @/data/images --output @/masks --preset VasoMIM"));

		final JsonObject segmentor = run(0, "train-segmentor --images @/data/images --masks @/masks --output @/segmentor " +
			"--size 64 --epochs 2 --batch 3 --device cpu");
		assertEquals(2, segmentor.get("steps").getAsInt());
		assertTrue(segmentor.getAsJsonObject("losses").get("train_loss").getAsDouble() > 0);
		assertTrue(err().contains("100 %"), err());
		assertDone(1, run(0, "preview-co-guidance-mask --input @/data/images/synthetic-1.png --output @/figures " +
			"--segmentor @/segmentor/model.safetensors --size 64 --device cpu"));

		final JsonObject pretraining = run(0, "pre-train-vasomim --images @/data/images --masks @/masks --output @/run " +
			"--segmentor @/segmentor/model.safetensors --network tiny --size 64 --epochs 2 --warmup 1 --batch 3 --device cpu");
		assertEquals(2, pretraining.get("epochs").getAsInt());
		assertDone(3, run(0, "reconstruct-masked-angiogram --input @/data/images --output @/reconstructions " +
			"--model @/run/model.safetensors --device cpu"));
		assertTrue(Files.isRegularFile(folder.resolve("reconstructions/synthetic-3.png")));

		final JsonObject exported = run(0, "export-checkpoint --model @/run/model.safetensors --output @/timm");
		final JsonObject imported = run(0, "import-checkpoint --checkpoint @/timm/model-timm.safetensors --output @/back");
		assertEquals(exported.get("tensors").getAsInt(), imported.getAsJsonArray("used").size());
		assertEquals("timm", imported.get("layout").getAsString());
		assertTrue(Files.isRegularFile(folder.resolve("back/model-timm-import.json")));
	}

	/** Its network has the relative positions of the start, for the other size. */
	@Test
	void anImportedEncoderOfOtherKindStartsFineTuning() throws IOException {
		run(0, "synthetic-angiogram --width 64 --height 64 --stenoses 0 --count 2 --output @/data");
		final VisionTransformer encoder = new VisionTransformer(64, 16, 192, 12, 3, 768, true, false, new VitOptions(
			VitOptions.Positions.RELATIVE, 0, 1e-6));
		try (Weights weights = Weights.initialise(encoder, 1, Device.cpu())) {
			ModelFile.write(folder.resolve("start.safetensors"), weights, "of a test");
		}
		assertEquals(0, execute("fine-tune-segmentation", "--images", folder + "/data/images", "--labels", folder +
			"/data/masks", "--output", folder + "/tuned", "--network", "vit tiny", "--start", folder + "/start.safetensors",
			"--size", "32", "--epochs", "1", "--batch", "2", "--device", "cpu"), err());
		final VitUNet network = (VitUNet) ModelFile.readNetwork("model", folder.resolve("tuned/seed-0/model.safetensors"),
			VitUNet.class);
		assertEquals(encoder.options(), network.encoder().options());
		assertEquals(32, network.size());
	}

	/** Masks against themselves score 1; the line is what scripts read. */
	@Test
	void scoresAreOneLine() throws IOException {
		run(0, "synthetic-angiogram --width 64 --height 64 --stenoses 0 --count 2 --output @/data");
		run(0, "extract-vascular-anatomy --input @/data/images --output @/masks");
		final JsonObject line = run(0,
			"evaluate-segmentation --images @/data/images --truth @/masks --predictions @/masks --output @/scores");
		assertEquals("success", line.get("status").getAsString());
		assertEquals(2, line.get("images").getAsInt());
		final JsonObject vessel = line.getAsJsonArray("summary").get(0).getAsJsonObject();
		assertEquals("vessel", vessel.get("name").getAsString());
		assertEquals(1, vessel.getAsJsonObject("mean").get("dice").getAsDouble());
		assertEquals(0, vessel.getAsJsonObject("std").get("clDice").getAsDouble());
		assertEquals(3, Files.readAllLines(folder.resolve("scores/scores.csv")).size());
	}

	@Test
	void aSecondRunSkipsWhatIsDoneAndABadFileIsCodeThree() throws IOException {
		run(0, "synthetic-angiogram --width 64 --height 64 --stenoses 0 --count 2 --output @/data");
		Files.writeString(folder.resolve("data/images/broken.png"), "no image");
		final String words = "extract-vascular-anatomy --input @/data/images --output @/masks";
		final JsonObject first = run(3, words);
		assertEquals("partial", first.get("status").getAsString());
		assertEquals(2, first.get("done").getAsInt());
		assertEquals("broken.png", first.getAsJsonArray("failures").get(0).getAsJsonObject().get("input").getAsString());
		final JsonObject second = run(3, words);
		assertEquals(0, second.get("done").getAsInt());
		assertEquals(2, second.get("skipped").getAsInt());
		assertEquals(2, run(3, words + " --preset VasoMIM").get("done").getAsInt());
		Files.delete(folder.resolve("data/images/broken.png"));
		assertEquals(2, run(0, words + " --preset VasoMIM").get("skipped").getAsInt());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { //
		"frangi-vessel-filter --input @/none --output @/out | 2 | input: ",
		"extract-vascular-anatomy --input @/file --output @/out | 3 | ",
		"extract-vascular-anatomy --input @/file --output @/file | 2 | output: ",
		"frangi-vessel-filter --input @/file --output @/out --beta -1 | 2 | --beta",
		"frangi-vessel-filter --input @/file --output @/out --sigmas x | 2 | sigmas: ",
		"prepare-data-set --input @/none --output @/out | 2 | input: ",
		"prepare-data-set --input @/file --output @/out --set a/b | 2 | set: ",
		"train-segmentor --images @/none --masks @/none --output @/out | 2 | images: ",
		"preview-co-guidance-mask --input @/file --output @/out --segmentor @/none | 2 | segmentor: ",
		"pre-train-vasomim --images @/none --masks @/none --segmentor @/none --output @/out --epochs 50 | 2 | segmentor: ",
		"reconstruct-masked-angiogram --input @/file --output @/out --model @/file | 1 | Cannot read ",
		"evaluate-segmentation --images @/none --truth @/none --output @/out | 2 | images: ",
		"evaluate-segmentation --images @/none --truth @/none --predictions @/none --output @/out | 2 | images: ",
		"evaluate-segmentation --images @/none --truth @/none --model @/file --output @/out | 1 | Cannot read ",
		"segment-vessels --input @/file --output @/out --model @/file | 1 | Cannot read ",
		"quantify-stenosis --input @/file --output @/out --line 1,2 | 2 | line: ",
		"quantify-stenosis --input @/file --masks @/none --output @/out | 2 | masks: ",
		"fine-tune-detection --images @/none --boxes @/none --output @/out | 2 | images: ",
		"detect-stenosis --input @/file --model @/none --output @/out | 2 | model: ",
		"evaluate-detection --images @/none --boxes @/none --model @/file --output @/out | 1 | Cannot read ",
		"evaluate-detection --images @/none --boxes @/none --output @/out | 2 | model: give either predictions or a model",
		"evaluate-detection --images @/none --boxes @/none --predictions @/none --output @/out | 2 | images: ",
		"synthetic-angiogram --output @/file | 2 | output: ", "demo --output @/file | 2 | output: ",
		"import-checkpoint --checkpoint @/none --output @/out | 2 | checkpoint: ",
		"import-checkpoint --checkpoint @/file --output @/out | 1 | Cannot read ",
		"export-checkpoint --model @/none --output @/out | 2 | model: ",
		"engine-setup --folder @/none | 2 | folder: ", "engine-setup --folder @ --build gpu | 2 | --build",
		"export-checkpoint --model @/file --output @/out | 1 | Cannot read ",
		"demo --output @/out --device tpu | 2 | device: ", "demo | 2 | --output" })
	void theCodeTellsBadUsageFromFailure(final String words, final int code, final String message) throws IOException {
		Files.writeString(folder.resolve("file"), "neither image nor model");
		final JsonObject line = run(code, words);
		if (message != null) assertTrue(line.get("message").getAsString().contains(message), line.toString());
		if (code < 3) assertFalse(Files.exists(folder.resolve("out")), "left in the output");
	}

	@ParameterizedTest
	@ValueSource(strings = { "frangi-vessel-filter", "extract-vascular-anatomy", "prepare-data-set",
		"train-segmentor", "preview-co-guidance-mask", "pre-train-vasomim", "reconstruct-masked-angiogram",
		"segment-vessels", "evaluate-segmentation", "synthetic-angiogram", "demo", "import-checkpoint",
		"export-checkpoint", "quantify-stenosis", "fine-tune-detection", "detect-stenosis",
		"evaluate-detection" })
	void eachCommandShowsItsHelp(final String command) {
		assertEquals(0, execute(command, "--help"));
		final String help = out.toString(StandardCharsets.UTF_8);
		assertTrue(help.startsWith("Usage: vasomim " + command), help);
		assertTrue(help.contains("--output=<folder>"), help);
	}

	@Test
	void theEngineIsReportedInOneLine() {
		assertEquals("2.7.1", run(0, "engine-report").get("pytorch").getAsString());
	}

	@Test
	void theEngineIsNotSetUpWithoutConsent() throws IOException {
		TinyNatives.write(folder.resolve("natives"), PytorchBuild.CPU);
		final JsonObject line = run(0, "engine-setup --folder @/natives");
		assertEquals("not installed", line.get("state").getAsString());
		assertEquals(2, line.getAsJsonArray("files").size());
	}

	private static void assertDone(final int files, final JsonObject line) {
		assertEquals("success", line.get("status").getAsString());
		assertEquals(files, line.get("done").getAsInt());
		assertEquals(0, line.get("failed").getAsInt());
	}

	/** @param words separated by spaces; {@code @} stands for the test's folder. @return the one line on stdout */
	private JsonObject run(final int code, final String words) {
		assertEquals(code, execute(words.replace("@", folder.toString()).split(" ")), words + "\n" + err());
		final String line = out.toString(StandardCharsets.UTF_8).strip();
		assertEquals(1, line.lines().count(), line);
		return JsonParser.parseString(line).getAsJsonObject();
	}

	private int execute(final String... words) {
		out.reset();
		err.reset();
		final PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
		final ShellTasks tasks = new ShellTasks(new ProgressLine(errors, false, System::nanoTime));
		return new Shell("Plugins>VasoMIM", tasks, new PrintStream(out, true, StandardCharsets.UTF_8), errors).execute(
			words);
	}

	private String err() {
		return err.toString(StandardCharsets.UTF_8);
	}
}
