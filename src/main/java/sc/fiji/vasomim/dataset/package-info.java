/** Folders of angiograms with masks, drawn truth or boxes, twins, the pixel cache, and how images are cut and changed. */
package sc.fiji.vasomim.dataset;
