/** Pictures that explain: grey and heat tiles, patch overlays, titled panels, curves. */
package sc.fiji.vasomim.figure;
