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
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;

import ai.djl.ndarray.types.Shape;

import sc.fiji.vasomim.batch.Progress;
import sc.fiji.vasomim.files.AtomicFile;
import sc.fiji.vasomim.files.Json;
import sc.fiji.vasomim.files.SafetensorsFile;
import sc.fiji.vasomim.files.SafetensorsWriter;
import sc.fiji.vasomim.files.Sha256;
import sc.fiji.vasomim.files.TensorSource;
import sc.fiji.vasomim.model.ModelFile;
import sc.fiji.vasomim.model.Network;
import sc.fiji.vasomim.model.ParameterSpec;
import sc.fiji.vasomim.model.Resizing;
import sc.fiji.vasomim.model.VisionTransformer;
import sc.fiji.vasomim.model.VitDet;
import sc.fiji.vasomim.pickle.PyTorchFile;

/**
 * Makes a model file of the encoder in somebody else's checkpoint. The layout is told by the names of its tensors. They
 * are read, resized and written one at a time, as single precision.
 */
public final class CheckpointImport {

	/** Of a model's provenance: the layout that it was imported from. */
	static final String IMPORTED = "imported";

	private final TensorSource file;

	private final ImportSettings settings;

	private final NamedTensors.Match match;

	private final EncoderTensors tensors;

	private final Folding folding;

	private final Network network;

	private final List<String> resized = new ArrayList<>();

	private final List<String> missing = new ArrayList<>();

	private CheckpointImport(final TensorSource file, final ImportSettings settings) throws IOException {
		this.file = file;
		this.settings = settings;
		final NamedTensors named = NamedTensors.of(file);
		match = named.recognise(settings.weights());
		tensors = EncoderTensors.of(named, match);
		folding = new Folding(tensors, settings);
		network = WindowedShape.is(tensors) ? WindowedShape.network(tensors, settings) : EncoderShape.of(tensors, match
			.layout().rotary()).network(settings, match.layout());
		if (network instanceof VisionTransformer && ((VisionTransformer) network).options().unnormed()) missing.add("norm");
		tensors.requireUsed(network.parameters().stream().map(CheckpointImport::plain).collect(Collectors.toSet()));
	}

