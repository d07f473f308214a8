/** Measures of agreement between a result and the truth, in double precision. */
package sc.fiji.vasomim.metrics;
