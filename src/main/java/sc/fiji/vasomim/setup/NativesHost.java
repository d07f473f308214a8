package sc.fiji.vasomim.setup;

import java.io.IOException;
import java.io.InputStream;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

import sc.fiji.vasomim.torch.PytorchBuild;

/**
 * The host from which DJL downloads PyTorch's libraries. It publishes no checksums: what comes is held against its
 * length and the CRC-32 in each gzip file. Proxies are the system's; from https nothing leads to http.
 */
public final class NativesHost implements NativesSource {

	private static final URI DJL = URI.create("https://publish.djl.ai/pytorch/");

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final URI base;

	private final Duration patience;

	private final Consumer<String> log;

	private final HttpClient client;

	/** DJL's own. @param log is told each address that is asked */
	public NativesHost(final Consumer<String> log) {
		this(DJL.resolve(PytorchBuild.version() + "/"), PATIENCE, log);
	}

	/** @param patience how long to wait for an answer, or for the next bytes of one */
	NativesHost(final URI base, final Duration patience, final Consumer<String> log) {
		this.base = base;
		this.patience = patience;
		this.log = log;
		// Java looks at it once, before its first connection; a Fiji that has connected before has set it itself.
		if (System.getProperty("java.net.useSystemProxies") == null) System.setProperty("java.net.useSystemProxies", "true");
		client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NORMAL)
			.connectTimeout(patience).proxy(ProxySelector.getDefault()).build();
	}

	@Override
	public String place() {
		return base.toString();
	}

	@Override
	public String checks() {
		return "length and CRC-32 of each file; this host publishes no checksums";
	}

	@Override
	public List<NativeFile> files(final PytorchBuild build) throws IOException {
		final List<NativeFile> files = new ArrayList<>();
		for (final Map.Entry<String, String> file : FilesIndex.of(index(), build, place()).entrySet())
			files.add(file(file.getKey(), file.getValue()));
		return files;
	}

	private String index() throws IOException {
		final HttpResponse<InputStream> response = get(FilesIndex.NAME, null);
		try (InputStream stream = response.body();
				Watch watch = new Watch(stream, () -> false, patience))
		{
			if (response.statusCode() != 200) throw refused(response);
			final byte[] text = watch.read(FilesIndex.MOST_BYTES + 1);
			if (text.length > FilesIndex.MOST_BYTES) throw new IOException("Cannot read " + response.uri() + ": more than " +
				FilesIndex.MOST_BYTES + " bytes are no list of files");
			return new String(text, StandardCharsets.UTF_8);
		}
	}

	/** One question for two lengths: that of the file, and in its last bytes that of its content. */
	private NativeFile file(final String path, final String name) throws IOException {
		final HttpResponse<InputStream> response = get(path, "bytes=-" + Gzip.TRAILER);
		try (InputStream stream = response.body();
				Watch watch = new Watch(stream, () -> false, patience))
		{
			if (response.statusCode() != 200 && response.statusCode() != 206) throw refused(response);
			final long bytes = response.statusCode() == 206 ? ContentRange.of(response).total() : response.headers()
				.firstValueAsLong("Content-Length").orElse(-1);
			final byte[] trailer = response.statusCode() == 206 ? watch.read(Gzip.TRAILER) : new byte[0];
			final long installed = trailer.length == Gzip.TRAILER ? Gzip.length(trailer, bytes) : Gzip.guess(bytes);
			return new NativeFile(path, name, bytes, installed);
		}
	}

	@Override
	public Path fetch(final NativeFile file, final Path folder, final LongConsumer progress,
		final BooleanSupplier canceled) throws IOException
	{
		return new Download(this, file, folder.resolve(file.name() + ".gz.part"), patience).run(progress, canceled);
	}

	/** @param range of bytes; null for all. @return whose body the caller closes */
	HttpResponse<InputStream> get(final String path, final String range) throws IOException {
		final URI uri = base.resolve(path);
		final HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(patience);
		if (range != null) request.header("Range", range);
		log.accept("Asking " + uri + (range == null ? "" : ", " + range));
		try {
			final HttpResponse<InputStream> response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
			if (!response.uri().equals(uri)) log.accept("Answered by " + response.uri());
			return response;
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new CancellationException("while waiting for " + uri);
		}
		catch (final IOException e) {
			throw new IOException("Cannot reach " + uri + " (" + reason(e) +
				"). Check the connection and the proxy, or install from a folder (key folder).", e);
		}
	}

	/** Of a connection that was not made, only the innermost cause tells a wrong name from a closed port. */
	static String reason(final Throwable e) {
		if (e.getMessage() != null) return e.getMessage();
		return e.getCause() == null ? e.getClass().getSimpleName().replaceAll("Exception$", "") : reason(e.getCause());
	}

	static IOException refused(final HttpResponse<?> response) {
		return new IOException("Cannot read " + response.uri() + ": the host answers " + response.statusCode() +
			". Try again later, or install from a folder (key folder).");
	}
}
