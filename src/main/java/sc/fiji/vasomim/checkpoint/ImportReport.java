package sc.fiji.vasomim.checkpoint;

import java.util.List;

import sc.fiji.vasomim.model.Network;

/**
 * What became of a checkpoint.
 *
 * @param file name of the model file that was written
 * @param layout the project, or the several, whose names the checkpoint has
 * @param weights which set of weights was taken
 * @param licence of the weights where their names are those of one project, else of some that have them
 * @param sha256 of the checkpoint file, as projects publish it
 * @param parameters numbers in the model
 * @param used tensors that are as in the checkpoint, or joined, by timm's names
 * @param resized tensors that were resized, with shapes before and after
 * @param folded tensors of the checkpoint, and a normalisation of grey values, that were worked into others
 * @param missing tensors that the checkpoint lacks and a network without them has as constants, such as biases of 0, or
 *          does without: the last norm
 * @param dropped tensors of the checkpoint that belong to heads, decoders, optimisers and other sets of weights
 * @param unknown other tensors of the checkpoint
 */
public record ImportReport(String file, String layout, String weights, String licence, String sha256,
	Network network, long parameters, List<String> used, List<String> resized, List<String> folded, List<String> missing,
	List<String> dropped, List<String> unknown)
{

	/** One line for logs. */
	@Override
	public String toString() {
		return layout + ", " + weights + ": " + used.size() + " tensors used, resized " + resized + ", " + folded
			.size() + " folded, missing " + missing + ", " + dropped.size() + " dropped, unknown " + unknown + "; licence: " + licence + "; " + file;
	}
}
