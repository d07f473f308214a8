package sc.fiji.vasomim.training;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import com.google.gson.Gson;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.dataset.PixelCache;
import sc.fiji.vasomim.dataset.TinyAngiograms;
import sc.fiji.vasomim.guidance.MaskNoise;
import sc.fiji.vasomim.model.MaskedAutoencoder;
import sc.fiji.vasomim.model.ModelFile;
import sc.fiji.vasomim.model.Unext;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.sample.RealSample;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Script;
import sc.fiji.vasomim.torch.TensorFile;
import sc.fiji.vasomim.training.BatchLoader.Batch;

/**
 * Pre-training without guidance and consistency, which is a plain masked autoencoder's; and all that Python needs to
 * repeat it: initial weights, the crops and visible patches of each step. Four of five images are an epoch of one step,
 * so the log holds every step's loss.
 */
final class LossCurve {

	private static final Gson GSON = new Gson();

	private final PretrainingSettings settings;

	private final Path folder;

	private LossCurve(final MaskedAutoencoder network, final int steps, final double baseRate, final Path folder)
		throws IOException
	{
		this.settings = new PretrainingSettings(network, steps, steps / 5, 4, baseRate, 0.05, 0,
			PretrainingPreset.MAE.masking(), 0, 0.2, 1, 0, steps, 0, 3, "cpu", "float32");
		this.folder = folder;
		try (Weights unused = Weights.initialise(new Unext(5, 5, 5, 5, 5), 1, Device.cpu())) {
			ModelFile.write(segmentor(), unused, Map.of());
		}
	}

	/** A hundred steps. */
	static LossCurve tiny(final double baseRate, final Path folder) throws IOException {
		TinyAngiograms.write(folder, 5, 48);
		return new LossCurve(new MaskedAutoencoder(32, 8, 48, 2, 3, 32, 1, 2), 100, baseRate, folder);
	}

	/** Ten steps of ViT-B/16 on packaged frames. */
	private static LossCurve base(final Path folder) throws IOException {
		Files.createDirectories(folder.resolve("images"));
		Files.createDirectories(folder.resolve("masks"));
		for (final RealSample sample : RealSample.all().subList(0, 5))
			try (InputStream image = sample.openImage(); InputStream mask = sample.openMask()) {
				Files.copy(image, folder.resolve("images/" + sample.name() + ".jpg"));
				Files.copy(mask, folder.resolve("masks/" + sample.name() + ".png"));
			}
		return new LossCurve(MaskedAutoencoder.Variant.BASE.forSize(224), 10, 0.02, folder);
	}

	/** Arguments: curve or tiny-curve; a new folder, for curve.safetensors. */
	public static void main(final String[] args) throws IOException {
		final Path folder = Path.of(args[1]);
		final LossCurve curve = args[0].equals("curve") ? base(folder) : tiny(0.1, folder);
		curve.export(args[0], curve.train());
	}

	private Path segmentor() {
		return folder.resolve("segmentor.safetensors");
	}

	/** The loss of each step. */
	double[] train() throws IOException {
		final Path run = folder.resolve("run");
		try (PixelCache data = TinyAngiograms.open(folder)) {
			Pretrainer.train(settings, data, segmentor(), run, Progress.NONE, warning -> {});
		}
		return TrainingLog.read(run).column("train_loss");
	}

	private void export(final String name, final double[] losses) throws IOException {
		final MaskedAutoencoder n = settings.network();
		final Map<String, String> facts = Map.of("name", GSON.toJson(name), "sizes", GSON.toJson(new int[] { n.size(), n
			.patch(), n.width(), n.depth(), n.heads(), n.decoderWidth(), n.decoderDepth(), n.decoderHeads() }), "peak", GSON
				.toJson(settings.peakRate()), "warmup", GSON.toJson(settings.warmup()), "decay", GSON.toJson(settings.decay()));
		try (NDManager scope = Devices.newManager(Device.cpu());
				Weights weights = Weights.initialise(n, settings.seed(), Device.cpu()))
		{
			final Map<String, NDArray> tensors = new LinkedHashMap<>(weights.all());
			tensors.putAll(inputs(scope));
			tensors.put("losses", scope.create(losses).toType(DataType.FLOAT32, false));
			TensorFile.write(folder.resolve("curve.safetensors"), facts, tensors);
		}
	}

	/** What the trainer feeds its network, step by step. */
	private Map<String, NDArray> inputs(final NDManager scope) throws IOException {
		final int patches = settings.network().patches();
		final NDList crops = new NDList();
		final NDList visible = new NDList();
		try (PixelCache data = TinyAngiograms.open(folder);
				Script cropping = Script.load("image", "Cropping", Map.of("size", settings.network().size()), Device.cpu());
				Script masking = Script.load("masking", "Guidance", Map.of("patch", settings.network().patch()), Device
					.cpu()))
		{
			final BatchLoader loader = new BatchLoader(data, settings.batch(), settings.minscale(), settings.seed());
			for (int epoch = 0; epoch < settings.epochs(); epoch++) {
				final Batch batch = loader.load(scope, epoch, 0);
				crops.add(cropping.call(scope, "image", batch.image(), batch.box(), batch.flip()).get(0));
				final NDArray noise = MaskNoise.draw(scope, settings.seed(), epoch, batch.indices(), patches);
				visible.add(masking.call(scope, "sample", noise.get(0).onesLike(), noise, settings.masking().schedule().hidden(patches), 0)
					.get(2));
			}
		}
		return Map.of("in.crops", NDArrays.stack(crops), "in.keep", NDArrays.stack(visible));
	}
}
