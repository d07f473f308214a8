package sc.fiji.vasomim.model;

import java.util.Arrays;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * One row of a network's parameter table.
 *
 * @param name as timm, MAE or UNeXt call it
 * @param shape row-major
 * @param type FLOAT32, or INT64 for counters
 * @param role whether training changes it
 * @param initialiser how it starts
 */
public record ParameterSpec(String name, Shape shape, DataType type, Role role, Initialiser initialiser) {

	/** How training treats a tensor. */
	public enum Role {
		/** changed by the optimiser */
		TRAINED,
		/** changed by the forward pass: BatchNorm's running statistics */
		STATISTIC,
		/** never changed: fixed position tables */
		FIXED
	}

	static ParameterSpec trained(final String name, final Initialiser initialiser, final long... shape) {
		return new ParameterSpec(name, new Shape(shape), DataType.FLOAT32, Role.TRAINED, initialiser);
	}

	/** Whether weight decay applies: not to biases and other vectors. */
	public boolean decays() {
		return shape.dimension() > 1;
	}

	@Override
	public String toString() {
		return name + " " + Arrays.toString(shape.getShape());
	}
}
