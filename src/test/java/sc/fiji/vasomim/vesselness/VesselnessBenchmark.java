package sc.fiji.vasomim.vesselness;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.parallel.TaskExecutor;
import net.imglib2.parallel.TaskExecutors;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import sc.fiji.vasomim.anatomy.VascularMask;
import sc.fiji.vasomim.anatomy.VascularMaskSettings;

/**
 * Run by scripts/benchmark, which times other programs on the same cases. The heap is touched before. Beside the wall time
 * it counts the CPU time of the calling thread, which other load on the machine hardly changes.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = { "-Xms3g", "-Xmx3g", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC" })
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 4, time = 2)
public class VesselnessBenchmark {

	@Param({ "512x512x1", "1024x1024x1", "4096x4096x1", "512x512x60" })
	public String size;

	@Param({ "4", "8" })
	public int largestSigma;

	@Param({ "1", "2" })
	public int threads;

	private Img<FloatType> image, output;

	private TaskExecutor executor;

	private VesselnessSettings frangi;

	@Setup
	public void setUp() {
		final String[] extents = size.split("x");
		final int width = Integer.parseInt(extents[0]), height = Integer.parseInt(extents[1]);
		final int frames = Integer.parseInt(extents[2]);
		image = ArrayImgs.floats(width, height, frames);
		output = ArrayImgs.floats(width, height, frames);
		final Random random = new Random(1);
		image.forEach(pixel -> pixel.set(random.nextInt(256)));
		executor = threads == 1 ? TaskExecutors.singleThreaded() : TaskExecutors.fixedThreadPool(threads);
		frangi = VesselnessSettings.FRANGI_1998.withC(15).withSigmas(VesselnessSettings.linearSigmas(1, largestSigma,
			largestSigma));
	}

	@TearDown
	public void tearDown() {
		executor.close();
	}

	@Benchmark
	public void frangi(final Cpu cpu) {
		cpu.time(() -> Vesselness.compute(image, output, frangi, executor));
	}

	@Benchmark
	public void frangiAutomaticC(final Cpu cpu) {
		cpu.time(() -> Vesselness.compute(image, output, frangi.withCPercentile(99.5), executor));
	}

	@Benchmark
	public void sato(final Cpu cpu) {
		cpu.time(() -> Vesselness.compute(image, output, frangi.withFilter(VesselnessFilter.SATO), executor));
	}

	/** The published mask of one plane, from pixels to pixels. */
	@Benchmark
	public void publishedMask(final Cpu cpu) {
		cpu.time(() -> VascularMask.compute(Views.hyperSlice(image, 2, 0), VascularMaskSettings.VASOMIM));
	}

	/** JMH sums both over an iteration. */
	@State(Scope.Thread)
	@AuxCounters(AuxCounters.Type.EVENTS)
	public static class Cpu {

		public double milliseconds;

		public long calls;

		void time(final Runnable work) {
			final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
			final long start = threads.getCurrentThreadCpuTime();
			work.run();
			milliseconds += (threads.getCurrentThreadCpuTime() - start) / 1e6;
			calls++;
		}
	}
}
