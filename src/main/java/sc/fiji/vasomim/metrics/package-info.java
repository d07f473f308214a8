/** Measures of agreement between a result and the truth, in double precision, and their statistics over images. */
package sc.fiji.vasomim.metrics;
