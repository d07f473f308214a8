package sc.fiji.vasomim.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import sc.fiji.vasomim.torch.Devices;

/**
 * Gives a network the weights of a trained one: the encoder of a pre-trained autoencoder, an imported encoder, or all that
 * fits of a network of its kind with other classes or another size. Position tables and patch kernels of another size are
 * resized ({@link Resizing}). A network takes over the tokens and kind of positions of an imported encoder by
 * {@link EncoderNetwork#fittedTo}.
 */
public final class StartWeights {

	private static final String REMEDY = "Choose a file with the same encoder, or a network to suit.";

	/**
	 * What became of the tensors, by name.
	 *
	 * @param taken as they are
	 * @param resized for another size of image or patch, or completed by a class token's position
	 * @param drawn anew, because the file has none that fits
	 * @param ignored of the file, because the network has no such
	 */
	public record Report(List<String> taken, List<String> resized, List<String> drawn, List<String> ignored) {

		/** One line; names are cut to their first parts. */
		@Override
		public String toString() {
			return taken.size() + " tensors taken" + list(", resized: ", resized) + list(", drawn anew: ", drawn) + list(
				", ignored: ", ignored);
		}

		private static String list(final String title, final List<String> names) {
			return names.isEmpty() ? "" : title + names.stream().map(n -> n.split("\\.")[0]).distinct().collect(Collectors
				.joining(" "));
		}
	}

	private final Path file;

	private final EncoderNetwork network;

	/** The file's tensors by the network's names. */
	private final Map<String, ParameterSpec> source;

	private final Map<String, ParameterSpec> target;

	/**
	 * Reads no more than the file's header.
	 *
	 * @param file a model file
	 * @throws IllegalArgumentException if it is no model file, or its encoder is not the network's; the message says where
	 *           they differ
	 */
	public StartWeights(final Path file, final EncoderNetwork network) throws IOException {
		this.file = file;
		this.network = network;
		final Network trained = ModelFile.readNetwork("start", file, Network.class);
		source = byName(trained, network::named);
		target = byName(network, name -> name);
		final String between = "start: the encoder in " + file + ", of kind " + trained.architecture() +
			", is not that of the network, " + network.architecture() + ": ";
		final Set<String> names = new TreeSet<>(source.keySet());
		names.addAll(target.keySet());
		// A deeper encoder has all names of a shallower one, so the file's are looked at too.
		for (final String name : names)
			if (network.encodes(name) && !fits(name)) throw new IllegalArgumentException(between +
				name + " is " + shape(source, name) + ", but must be " + shape(target, name) + ". " + REMEDY);
		if (trained.heads() != network.heads()) throw new IllegalArgumentException(between + "it has " + trained.heads() +
			" attention heads, but must have " + network.heads() + ". " + REMEDY);
	}

	private static Map<String, ParameterSpec> byName(final Network network, final UnaryOperator<String> naming) {
		return network.parameters().stream().collect(Collectors.toMap(p -> naming.apply(p.name()), p -> p));
	}

	private static String shape(final Map<String, ParameterSpec> table, final String name) {
		return table.containsKey(name) ? table.get(name).shape().toString() : "absent";
	}

	private boolean fits(final String name) {
		if (!source.containsKey(name) || !target.containsKey(name)) return false;
		final Shape from = source.get(name).shape();
		final Shape to = target.get(name).shape();
		return from.equals(to) || Resizing.canFit(name, from, to);
	}

	/** @param weights of the network, changed in place */
	public Report giveTo(final Weights weights) throws IOException {
		final List<String> taken = new ArrayList<>();
		final List<String> resized = new ArrayList<>();
		final List<String> drawn = new ArrayList<>();
		try (Weights trained = ModelFile.read("start", file, Network.class, Device.cpu());
				NDManager scope = Devices.newManager(Device.cpu()))
		{
			weights.all().forEach((name, array) -> {
				if (!fits(name)) {
					drawn.add(name);
					return;
				}
				final ParameterSpec given = source.get(name);
				final boolean same = given.shape().equals(target.get(name).shape());
				(same ? taken : resized).add(name);
				final NDArray values = trained.all().get(given.name());
				(same ? values : scope.create(Resizing.fit(name, values.toFloatArray(), values.getShape(), array.getShape()),
					array.getShape())).copyTo(array);
			});
		}
		return new Report(taken, resized, drawn, source.keySet().stream().filter(name -> !target.containsKey(name)).map(
			name -> source.get(name).name()).sorted().toList());
	}
}
