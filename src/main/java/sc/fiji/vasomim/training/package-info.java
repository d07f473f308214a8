/** VasoMIM pre-training and segmentor training: settings, schedules, steps, run folder, resume. */
package sc.fiji.vasomim.training;
