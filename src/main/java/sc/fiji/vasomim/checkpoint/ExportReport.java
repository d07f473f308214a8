package sc.fiji.vasomim.checkpoint;

import java.util.List;

/**
 * What was written.
 *
 * @param file name of the safetensors file
 * @param layout whose names it has
 * @param constructor the Python expression of the network that it fits
 * @param tensors their number
 * @param bytes of their values
 * @param omitted tensors of the model that the layout has no place for
 */
public record ExportReport(String file, String layout, String constructor, int tensors, long bytes,
	List<String> omitted)
{

	/** One line for logs. */
	@Override
	public String toString() {
		return tensors + " tensors in " + layout + " layout for " + constructor + ", " + omitted.size() +
			" left out; " + file;
	}
}
