#@ File (label = "Angiograms", style = "directory") input
#@ File (label = "Results", style = "directory") output
#@ CommandService command
// Vessel masks of all angiograms in a folder, with the model that comes with VasoMIM, and the number of those that failed.
// For research use only, not for diagnosis.
import sc.fiji.vasomim.command.SegmentVesselsFolder

def module = command.run(SegmentVesselsFolder, true, "input", input, "output", output, "threshold", 0.5d).get()
if (module.canceled) throw new IllegalStateException(module.cancelReason)
def result = module.command.result()
println result.done() + " segmented, " + result.skipped() + " had been before, " + result.failed() + " failed"
result.failures().each { println it.input() + ": " + it.reason() }
