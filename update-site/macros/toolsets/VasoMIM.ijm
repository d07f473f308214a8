// VasoMIM's tools for the toolbar: choose VasoMIM in the >> menu at its right end. For research use only, not for diagnosis.

var menu = newMenu("VasoMIM Menu Tool", newArray("Coronary Angiogram", "-", "Segment Vessels...", "Extract Vascular Anatomy...",
	"Frangi Vessel Filter...", "-", "Quantify Stenosis...", "Detect Stenosis...", "-", "Engine Report...", "Engine Setup..."));

macro "VasoMIM Menu Tool - C900T0d12VT8d10m" {
	command = getArgument();
	if (command != "-") run(command);
}

// Outlines over the open angiogram or run, and a table, with the model that comes with VasoMIM.
macro "Segment Vessels Action Tool - C900L0f66L66a4La4f0L669bL9bdf" {
	run("Segment Vessels...", "outlines=overlay table=true");
}

macro "Segment Vessels Action Tool Options" {
	run("Segment Vessels...");
}

// The stenoses of the vessels in the open angiogram.
macro "Quantify Stenosis Action Tool - C900L0055L55a5La5f0L0f5aL5aaaLaaff" {
	run("Quantify Stenosis...");
}
