package sc.fiji.vasomim.command;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.scijava.command.CommandInfo;
import org.scijava.module.ModuleItem;
import org.scijava.util.Types;

import ai.djl.Device;
import ij.ImagePlus;
import ij.process.ImageProcessor;

import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;

import sc.fiji.vasomim.dataset.TinyAngiograms;
import sc.fiji.vasomim.files.ImageFile;
import sc.fiji.vasomim.files.SafetensorsFile;
import sc.fiji.vasomim.files.SafetensorsWriter;
import sc.fiji.vasomim.inference.Segmenter;
import sc.fiji.vasomim.model.FasterRcnn;
import sc.fiji.vasomim.model.MaskedAutoencoder;
import sc.fiji.vasomim.model.ModelFile;
import sc.fiji.vasomim.model.Network;
import sc.fiji.vasomim.model.UNet;
import sc.fiji.vasomim.model.Unext;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.setup.TinyNatives;
import sc.fiji.vasomim.torch.Precision;
import sc.fiji.vasomim.torch.PytorchBuild;

/** For every command, inputs that it takes and is quick with: three images, untrained models, tiny settings. */
final class SoundInputs {

	final Path folder;

	private final Map<String, Object> values = new HashMap<>();

	SoundInputs(final Path folder) {
		this.folder = folder;
		try {
			TinyAngiograms.write(folder, 3, 64);
			write(segmentor(), new Unext(5, 5, 5, 5, 5));
			write(vessels(), new UNet(List.of(4, 8), List.of("vessel"), 32));
			write(model(), new MaskedAutoencoder(32, 8, 16, 1, 2, 16, 1, 2));
			writeCheckpoint();
			writeSegmentation();
			write(detector(), FasterRcnn.Variant.TINY.forSize(64, List.of("stenosis")));
			writeBoxes();
			TinyNatives.write(natives(), PytorchBuild.CPU);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
		values.put("images", folder.resolve("images").toFile());
		values.put("masks", folder.resolve("masks").toFile());
		values.put("truth", folder.resolve("masks").toFile());
		values.put("labels", folder.resolve("masks").toFile());
		values.put("boxes", boxes().toFile());
		values.put("segmentor", segmentor().toFile());
		values.put("model", model().toFile());
		values.put("checkpoint", checkpoint().toFile());
		values.put("folder", natives().toFile());
		values.put("heads", 2);
		values.put("output", output().toFile());
		values.putAll(Map.of("network", "tiny", "size", 64, "epochs", 2, "warmup", 0, "batch", 1, "device",
			"cpu", "precision", "float32"));
		values.put("hidden", "guided");
		values.putAll(Map.of("width", 64, "height", 64, "stenoses", 0));
	}

	private static void write(final Path file, final Network network) throws IOException {
		try (Weights weights = Weights.initialise(network, 1, Device.cpu())) {
			ModelFile.write(file, weights, "of a test");
		}
	}

	/** The model's tensors, as another project's file has them. */
	private void writeCheckpoint() throws IOException {
		try (SafetensorsFile tensors = SafetensorsFile.open(model())) {
			SafetensorsWriter.write(checkpoint(), Map.of(), tensors.names().stream().map(name -> SafetensorsWriter.copy(tensors,
				name)).toList());
		}
	}

	/** An untrained network says the same of every px: its answer is moved so that about half are vessel. */
	private void writeSegmentation() throws IOException {
		final ImageProcessor image = ImageFile.read(folder.resolve("images/1.png")).getProcessor();
		try (Weights weights = Weights.initialise(new UNet(List.of(4, 8), List.of("vessel"), 32), 1, Device.cpu());
				Segmenter segmenter = new Segmenter(weights, Precision.FLOAT32))
		{
			final double mean = segmenter.segment(ArrayImgs.unsignedBytes((byte[]) image.getPixels(), image.getWidth(), image
				.getHeight()), true, () -> false).probabilities().get(0).stream().mapToDouble(FloatType::get).average()
				.orElseThrow();
			weights.all().get("head.bias").subi((float) Math.log(mean / (1 - mean)));
			ModelFile.write(segmentation(), weights, "of a test");
		}
	}

	/** One box an image, all of one size. */
	private void writeBoxes() throws IOException {
		final StringBuilder images = new StringBuilder(), boxes = new StringBuilder();
		for (int i = 0; i < 3; i++) {
			images.append(i == 0 ? "" : ",").append("{\"id\": ").append(i).append(", \"file_name\": \"").append(i).append(
				".png\", \"width\": ").append(64 + 4 * i).append(", \"height\": 64}");
			boxes.append(i == 0 ? "" : ",").append("{\"image_id\": ").append(i).append(
				", \"category_id\": 26, \"bbox\": [20, 16, 18, 24]}");
		}
		Files.writeString(boxes(), "{\"images\": [" + images + "], \"annotations\": [" + boxes +
			"], \"categories\": [{\"id\": 26, \"name\": \"stenosis\"}]}");
	}

	private Path checkpoint() {
		return folder.resolve("checkpoint.safetensors");
	}

	/** A copy of the host of PyTorch's libraries. */
	Path natives() {
		return folder.resolve("natives");
	}

	/** A detector that was not trained. */
	Path detector() {
		return folder.resolve("detector.safetensors");
	}

	/** COCO annotations. */
	Path boxes() {
		return folder.resolve("boxes.json");
	}

	Path segmentor() {
		return folder.resolve("segmentor.safetensors");
	}

	/** A segmentation network. */
	Path vessels() {
		return folder.resolve("vessels.safetensors");
	}

	Path model() {
		return folder.resolve("model.safetensors");
	}

	Path segmentation() {
		return folder.resolve("segmentation.safetensors");
	}

	Path output() {
		return folder.resolve("output");
	}

	/** For the keys that the command has; one key may have several types, as size: 64 px, or native. */
	Map<String, Object> of(final Class<? extends VasoMIMCommand> command) {
		final Map<String, Object> inputs = new LinkedHashMap<>();
		for (final ModuleItem<?> item : new CommandInfo(command).inputs()) {
			if (item.getType() == ImagePlus.class) inputs.put(item.getName(), TestImages.tree());
			else if (item.getName().equals("input") && item.getType() == File.class) inputs.put("input", values.get("images"));
			else if (item.getName().equals("model") && AbstractSegmentVessels.class.isAssignableFrom(command)) inputs.put(
				"model", segmentation().toFile());
			else if (Types.box(item.getType()).isInstance(values.get(item.getName()))) inputs.put(item.getName(), values.get(item.getName()));
		}
		if (AbstractDetectStenosis.class.isAssignableFrom(command) || command == EvaluateDetection.class) inputs.put("model",
			detector().toFile());
		if (command == EvaluateSegmentation.class) inputs.put("model", vessels().toFile());
		if (command == FineTuneSegmentation.class) inputs.put("network", "unet");
		return inputs;
	}

	Map<String, Object> of(final Class<? extends VasoMIMCommand> command, final String key, final Object value,
		final Object... more)
	{
		final Map<String, Object> inputs = of(command);
		inputs.put(key, value);
		for (int i = 0; i < more.length; i += 2)
			inputs.put((String) more[i], more[i + 1]);
		return inputs;
	}

	/** What lies below a folder: relative path to a hash of the content; empty if there is no such folder. */
	static Map<String, Integer> listing(final Path folder) {
		if (!Files.exists(folder)) return Map.of();
		final Map<String, Integer> listing = new TreeMap<>();
		try (Stream<Path> files = Files.walk(folder)) {
			for (final Path file : (Iterable<Path>) files::iterator)
				listing.put(folder.relativize(file).toString(), Files.isDirectory(file) ? 0 : Arrays.hashCode(Files
					.readAllBytes(file)));
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
		return listing;
	}
}
