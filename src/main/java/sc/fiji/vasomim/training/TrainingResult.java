package sc.fiji.vasomim.training;

import java.util.Map;

/**
 * How a training run ended.
 *
 * @param epochs passes over the data, those of resumed parts included
 * @param steps optimiser steps, likewise
 * @param losses mean losses of the last epoch, by the names of {@code log.jsonl}
 * @param scores what the model reaches on held-out images, likewise; empty if none were held out
 * @param seconds time of this call
 * @param device where it ran, such as cpu or gpu0
 * @param precision of matrix products
 */
public record TrainingResult(int epochs, long steps, Map<String, Double> losses, Map<String, Double> scores,
	double seconds, String device, String precision)
{}
