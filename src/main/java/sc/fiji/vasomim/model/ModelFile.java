package sc.fiji.vasomim.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;

import sc.fiji.vasomim.files.SafetensorsFile;
import sc.fiji.vasomim.files.SafetensorsWriter;
import sc.fiji.vasomim.torch.TensorFile;

/**
 * A model for use: one safetensors file. Its header says {@code format_version} and, as one JSON text under
 * {@code config}, the architecture, its configuration and where the weights come from. Data only, never code.
 */
public final class ModelFile {

	private static final int FORMAT_VERSION = 1;

	private static final String VERSION_KEY = "format_version";

	private static final String CONFIG_KEY = "config";

	private static final Gson GSON = new Gson();

	private ModelFile() {}

	/**
	 * Writes weights as they are, atomically.
	 *
	 * @param provenance how they came about (settings, versions, licence), as a record or map; goes into the header
	 */
	public static void write(final Path file, final Weights weights, final Object provenance) throws IOException {
		write(file, weights, provenance, DataType.FLOAT32);
	}

	/**
	 * Writes weights, atomically.
	 *
	 * @param provenance how they came about (settings, versions, licence), as a record or map; goes into the header
	 * @param stored FLOAT32, or FLOAT16 for half the space, rounded to 11 significant bits
	 */
	public static void write(final Path file, final Weights weights, final Object provenance, final DataType stored)
		throws IOException
	{
		TensorFile.write(file, metadata(weights.network(), provenance), weights.all(), stored);
	}

	/**
	 * Writes tensors that are made one at a time, atomically.
	 *
	 * @param tensors all that the network's parameter table lists, by those names
	 * @param provenance how they came about, as a record or map; goes into the header
	 */
	public static void write(final Path file, final Network network,
		final Collection<? extends SafetensorsWriter.Source> tensors, final Object provenance) throws IOException
	{
		SafetensorsWriter.write(file, metadata(network, provenance), tensors);
	}

	private static Map<String, String> metadata(final Network network, final Object provenance) {
		final JsonObject config = new JsonObject();
		config.addProperty("architecture", network.architecture());
		config.add("network", GSON.toJsonTree(network));
		config.addProperty("normalisation", network.normalisation());
		config.add("provenance", GSON.toJsonTree(provenance));
		final Map<String, String> metadata = new LinkedHashMap<>();
		metadata.put(VERSION_KEY, Integer.toString(FORMAT_VERSION));
		metadata.put(CONFIG_KEY, GSON.toJson(config));
		return metadata;
	}

	/**
	 * Reads weights onto a device.
	 *
	 * @param parameter what the user calls this file, for messages
	 * @param type the configuration's class, or an interface of several that will do
	 * @throws IllegalArgumentException if there is no such file, or it is a model of another kind or a newer format
	 * @throws IOException if it is damaged
	 */
	public static Weights read(final String parameter, final Path file, final Class<? extends Network> type,
		final Device device) throws IOException
	{
		try (SafetensorsFile tensors = open(parameter, file)) {
			return read(parameter, tensors, type, device);
		}
	}

	/** The same of a file that is open. */
	static Weights read(final String parameter, final SafetensorsFile file, final Class<? extends Network> type,
		final Device device) throws IOException
	{
		return Weights.read(network(parameter, file, type), file, device);
	}

	/** Reads the configuration alone, and refuses as {@link #read} does. */
	public static Network readNetwork(final String parameter, final Path file, final Class<? extends Network> type)
		throws IOException
	{
		try (SafetensorsFile tensors = open(parameter, file)) {
			return network(parameter, tensors, type);
		}
	}

	/**
	 * What {@link #write} was told of where a file's weights come from.
	 *
	 * @return empty if the file is no model of this software, or was told a text
	 * @throws IOException if its configuration is damaged
	 */
	public static JsonObject provenance(final SafetensorsFile file) throws IOException {
		if (!isModel(file.metadata())) return new JsonObject();
		try {
			final JsonElement provenance = GSON.fromJson(file.metadata().get(CONFIG_KEY), JsonObject.class).get("provenance");
			return provenance != null && provenance.isJsonObject() ? provenance.getAsJsonObject() : new JsonObject();
		}
		catch (final RuntimeException e) {
			throw new IOException("Cannot read " + file + ": its " + CONFIG_KEY + " is damaged: " + e.getMessage(), e);
		}
	}

	/** Whether a file with these metadata is a model of this software, of any version. */
	public static boolean isModel(final Map<String, String> metadata) {
		return metadata.containsKey(VERSION_KEY) && metadata.containsKey(CONFIG_KEY);
	}

	private static SafetensorsFile open(final String parameter, final Path file) throws IOException {
		if (file == null || !Files.isRegularFile(file)) throw new IllegalArgumentException(parameter +
			": must be a model file (.safetensors), but was " + file + ". Check the path, or train one first.");
		return SafetensorsFile.open(file);
	}

	/**
	 * Reads VasoMIM's segmentor: a UNeXt with one class.
	 *
	 * @throws IllegalArgumentException as {@link #read}, or if it tells several classes apart
	 */
	public static Weights readSegmentor(final String parameter, final Path file, final Device device)
		throws IOException
	{
		final Weights weights = read(parameter, file, Unext.class, device);
		final int classes = ((Unext) weights.network()).classes().size();
		if (classes == 1) return weights;
		weights.close();
		throw new IllegalArgumentException(parameter + ": " + file + " tells " + classes +
			" classes apart, but a segmentor of vessels alone is needed. Choose another file.");
	}

	private static Network network(final String parameter, final SafetensorsFile file,
		final Class<? extends Network> type) throws IOException
	{
		final Map<String, String> metadata = file.metadata();
		final String version = metadata.get(VERSION_KEY);
		if (!isModel(metadata)) throw new IllegalArgumentException(parameter + ": " +
			file + " is not a model of this software. Import it with Import Checkpoint first.");
		if (!version.equals(Integer.toString(FORMAT_VERSION))) throw new IllegalArgumentException(parameter + ": " + file +
			" has format " + version + ", this version reads " + FORMAT_VERSION + ". Update VasoMIM for Fiji.");
		final String kind;
		final Network network;
		try {
			final JsonObject config = GSON.fromJson(metadata.get(CONFIG_KEY), JsonObject.class);
			kind = config.get("architecture").getAsString();
			final Class<? extends Network> found = Network.type(kind);
			network = found != null && type.isAssignableFrom(found) ? Objects.requireNonNull(GSON.fromJson(config.get(
				"network"), found), "the network is missing") : null;
		}
		catch (final RuntimeException e) {
			// Gson and the records' own validation have many ways to refuse what is missing or of the wrong type.
			throw new IOException("Cannot read " + file + ": its " + CONFIG_KEY + " is damaged: " + e.getMessage(), e);
		}
		if (network == null) throw new IllegalArgumentException(parameter + ": " + file +
			" holds a model of kind " + kind + ", but " + type.getSimpleName() + " is needed. Choose another file.");
		return network;
	}
}
