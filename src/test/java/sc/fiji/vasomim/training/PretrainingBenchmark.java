package sc.fiji.vasomim.training;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import ai.djl.Device;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.dataset.PixelCache;
import sc.fiji.vasomim.dataset.XaLayout;
import sc.fiji.vasomim.files.IntensityRule;
import sc.fiji.vasomim.guidance.MaskingSettings;
import sc.fiji.vasomim.model.MaskedAutoencoder;
import sc.fiji.vasomim.model.Unext;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Devices;
import sc.fiji.vasomim.torch.Precision;
import sc.fiji.vasomim.training.BatchLoader.Slice;
import sc.fiji.vasomim.training.TrainingState.Optimisation;

/**
 * Whole steps of pre-training, loader and optimiser included, one for each line on the standard input; answers with a
 * line of wall and CPU milliseconds. A line {@code load N} times the loader alone, over N batches; {@code rss} answers
 * with the resident megabytes.
 */
final class PretrainingBenchmark {

	private static final int EPOCHS = 1_000_000;

	private PretrainingBenchmark() {}

	/** Arguments: root of XA-170K's layout, network variant, image side, batch, device, precision. */
	public static void main(final String[] args) throws IOException {
		final PretrainingSettings settings = new PretrainingSettings(MaskedAutoencoder.Variant.valueOf(args[1].toUpperCase())
			.forSize(Integer.parseInt(args[2])), EPOCHS, 1, Integer.parseInt(args[3]), 1.5e-4, 0.05, 0, MaskingSettings.VASOMIM,
			1, 0.2, 1, 0, 1, 0, 0, args[4], args[5]);
		final List<Device> devices = Devices.parseAll(settings.device());
		final Precision precision = Precision.parse(settings.precision(), devices.get(0));
		final Path cache = Files.createTempFile("benchmark", ".pixels");
		try (PixelCache data = PixelCache.open(cache, XaLayout.pairs(Path.of(args[0])), new IntensityRule(
			IntensityRule.Polarity.DARK), Progress.NONE, word -> {});
				Weights segmentor = Weights.initialise(Unext.SMALL, 1, devices.get(0));
				TrainingState state = new TrainingState(settings.network(), () -> Weights.initialise(settings.network(), 0, devices
					.get(0)), devices.get(0), new Optimisation(0.9, 0.95, 0.05), List.of("a", "b", "c", "d"), Optional.empty()))
		{
			final BatchLoader loader = new BatchLoader(data, settings.batch(), settings.minscale(), 0);
			try (PretrainingPass pass = new PretrainingPass(settings, precision, loader, segmentor);
					Replicas replicas = new Replicas(state, devices, settings.batch(), 0, pass, word -> {}))
			{
				answer(loader, new PretrainingJob(new Pretrainer.Run("benchmark", settings, precision.toString(), "", data.size(),
					"", Map.of()), loader, state, replicas, TrainingMonitor.NONE), settings.batch());
			}
		}
		finally {
			Files.delete(cache);
		}
	}

	private static void answer(final BatchLoader loader, final PretrainingJob job, final int batch) throws IOException {
		final BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
		System.out.println("ready");
		int step = 0;
		for (String line = in.readLine(); line != null; line = in.readLine()) {
			final long wall = System.nanoTime();
			final long cpu = cpu();
			if (line.equals("rss")) {
				System.out.println(rss());
				continue;
			}
			if (line.startsWith("load ")) {
				for (int i = 0; i < Integer.parseInt(line.substring(5)); i++)
					loader.read(new Slice(i / job.stepsPerEpoch(), i % job.stepsPerEpoch(), 0, batch));
			}
			else {
				job.gradients(step / job.stepsPerEpoch(), step % job.stepsPerEpoch());
				job.update(step / job.stepsPerEpoch(), step % job.stepsPerEpoch());
				// Waits for the device, as one look in ten does in a run.
				job.losses(1);
				step++;
			}
			System.out.println((System.nanoTime() - wall) / 1e6 + " " + (cpu() - cpu) / 1e6);
		}
	}

	/** Of all threads of this process. */
	private static long cpu() {
		return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
	}

	private static double rss() throws IOException {
		return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith("VmRSS")).mapToDouble(
			line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024).findFirst().orElseThrow();
	}
}
