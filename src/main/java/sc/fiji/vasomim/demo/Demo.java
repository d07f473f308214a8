package sc.fiji.vasomim.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import ai.djl.Device;

import sc.fiji.vasomim.batch.PartProgress;
import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.dataset.PixelCache;
import sc.fiji.vasomim.demo.DemoFrames.Frame;
import sc.fiji.vasomim.figure.CoGuidanceFigures;
import sc.fiji.vasomim.files.IntensityRule;
import sc.fiji.vasomim.files.Json;
import sc.fiji.vasomim.guidance.CoGuidance;
import sc.fiji.vasomim.guidance.Hiding;
import sc.fiji.vasomim.guidance.MaskingSettings;
import sc.fiji.vasomim.guidance.PatchMask;
import sc.fiji.vasomim.guidance.Reconstructions;
import sc.fiji.vasomim.guidance.VesselMapper;
import sc.fiji.vasomim.inference.PatchStatistics;
import sc.fiji.vasomim.inference.Reconstruction;
import sc.fiji.vasomim.inference.ReconstructionScores;
import sc.fiji.vasomim.model.MaskedAutoencoder;
import sc.fiji.vasomim.model.ModelFile;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.training.HeldOutLoss;
import sc.fiji.vasomim.training.Pretrainer;
import sc.fiji.vasomim.training.PretrainingSettings;
import sc.fiji.vasomim.training.SegmentorSettings;
import sc.fiji.vasomim.training.SegmentorTrainer;
import sc.fiji.vasomim.training.TrainingResult;

/**
 * The whole path on eight real frames and a synthetic one, in minutes on two cores: vesselness, vascular masks, a short
 * segmentor training, co-guidance masks, a short ViT-tiny pre-training, reconstruction; as pictures on one page.
 */
public final class Demo {

	/** How much is learnt. */
	record Effort(SegmentorSettings segmentor, PretrainingSettings pretraining) {

		/** Minutes on two cores. */
		static Effort minutes(final long seed, final String device) {
			// Six real frames and the synthetic one are one batch: a step is an epoch.
			final SegmentorSettings segmentor = new SegmentorSettings(224, 100, 7, 2e-3, 0.2, SAVE_EVERY, seed, device, "auto");
			// A small input, so that some minutes are many steps: the network needs hundreds to look beyond a patch's mean.
			return new Effort(segmentor, new PretrainingSettings(MaskedAutoencoder.Variant.TINY.forSize(128), 1000, 40, 7, 0.0366,
				0.05, 0, MaskingSettings.VASOMIM, 1, 0.3, 1, 0, SAVE_EVERY, 0, seed, device, "auto"));
		}
	}

	private static final IntensityRule GREY = new IntensityRule(IntensityRule.Polarity.DARK);

	private static final int SAVE_EVERY = 100;

	/** What tells a demo's folder: how much is learnt in it. */
	private static final String MARK = "demo.json";

	private final Path output;

	private final SegmentorSettings segmentorSettings;

	private final PretrainingSettings pretrainingSettings;

	private final Consumer<String> log;

	private Demo(final Path output, final Effort effort, final Consumer<String> log) {
		this.output = output;
		this.log = log;
		segmentorSettings = effort.segmentor;
		pretrainingSettings = effort.pretraining;
	}

	/**
	 * @param output folder that receives {@code index.html}, the pictures, the data set and both run folders; new, empty,
	 *          or that of an interrupted demo, which goes on
	 * @param log where words for the user go
	 * @throws CancellationException after a stop was asked for; the training run is saved
	 */
	public static DemoResult run(final Path output, final long seed, final String device, final Progress progress,
		final Consumer<String> log) throws IOException
	{
		return run(output, Effort.minutes(seed, device), progress, log);
	}

	static DemoResult run(final Path output, final Effort effort, final Progress progress, final Consumer<String> log)
		throws IOException
	{
		if (Files.isRegularFile(output)) throw new IllegalArgumentException("output: must be a folder, but " + output +
			" is a file");
		requireOwn(output);
		// Before anything is written: a device that is not there leaves nothing behind.
		Devices.parse(effort.pretraining.device());
		Json.write(output.resolve(MARK), effort);
		return new Demo(output, effort, log).run(progress);
	}

	/** A folder of angiograms may hold {@code data/train/images} and {@code index.html} too. */
	private static void requireOwn(final Path output) throws IOException {
		if (!Files.isDirectory(output) || Files.exists(output.resolve(MARK))) return;
		try (Stream<Path> files = Files.list(output)) {
			if (files.findAny().isPresent()) throw new IllegalArgumentException("output: " + output +
				" holds files, but no demo. Choose a new or empty folder.");
		}
	}

