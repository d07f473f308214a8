package sc.fiji.vasomim.training;

import java.util.List;

import sc.fiji.vasomim.evaluation.DetectionReport;

/**
 * How training from one seed or several ended.
 *
 * @param runs each seed's
 * @param scores of each seed's model on the held-out images, see {@link DetectionReport#summary}
 */
public record DetectionRunsResult(List<TrainingResult> runs, List<List<DetectionReport.Row>> scores) {}
