package sc.fiji.vasomim.model;

import java.util.List;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import sc.fiji.vasomim.model.ParameterSpec.Role;

/** Rows of parameter tables that several networks share, with PyTorch's names and its own initialisation. */
final class Layers {

	private Layers() {}

	/** With bias. */
	static void conv(final List<ParameterSpec> table, final String name, final long in, final long out,
		final long kernel)
	{
		final Initialiser start = Initialiser.fanIn(in * kernel * kernel);
		table.add(ParameterSpec.trained(name + ".weight", start, out, in, kernel, kernel));
		table.add(ParameterSpec.trained(name + ".bias", start, out));
	}

	/** Transposed, with bias. PyTorch takes the second axis for the fan in, here the outputs. */
	static void transposedConv(final List<ParameterSpec> table, final String name, final long in, final long out,
		final long kernel)
	{
		final Initialiser start = Initialiser.fanIn(out * kernel * kernel);
		table.add(ParameterSpec.trained(name + ".weight", start, in, out, kernel, kernel));
		table.add(ParameterSpec.trained(name + ".bias", start, out));
	}

	static void layerNorm(final List<ParameterSpec> table, final String name, final long channels) {
		table.add(ParameterSpec.trained(name + ".weight", Initialiser.constant(1), channels));
		table.add(ParameterSpec.trained(name + ".bias", Initialiser.constant(0), channels));
	}

	static void batchNorm(final List<ParameterSpec> table, final String name, final long channels) {
		layerNorm(table, name, channels);
		table.add(statistic(name + ".running_mean", DataType.FLOAT32, 0, channels));
		table.add(statistic(name + ".running_var", DataType.FLOAT32, 1, channels));
		table.add(statistic(name + ".num_batches_tracked", DataType.INT64, 0));
	}

	private static ParameterSpec statistic(final String name, final DataType type, final float start,
		final long... shape)
	{
		return new ParameterSpec(name, new Shape(shape), type, Role.STATISTIC, Initialiser.constant(start));
	}
}
