// Vessels of the open angiogram, or of each frame of a run, with the model that comes with VasoMIM: a mask, outlines over the
// image, and a table of areas, lengths and mean diameters. For research use only, not for diagnosis.
run("Segment Vessels...", "threshold=0.5 outlines=overlay table=true");
