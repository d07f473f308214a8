#@ File (label = "Angiograms", style = "directory") input
#@ File (label = "Results", style = "directory") output
#@ Double (label = "Percentile of vesselness", min = 0, max = 100, value = 92) percentile
#@ CommandService command
# Vascular masks of all angiograms in a folder, without a network: vesselness, a percentile threshold, region growing.
# For research use only, not for diagnosis.
from sc.fiji.vasomim.command import ExtractVascularAnatomyFolder

module = command.run(ExtractVascularAnatomyFolder, True, "input", input, "output", output, "percentile", percentile).get()
if module.isCanceled():
    raise RuntimeError(module.getCancelReason())
result = module.getCommand().result()
print("%d done, %d had been before, %d failed" % (result.done(), result.skipped(), result.failed()))
for failure in result.failures():
    print("%s: %s" % (failure.input(), failure.reason()))
