/** Folders of angiograms with masks or drawn truth, twins, the pixel cache, and how images are cut and changed. */
package sc.fiji.vasomim.dataset;
