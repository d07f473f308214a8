/** The Java face of each network: configuration, parameter table, weights, model file. */
package sc.fiji.vasomim.model;
