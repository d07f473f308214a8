package sc.fiji.vasomim.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;

import com.google.gson.JsonElement;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.files.SafetensorsFile;
import sc.fiji.vasomim.files.SafetensorsWriter;
import sc.fiji.vasomim.files.Sha256;
import sc.fiji.vasomim.model.MaskedAutoencoder;
import sc.fiji.vasomim.model.ModelFile;
import sc.fiji.vasomim.model.Network;
import sc.fiji.vasomim.model.ParameterSpec;
import sc.fiji.vasomim.model.VisionTransformer;

/**
 * Writes a model for other people's software, as a safetensors file whose tensors are named as there. They are copied
 * one at a time.
 */
public final class CheckpointExport {

	/** Whose names. */
	public enum Target {
		/** timm's VisionTransformer: the encoder alone */
		TIMM("timm"),
		/** MAE's MaskedAutoencoderViT: encoder and decoder */
		MAE("MAE");

		private final String title;

		Target(final String title) {
			this.title = title;
		}

		@Override
		public String toString() {
			return title;
		}
	}

	private CheckpointExport() {}

	/**
	 * @param model a model file with a vision transformer
	 * @param file to write; one that is there is replaced if it was exported from the same model
	 * @throws CancellationException if it was stopped; nothing is written then
	 * @throws IllegalArgumentException if the model is of another kind, has no decoder for MAE's layout, or another
	 *           file is where the export shall be
	 * @throws IOException if the model is damaged
	 */
	public static ExportReport run(final Path model, final Path file, final Target target, final Progress progress)
		throws IOException
	{
		final Network network = ModelFile.readNetwork("model", model, Network.class);
		final String constructor = constructor(model, network, target);
		final Earlier earlier = Earlier.at(file);
		final List<SafetensorsWriter.Source> sources = new ArrayList<>();
		final List<String> omitted = new ArrayList<>();
		final long bytes;
		try (SafetensorsFile tensors = SafetensorsFile.open(model)) {
			requireWhole(tensors, network);
			for (final String name : tensors.names()) {
				final List<SafetensorsWriter.Source> found = target == Target.MAE ? List.of(SafetensorsWriter.copy(tensors, name))
					: timm(tensors, network, name);
				if (found.isEmpty()) omitted.add(name);
				sources.addAll(found);
			}
			bytes = sources.stream().mapToLong(source -> source.info().bytes()).sum();
			final ByteCount count = new ByteCount(progress, Files.size(model) + bytes);
			final String sha256 = Sha256.of(model, read -> count.add(read, "reading " + model.getFileName()));
			earlier.requireOf(model, sha256);
			// By the format, Python packages know which library's tensors these are.
			final Map<String, String> metadata = new LinkedHashMap<>(Map.of("format", "pt", "constructor", constructor,
				Earlier.SOURCE, sha256));
			final JsonElement licence = ModelFile.provenance(tensors).get("licence");
			if (licence != null) metadata.put("licence", licence.getAsString());
			SafetensorsWriter.write(file, metadata, sources.stream().map(count::counted).toList());
		}
		return new ExportReport(file.getFileName().toString(), target.toString(), constructor, sources.size(), bytes,
			omitted);
	}

	private static void requireWhole(final SafetensorsFile tensors, final Network network) throws IOException {
		for (final ParameterSpec spec : network.parameters()) {
			final List<Long> shape = Arrays.stream(spec.shape().getShape()).boxed().toList();
			if (!tensors.contains(spec.name()) || !tensors.info(spec.name()).shape().equals(shape)) throw new IOException(
				"Cannot export " + tensors + ": it lacks " + spec.name() + " of shape " + shape);
		}
	}

	private static List<SafetensorsWriter.Source> timm(final SafetensorsFile tensors, final Network network,
		final String name) throws IOException
	{
		if (name.startsWith("decoder_") || name.equals("mask_token")) return List.of();
		final VisionTransformer encoder = network instanceof MaskedAutoencoder ? ((MaskedAutoencoder) network).encoder()
			: (VisionTransformer) network;
		return new TimmEncoder(tensors, encoder).sources(name);
	}

	private static String constructor(final Path model, final Network network, final Target target) {
		if (network instanceof MaskedAutoencoder) {
			final MaskedAutoencoder m = (MaskedAutoencoder) network;
			return target == Target.MAE ? mae(m) : TimmEncoder.constructor(m.encoder());
		}
		if (!(network instanceof VisionTransformer)) throw new IllegalArgumentException("model: " + model +
			" holds a model of kind " + network.architecture() +
			", but a vision transformer is needed. Choose another file.");
		if (target == Target.MAE) throw new IllegalArgumentException("layout: must be timm for " + model +
			", which has an encoder alone, but was MAE");
		return TimmEncoder.constructor((VisionTransformer) network);
	}

	private static String mae(final MaskedAutoencoder m) {
		return String.format(Locale.ROOT, "models_mae.MaskedAutoencoderViT(img_size=%d, patch_size=%d, embed_dim=%d, " +
			"depth=%d, num_heads=%d, decoder_embed_dim=%d, decoder_depth=%d, decoder_num_heads=%d, mlp_ratio=4, " +
			"norm_layer=functools.partial(torch.nn.LayerNorm, eps=1e-6))", m.size(), m.patch(), m.width(), m.depth(), m
				.heads(), m.decoderWidth(), m.decoderDepth(), m.decoderHeads());
	}
}
