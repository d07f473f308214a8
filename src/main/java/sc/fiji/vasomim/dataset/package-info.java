/** Folders of angiograms with their masks, the pixel cache, and where the random crops lie. */
package sc.fiji.vasomim.dataset;
