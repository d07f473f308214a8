/** Sample images: a synthetic angiogram with ground truth, drawn from a seed, and real frames with vessel masks. */
package sc.fiji.vasomim.sample;
