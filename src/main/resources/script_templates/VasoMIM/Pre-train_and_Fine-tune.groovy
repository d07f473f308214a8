#@ File (label = "Unlabelled angiograms", style = "directory") unlabelled
#@ File (label = "Labelled angiograms", style = "directory") images
#@ File (label = "Their vessel masks", style = "directory") labels
#@ File (label = "Results", style = "directory") results
#@ String (label = "Network", choices = {"tiny", "base"}, value = "base") network
#@ Integer (label = "Epochs of pre-training", min = 1, value = 800) epochs
#@ Integer (label = "Epochs of fine-tuning", min = 0, value = 0, description = "0: as many as suit the network") finetuning
#@ Integer (label = "Images a batch", min = 1, value = 256, description = "At most as many as there are") batch
#@ CommandService command
// The whole way of the VasoMIM paper: vascular masks, a segmentor trained on them, pre-training guided by both, and a vision
// transformer fine-tuned for vessels that starts from it. Days on a GPU at the published size. Each step goes on where
// it stopped when this is run again. For research use only, not for diagnosis.
import sc.fiji.vasomim.command.*

def run = { type, Object... inputs ->
	def module = command.run(type, true, inputs).get()
	if (module.canceled) throw new IllegalStateException(type.simpleName + ": " + module.cancelReason)
	println type.simpleName + ": " + module.command.result()
}
def at = { name -> new File(results, name) }
run(ExtractVascularAnatomyFolder, "input", unlabelled, "output", at("masks"))
run(TrainSegmentor, "images", unlabelled, "masks", at("masks"), "output", at("segmentor"), "epochs", epochs.intdiv(4) + 1,
	"batch", batch)
// One epoch in twenty warms the rate up, as published: 40 of 800.
run(PreTrainVasoMIM, "images", unlabelled, "masks", at("masks"), "segmentor", at("segmentor/model.safetensors"),
	"output", at("pre-training"), "network", network, "epochs", epochs, "warmup", epochs.intdiv(20), "batch", batch)
run(FineTuneSegmentation, "images", images, "labels", labels, "network", "vit " + network,
	"start", at("pre-training/model.safetensors"), "output", at("fine-tuning"), "epochs", finetuning,
	"batch", Math.min(batch, 16))
