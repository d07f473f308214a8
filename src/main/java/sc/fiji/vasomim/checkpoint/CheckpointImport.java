package sc.fiji.vasomim.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import sc.fiji.vasomim.files.AtomicFile;
import sc.fiji.vasomim.files.SafetensorsFile;
import sc.fiji.vasomim.files.SafetensorsWriter;
import sc.fiji.vasomim.files.Sha256;
import sc.fiji.vasomim.files.TensorSource;
import sc.fiji.vasomim.model.ModelFile;
import sc.fiji.vasomim.model.ParameterSpec;
import sc.fiji.vasomim.model.Resizing;
import sc.fiji.vasomim.model.VisionTransformer;
import sc.fiji.vasomim.pickle.PyTorchFile;

/**
 * Makes a model file of the encoder in somebody else's checkpoint. The layout is told by the names of its tensors. They
 * are read, resized and written one at a time, as single precision.
 */
public final class CheckpointImport {

	private final TensorSource file;

	private final NamedTensors.Match match;

	private final EncoderTensors tensors;

	private final EncoderShape from;

	private final VisionTransformer network;

	private final List<String> resized = new ArrayList<>();

	private final List<String> missing = new ArrayList<>();

	private CheckpointImport(final TensorSource file, final ImportSettings settings) throws IOException {
		this.file = file;
		final NamedTensors named = NamedTensors.of(file);
		match = named.recognise(settings.weights());
		if (match.layout().obstacle() != null) throw new IllegalArgumentException("checkpoint: " + file + " is of " + match
			.layout().name() + ", whose " + match.layout().obstacle() +
			" this version does not compute. Choose a checkpoint of a plain vision transformer.");
		tensors = EncoderTensors.of(named, match);
		from = EncoderShape.of(tensors);
		network = from.network(settings, match.layout().heads());
	}

	/**
	 * @param checkpoint a PyTorch file (.pth, .pt) or a safetensors file
	 * @param model the file to write
	 * @throws IllegalArgumentException if there is no such file, its layout is not known, or the settings don't fit it
	 * @throws IOException if the checkpoint is damaged, holds more than data, or lacks a part of the encoder
	 */
	public static ImportReport run(final Path checkpoint, final Path model, final ImportSettings settings)
		throws IOException
	{
		if (!Files.isRegularFile(checkpoint)) throw new IllegalArgumentException("checkpoint: must be a file, but was " +
			checkpoint + ". Check the path.");
		try (TensorSource file = open(checkpoint)) {
			return new CheckpointImport(file, settings).write(model, Sha256.of(checkpoint));
		}
	}

	/** Opens either kind of file, told by its first bytes: a safetensors file has its JSON after eight of them. */
	static TensorSource open(final Path file) throws IOException {
		final ByteBuffer first = ByteBuffer.allocate(9);
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
			channel.read(first, 0);
		}
		catch (final IOException e) {
			throw new IOException("Cannot read " + file + ": " + AtomicFile.reason(e), e);
		}
		return first.get(8) == '{' || file.toString().endsWith(".safetensors") ? SafetensorsFile.open(file) : PyTorchFile
			.open(file);
	}

	private ImportReport write(final Path model, final String sha256) throws IOException {
		final List<SafetensorsWriter.Source> sources = new ArrayList<>();
		final List<String> used = new ArrayList<>();
		long parameters = 0;
		for (final ParameterSpec spec : network.parameters()) {
			sources.add(SafetensorsWriter.floats(spec.name(), maker(spec), spec.shape().getShape()));
			parameters += spec.shape().size();
			if (tensors.has(spec.name())) used.add(spec.name());
		}
		used.removeIf(name -> resized.stream().anyMatch(line -> line.startsWith(name + " ")));
		final ImportReport report = new ImportReport(model.getFileName().toString(), match.layout().name(), match.set()
			.name(), match.layout().licence(), sha256, network, parameters, used, resized, missing, tensors.dropped(), tensors
				.rest());
		final Map<String, Object> provenance = new LinkedHashMap<>();
		provenance.put("imported", match.layout().name());
		provenance.put("weights", match.set().name());
		provenance.put("licence", match.layout().licence());
		provenance.put("sha256", sha256);
		provenance.put("resized", resized);
		ModelFile.write(model, network, sources, provenance);
		return report;
	}

	/** Decides what a parameter is made of; its values are read when their turn to be written comes. */
	private SafetensorsWriter.Floats maker(final ParameterSpec spec) throws IOException {
		final String name = spec.name();
		if (!tensors.has(name)) return constant(spec);
		final List<Long> found = tensors.shape(name);
		final List<Long> wanted = Arrays.stream(spec.shape().getShape()).boxed().toList();
		if (found.equals(wanted)) return () -> tensors.values(name);
		if (!name.equals(VisionTransformer.POSITIONS) && !name.equals(VisionTransformer.PATCH_KERNEL)) throw new IOException(
			"Cannot import " + file + ": " + name + " has the shape " + found + " instead of " + wanted);
		resized.add(name + " " + found + " to " + wanted);
		if (name.equals(VisionTransformer.PATCH_KERNEL)) return () -> Resizing.kernels(tensors.values(name), from
			.patch(), network.patch());
		return () -> Resizing.positions(tensors.values(name), network.width(), network.grid());
	}

	/** What a network without the parameter computes with: no bias, and a normalisation without weights. */
	private SafetensorsWriter.Floats constant(final ParameterSpec spec) throws IOException {
		if (!spec.name().startsWith("norm.") && !spec.name().endsWith(".attn.qkv.bias")) throw new IOException(
			"Cannot import " + file + ": it lacks " + spec.name() + ", as " + match.layout().name() + " should have");
		missing.add(spec.name());
		final float[] values = new float[Math.toIntExact(spec.shape().size())];
		spec.initialiser().fill(FloatBuffer.wrap(values), null);
		return () -> values;
	}
}
