package sc.fiji.vasomim.training;

import java.util.List;

import sc.fiji.vasomim.evaluation.ScoreSummary;

/**
 * How training from one seed or several ended.
 *
 * @param runs each seed's
 * @param scores of the models on the held-out images, mean and standard deviation over the seeds; empty without such images
 */
public record SegmentationRunsResult(List<TrainingResult> runs, List<ScoreSummary> scores) {}
