#@ File (label = "Angiograms", style = "directory") angiograms
#@ File (label = "Results", style = "directory") results
// Vessel masks of all angiograms in a folder, then the stenoses in them. Runs on a display and headless; a second run goes on
// where the first one stopped. For research use only, not for diagnosis.
run("Segment Vessels Folder...", "input=[" + angiograms + "] output=[" + results + "/masks]");
run("Quantify Stenosis Folder...", "input=[" + angiograms + "] masks=[" + results + "/masks] output=[" + results + "/stenoses]");
