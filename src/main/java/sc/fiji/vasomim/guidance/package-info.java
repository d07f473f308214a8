/** Co-guidance map, patch distribution, weak-to-strong schedule, patch masks: VasoMIM's equations 1 to 3. */
package sc.fiji.vasomim.guidance;
