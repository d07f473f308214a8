package sc.fiji.vasomim.training;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

import sc.fiji.vasomim.guidance.MaskNoise;
import sc.fiji.vasomim.guidance.MaskSchedule;
import sc.fiji.vasomim.model.Weights;
import sc.fiji.vasomim.torch.Precision;
import sc.fiji.vasomim.torch.Script;
import sc.fiji.vasomim.training.BatchLoader.Batch;
import sc.fiji.vasomim.training.BatchLoader.Slice;

/** VasoMIM's forward and backward pass over some images of a batch, on whichever device. Each replica has a thread. */
final class PretrainingPass implements Replica.Pass, AutoCloseable {

	private final PretrainingSettings settings;

	private final Precision precision;

	private final BatchLoader loader;

	private final Weights segmentor;

	private final Map<Replica, Tools> tools = new HashMap<>();

	/** @param segmentor of the first device, not closed; null if the settings need none */
	PretrainingPass(final PretrainingSettings settings, final Precision precision, final BatchLoader loader,
		final Weights segmentor)
	{
		this.settings = settings;
		this.precision = precision;
		this.loader = loader;
		this.segmentor = segmentor;
	}

	@Override
	public void add(final Replica replica, final NDManager scope, final Slice slice, final Slice next)
		throws IOException
	{
		final Tools own = tools(replica);
		final Batch batch = own.prefetch.take(slice, next).to(scope);
		final int patches = settings.network().patches();
		final MaskSchedule schedule = settings.masking().schedule();
		final NDArray noise = MaskNoise.draw(scope, settings.seed(), slice.epoch(), batch.indices(), patches);
		// A script that never looks is given something in place of a segmentor: an empty map has no type.
		final Map<String, NDArray> looking = own.segmentor == null ? replica.weights().all() : own.segmentor.all();
		own.script.call(scope, "gradients", replica.weights().all(), replica.gradients(), looking, batch.image(), batch
			.labels(), batch.box(), batch.flip(), noise, schedule.hidden(patches), schedule.guided(patches, slice.epoch(),
				settings.epochs()), slice.size() / (double) settings.batch(), replica.sums(), slice.iteration() + 1, replica
					.failed());
	}

	private synchronized Tools tools(final Replica replica) {
		return tools.computeIfAbsent(replica, r -> new Tools(r.weights().device()));
	}

	@Override
	public void close() {
		tools.values().forEach(Tools::close);
	}

	/** What a device needs of its own. */
	private final class Tools implements AutoCloseable {

		private final Script script;

		private final Weights segmentor;

		private final Prefetch prefetch;

		private Tools(final Device device) {
			script = Pretrainer.script(settings, precision, device);
			try {
				segmentor = PretrainingPass.this.segmentor == null ? null : PretrainingPass.this.segmentor.copy(device);
			}
			catch (final RuntimeException e) {
				script.close();
				throw e;
			}
			prefetch = new Prefetch(loader);
		}

		@Override
		public void close() {
			prefetch.close();
			if (segmentor != null) segmentor.close();
			script.close();
		}
	}
}
