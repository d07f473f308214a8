package sc.fiji.vasomim.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

import ai.djl.ndarray.NDManager;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.model.ModelFile;

/** What is trained: state on a device that each step moves on. {@link TrainingLoop} decides when to step and save. */
abstract class TrainingJob {

	private final Object run;

	private final int epochs;

	private final int stepsPerEpoch;

	private final LearningRate rate;

	private final String rateKey;

	private final String precision;

	private final TrainingState state;

	/**
	 * @param run settings and data, written as provenance into every model
	 * @param stepsPerEpoch optimiser steps in an epoch
	 * @param rateKey what the user calls the learning rate
	 * @param precision of matrix products
	 * @param state not closed by the job
	 */
	TrainingJob(final Object run, final int epochs, final int stepsPerEpoch, final LearningRate rate,
		final String rateKey, final String precision, final TrainingState state)
	{
		this.run = run;
		this.epochs = epochs;
		this.stepsPerEpoch = stepsPerEpoch;
		this.rate = rate;
		this.rateKey = rateKey;
		this.precision = precision;
		this.state = state;
	}

	/**
	 * Forward and backward pass over batch {@code iteration} of an epoch: adds to the optimiser's gradients and to the sums
	 * of the losses.
	 */
	abstract void addGradients(NDManager scope, int epoch, int iteration) throws IOException;

	/**
	 * Judges the network, after an epoch, on what it was not trained on.
	 *
	 * @param epoch 0-based
	 * @return scores by their names in the log, the first being the one to maximise; empty if it is not judged now
	 */
	Map<String, Double> validate(final int epoch, final Progress progress) throws IOException {
		return Map.of();
	}

	/** Epochs between step folders that stay for good; 0: none. */
	int keepEvery() {
		return 0;
	}

	/** What an epoch that is over, logged and saved has to say to others. @param run the run folder */
	void epochEnded(final Path run, final int epoch) throws IOException {}

	/** In words, which batch was the first with a loss that is no number; empty if that is not known. */
	String failedBatch(final int epoch) {
		return "";
	}

	/**
	 * Whether {@link #addGradients} leaves weights and sums alone when it fails. Not so with batch normalisation, whose
	 * running statistics move in the forward pass.
	 */
	boolean survivesFailure() {
		return false;
	}

	/** The first half of a step on batch {@code iteration} of an epoch: the weights stay as they are. */
	final void gradients(final int epoch, final int iteration) throws IOException {
		try (NDManager scope = state.newScope()) {
			addGradients(scope, epoch, iteration);
		}
	}

	/** The second half: moves the weights. */
	final void update(final int epoch, final int iteration) {
		state.step(learningRate(epoch + iteration / (double) stepsPerEpoch), (long) epoch * stepsPerEpoch + iteration + 1);
	}

	final int epochs() {
		return epochs;
	}

	final int stepsPerEpoch() {
		return stepsPerEpoch;
	}

	/** At a time in epochs. */
	final double learningRate(final double epoch) {
		return rate.at(epoch);
	}

	/** What the user calls the learning rate. */
	final String rateKey() {
		return rateKey;
	}

	/** Of matrix products. */
	final String precision() {
		return precision;
	}

	final TrainingState state() {
		return state;
	}

	/**
	 * Mean losses of an epoch so far, by the names of the log; waits for the device.
	 *
	 * @param steps how many steps of the epoch are done
	 */
	final Map<String, Double> losses(final int steps) {
		return state.meanLosses(steps);
	}

	/** Writes all that an exact resume needs. */
	final void save(final Path folder) throws IOException {
		state.save(folder, run);
	}

	/** Writes the model for use. */
	final void writeModel(final Path file) throws IOException {
		ModelFile.write(file, state.modelWeights(), run);
	}
}
