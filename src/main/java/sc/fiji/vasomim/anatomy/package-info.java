/** From vesselness to a mask of the vascular tree: frame, percentile threshold, connected components. */
package sc.fiji.vasomim.anatomy;