	/**
	 * Writes the model, and beside it the report, NAME-import.json for NAME.safetensors.
	 *
	 * @param checkpoint a PyTorch file (.pth, .pt) or a safetensors file
	 * @param model the file to write; one that is there is replaced if it was imported from the same checkpoint
	 * @throws CancellationException if it was stopped; nothing is written then
	 * @throws IllegalArgumentException if there is no such file, it is a model already, its layout is not known, the
	 *           settings don't fit it, or another file is where the model or the report shall be
	 * @throws IOException if the checkpoint is damaged, holds more than data, or lacks a part of the encoder
	 */
	public static ImportReport run(final Path checkpoint, final Path model, final ImportSettings settings,
		final Progress progress) throws IOException
	{
		if (!Files.isRegularFile(checkpoint)) throw new IllegalArgumentException("checkpoint: must be a file, but was " +
			checkpoint + ". Check the path.");
		final Path reported = model.resolveSibling(model.getFileName().toString().replaceFirst("\\.safetensors$", "") +
			"-import.json");
		final List<Earlier> earlier = List.of(Earlier.at(model), Earlier.at(reported));
		try (TensorSource file = open(checkpoint)) {
			if (ModelFile.isModel(file.metadata())) throw new IllegalArgumentException("checkpoint: " + checkpoint +
				" is a model of this software already. Use it as it is.");
			final CheckpointImport work = new CheckpointImport(file, settings);
			final ByteCount count = new ByteCount(progress, Files.size(checkpoint) + 4 * work.parameters());
			final String sha256 = Sha256.of(checkpoint, bytes -> count.add(bytes, "reading " + checkpoint.getFileName()));
			earlier.forEach(there -> there.requireOf(checkpoint, sha256));
			final ImportReport report = work.write(model, sha256, count);
			Json.write(reported, report);
			return report;
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

	private long parameters() {
		return network.parameters().stream().mapToLong(spec -> spec.shape().size()).sum();
	}

	private ImportReport write(final Path model, final String sha256, final ByteCount count) throws IOException {
		final List<SafetensorsWriter.Source> sources = new ArrayList<>();
		final List<String> used = new ArrayList<>();
		for (final ParameterSpec spec : network.parameters()) {
			sources.add(count.counted(SafetensorsWriter.floats(spec.name(), maker(spec), spec.shape().getShape())));
			if (tensors.has(plain(spec))) used.add(plain(spec));
		}
		used.removeIf(name -> resized.stream().anyMatch(line -> line.startsWith(name + " ")));
		final ImportReport report = new ImportReport(model.getFileName().toString(), match.layout().name(), match.set()
			.name(), match.layout().licence(), sha256, network, parameters(), used, resized, folding.folded(), missing, tensors
				.dropped(), tensors.rest());
		final Map<String, Object> provenance = new LinkedHashMap<>();
		provenance.put(IMPORTED, match.layout().name());
		provenance.put("weights", match.set().name());
		provenance.put("licence", match.layout().licence());
		provenance.put("sha256", sha256);
		provenance.put("resized", resized);
		provenance.put("settings", settings);
		ModelFile.write(model, network, sources, provenance);
		return report;
	}

	/** A detector's encoder has names of its own. */
	private static String plain(final ParameterSpec spec) {
		return spec.name().startsWith(VitDet.NAME) ? spec.name().substring(VitDet.NAME.length()) : spec.name();
	}

	/** Decides what a parameter is made of; its values are read when their turn to be written comes. */
	private SafetensorsWriter.Floats maker(final ParameterSpec spec) throws IOException {
		final String name = plain(spec);
		if (!tensors.has(name)) return constant(spec);
		if (tensors.isCompleted(name)) missing.add(name + " (of keys)");
		final List<Long> found = tensors.shape(name);
		final List<Long> wanted = shape(spec);
		if (found.equals(wanted)) return () -> folding.values(name, this::kernel);
		final Shape from = new Shape(found);
		if (!Resizing.canFit(name, from, spec.shape())) throw new IOException("Cannot import " + file + ": " + name +
			" has the shape " + found + " instead of " + wanted);
		resized.add(name + " " + found + " to " + wanted);
		return () -> Resizing.fit(name, folding.values(name, this::kernel), from, spec.shape());
	}

	private static List<Long> shape(final ParameterSpec spec) {
		return Arrays.stream(spec.shape().getShape()).boxed().toList();
	}

	/** Of patches, as the model will have it. */
	private float[] kernel() throws IOException {
		final ParameterSpec spec = network.parameters().stream().filter(p -> plain(p).equals(VisionTransformer.PATCH_KERNEL))
			.findAny().orElseThrow();
		final float[] values = folding.values(VisionTransformer.PATCH_KERNEL, null);
		final Shape from = new Shape(tensors.shape(VisionTransformer.PATCH_KERNEL));
		return from.equals(spec.shape()) ? values : Resizing.fit(VisionTransformer.PATCH_KERNEL, values, from, spec.shape());
	}

	/** What a network without the parameter computes with: no bias or position, and known periods. */
	private SafetensorsWriter.Floats constant(final ParameterSpec spec) throws IOException {
		final String name = plain(spec);
		final boolean zero = name.endsWith(".attn.qkv.bias") || name.equals("norm.bias") || name.equals(
			VisionTransformer.POSITIONS) && network instanceof VitDet;
		if (!zero && !name.equals(VisionTransformer.PERIODS)) throw new IOException(
			"Cannot import " + file + ": it lacks " + name + ", as " + match.layout().name() + " should have");
		missing.add(name);
		final float[] values = new float[Math.toIntExact(spec.shape().size())];
		if (!zero) spec.initialiser().fill(FloatBuffer.wrap(values), null);
		return () -> values;
	}
}
