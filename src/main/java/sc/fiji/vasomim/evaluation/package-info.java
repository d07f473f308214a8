/** Predictions against the truth of a data set: scores by image and class, their statistics over images and seeds. */
package sc.fiji.vasomim.evaluation;
