package sc.fiji.vasomim.demo;

/**
 * What the demo measured. Losses are mean squared errors of hidden patches in units of each patch's own variance;
 * PSNR is over hidden pixels, peak 255. "Held out" are the two real frames that were not trained on, under fixed masks.
 *
 * @param frames frames shown
 * @param trainframes frames trained on
 * @param heldoutlossstart reconstruction loss before training
 * @param heldoutlossend the same after training
 * @param constantpatchloss the loss of the best single patch in every place, the bar to beat
 * @param psnrreconstruction in dB; the patches' mean and contrast are taken from the original
 * @param psnrbilinear in dB, of bilinear in-fill from the visible patches
 * @param segmentorloss the segmentor's last training loss
 * @param pretrainsteps optimiser steps of the pre-training
 * @param seconds time of the whole demo
 * @param report the page to open, relative to the output folder
 */
public record DemoResult(int frames, int trainframes, double heldoutlossstart, double heldoutlossend,
	double constantpatchloss, double psnrreconstruction, double psnrbilinear, double segmentorloss, long pretrainsteps,
	double seconds, String report)
{}
