package sc.fiji.vasomim.torch;

import java.nio.file.Files;
import java.nio.file.Path;

import ai.djl.util.Platform;
import ai.djl.util.Utils;

/** PyTorch's own libraries, as DJL's makers build them for this machine's system, and where DJL looks for them. */
public enum PytorchBuild {
	CPU("cpu"), CUDA("cu128");

	private static final String ENGINE = "pytorch";

	private final String flavour;

	PytorchBuild(final String flavour) {
		this.flavour = flavour;
	}

	/** DJL's name of the build: cpu or cu128. */
	public String flavour() {
		return flavour;
	}

	/** PyTorch's version, the only one that the plugin works with, such as 2.7.1. */
	public static String version() {
		return DjlJars.pytorch();
	}

	/** This machine's system as DJL names it, such as linux-x86_64. */
	public static String system() {
		return Platform.fromSystem(ENGINE).getClassifier();
	}

	/** The folder that holds DJL's natives of all versions; {@code DJL_CACHE_DIR} or {@code ENGINE_CACHE_DIR} move it. */
	public static Path cache() {
		return Utils.getEngineCacheDir(ENGINE).toAbsolutePath();
	}

	/** The file by which DJL tells that a folder holds PyTorch, such as libtorch.so. */
	public static String mainLibrary() {
		return System.mapLibraryName("torch");
	}

	/** Where the libraries of this build are or would be. */
	public Path folder() {
		return cache().resolve(version() + "-" + flavour + "-" + system());
	}

	public boolean isInstalled() {
		return Files.isRegularFile(folder().resolve(mainLibrary()));
	}

	/** Whether DJL's bridge to such libraries is there for this system: without it they are of no use. */
	public boolean isSupported() {
		return PytorchBuild.class.getResource("/jnilib/" + system() + "/" + flavour + "/" + System.mapLibraryName(
			"djl_torch")) != null;
	}

	/** Whether a folder's libraries are of this build: those for CUDA have one more. */
	public boolean isIn(final Path libraries) {
		return Files.isRegularFile(libraries.resolve(mainLibrary())) && this == of(libraries);
	}

	static PytorchBuild of(final Path libraries) {
		return Files.exists(libraries.resolve(System.mapLibraryName("torch_cuda"))) ? CUDA : CPU;
	}

	/** @return null if DJL's name is of no build that the plugin knows */
	static PytorchBuild of(final String flavour) {
		for (final PytorchBuild build : values())
			if (build.flavour.equals(flavour)) return build;
		return null;
	}
}
