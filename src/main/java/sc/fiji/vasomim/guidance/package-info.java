/** Co-guidance map, patch distribution, weak-to-strong schedule, patch masks: VasoMIM's equations 1 to 3; and images reconstructed under them. */
package sc.fiji.vasomim.guidance;
