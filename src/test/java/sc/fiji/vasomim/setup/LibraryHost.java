package sc.fiji.vasomim.setup;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A host on this machine alone, with the faults that hosts and connections have. */
final class LibraryHost implements AutoCloseable {

	final Map<String, byte[]> files = new ConcurrentHashMap<>();

	/** What was asked for: path, and the range if there was one. */
	final List<String> asked = new CopyOnWriteArrayList<>();

	/** Answers other than 200, by path. */
	final Map<String, Integer> codes = new ConcurrentHashMap<>();

	/** Where an answer points to another path. */
	final Map<String, String> moved = new ConcurrentHashMap<>();

	/** Lengths that the host claims, by path. */
	final Map<String, Long> claims = new ConcurrentHashMap<>();

	/** After how many bytes the next answers of more than four bytes end, in turn. */
	final List<Integer> cuts = new CopyOnWriteArrayList<>();

	volatile boolean knowsRanges = true;

	/** Whether cut answers stall in place of ending. */
	volatile boolean stalls;

	private final CountDownLatch closed = new CountDownLatch(1);

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final HttpServer server;

	LibraryHost(final Map<String, byte[]> files) throws IOException {
		this.files.putAll(files);
		server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.setExecutor(threads);
		server.createContext("/", this::answer);
		server.start();
	}

	URI base() {
		return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/2.7.1/");
	}

	private void answer(final HttpExchange exchange) throws IOException {
		try (exchange) {
			final String path = exchange.getRequestURI().getRawPath().substring("/2.7.1/".length());
			final String range = exchange.getRequestHeaders().getFirst("Range");
			asked.add(path + (range == null ? "" : " " + range));
			if (moved.containsKey(path)) {
				exchange.getResponseHeaders().set("Location", "/2.7.1/" + moved.get(path));
				exchange.sendResponseHeaders(302, -1);
			}
			else if (!files.containsKey(path)) exchange.sendResponseHeaders(404, -1);
			else if (codes.containsKey(path)) exchange.sendResponseHeaders(codes.get(path), -1);
			else send(exchange, files.get(path), range, claims.get(path));
		}
	}

	private void send(final HttpExchange exchange, final byte[] content, final String range, final Long claim)
		throws IOException
	{
		int from = 0;
		if (range != null && knowsRanges && claim == null) {
			final String[] ends = range.substring("bytes=".length()).split("-", 2);
			from = ends[0].isEmpty() ? content.length - Integer.parseInt(ends[1]) : Integer.parseInt(ends[0]);
			exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" +
				content.length);
		}
		final int length = content.length - from;
		exchange.sendResponseHeaders(exchange.getResponseHeaders().containsKey("Content-Range") ? 206 : 200, claim == null
			? length : claim);
		final boolean whole = range == null || !range.startsWith("bytes=-");
		final int sent = whole && content.length > 1000 && !cuts.isEmpty() ? cuts.remove(0) : length;
		exchange.getResponseBody().write(Arrays.copyOfRange(content, from, from + Math.min(sent, length)));
		exchange.getResponseBody().flush();
		if (stalls && sent < length) await();
	}

	private void await() {
		try {
			closed.await();
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		closed.countDown();
		server.stop(0);
		threads.shutdownNow();
	}
}
