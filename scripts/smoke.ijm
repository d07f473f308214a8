// Does a Fiji find the plugin, and PyTorch compute in it? Writes "ok" into the file that is its argument.
run("Coronary Angiogram");
run("Segment Vessels...", "outlines=overlay");
selectImage("vessels of coronary-angiogram");
getStatistics(area, mean);
if (mean < 5 || mean > 60) exit("vessels cover " + mean / 2.55 + " % of the sample, which can't be");
if (Overlay.size == 0) selectImage("coronary-angiogram");
if (Overlay.size == 0) exit("no outlines");
File.saveString("ok", getArgument());