	private DemoResult run(final Progress progress) throws IOException {
		final long start = System.nanoTime();
		progress.report(0, 1000, "vesselness and vascular masks");
		final DemoFrames frames = DemoFrames.write(output.resolve("data"), pretrainingSettings.seed());
		final DemoPage page = new DemoPage(output);
		page.anatomy(frames.all());
		final Path segmentor = output.resolve("segmentor");
		final Path pretraining = output.resolve("pretraining");
		final TrainingResult segmented;
		final TrainingResult pretrained;
		try (PixelCache data = PixelCache.open(frames.cache(false), frames.pairs(false), GREY, Progress.NONE, log)) {
			segmented = SegmentorTrainer.train(segmentorSettings, data, segmentor, new PartProgress(progress, 20, 130,
				"segmentor"), log);
			pretrained = Pretrainer.train(pretrainingSettings, data, SegmentorTrainer.model(segmentor), pretraining,
				new PartProgress(progress, 130, 980, "pre-training"), log);
		}
		progress.report(980, 1000, "pictures");
		guidance(frames, page, SegmentorTrainer.model(segmentor));
		page.curves(segmentor, pretraining);
		final DemoResult result = heldOut(frames, page, pretraining, segmented, pretrained, start);
		page.write(result);
		progress.report(1000, 1000, "done: open " + DemoPage.FILE);
		return result;
	}

	private void guidance(final DemoFrames frames, final DemoPage page, final Path segmentor) throws IOException {
		final Device device = Devices.parse(segmentorSettings.device());
		final int epochs = pretrainingSettings.epochs();
		final CoGuidanceFigures.Settings settings = new CoGuidanceFigures.Settings((epochs + 1) / 2, epochs,
			pretrainingSettings.masking(), segmentorSettings.size(), pretrainingSettings.network().patch(),
			pretrainingSettings.seed());
		try (VesselMapper mapper = VesselMapper.withSegmentor(settings.size(), device, segmentor);
				CoGuidance guidance = new CoGuidance(settings.patch(), device))
		{
			page.guidance(frames.heldOut(), frame -> guidance.guide(mapper.map(frame.image(), frame.mask()), settings
				.masking()),
				new CoGuidanceFigures(settings, guidance), settings.size(), pretrainingSettings.network().size());
		}
	}

	private DemoResult heldOut(final DemoFrames frames, final DemoPage page, final Path pretraining,
		final TrainingResult segmented, final TrainingResult pretrained, final long start) throws IOException
	{
		final List<PatchMask> masks = new ArrayList<>();
		final List<Reconstruction> reconstructions = new ArrayList<>();
		try (Reconstructions network = new Reconstructions(new Reconstructions.Settings(new Hiding.Random(
			pretrainingSettings.masking().schedule().maskRatio(), pretrainingSettings.seed()), Reconstructions.Size.NETWORK,
			PatchStatistics.ORIGINAL), Pretrainer.model(pretraining), null, pretrainingSettings.device()))
		{
			for (int i = 0; i < frames.heldOut().size(); i++) {
				final Frame frame = frames.heldOut().get(i);
				masks.add(network.hide(frame.image(), frame::mask, i));
				reconstructions.add(network.reconstruct(frame.image(), masks.get(i)));
			}
		}
		try (PixelCache images = PixelCache.open(frames.cache(true), frames.pairs(true), GREY, Progress.NONE, log);
				Weights before = Weights.initialise(pretrainingSettings.network(), pretrainingSettings.seed(), Devices.parse(
					pretrainingSettings.device()));
				Weights after = ModelFile.read("model", Pretrainer.model(pretraining), MaskedAutoencoder.class, before
					.device()))
		{
			final HeldOutLoss first = HeldOutLoss.of(pretrainingSettings, before, images, masks);
			final HeldOutLoss last = HeldOutLoss.of(pretrainingSettings, after, images, masks);
			page.reconstruction(reconstructions);
			final List<ReconstructionScores> scores = reconstructions.stream().map(ReconstructionScores::of).toList();
			return new DemoResult(frames.all().size(), frames.all().size() - frames.heldOut().size(), first.reconstruction(),
				last.reconstruction(), last.constant(), mean(scores, ReconstructionScores::psnr), mean(scores,
					ReconstructionScores::psnrBilinear), segmented.losses().get("train_loss"), pretrained.steps(), (System
						.nanoTime() - start) / 1e9, DemoPage.FILE);
		}
	}

	private static double mean(final List<ReconstructionScores> scores,
		final ToDoubleFunction<ReconstructionScores> value)
	{
		return scores.stream().mapToDouble(value).average().orElseThrow();
	}
}
