/** A folder of inputs through a function: skip finished, isolate bad, status table, progress, stop. */
package sc.fiji.vasomim.batch;
