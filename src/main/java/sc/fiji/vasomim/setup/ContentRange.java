package sc.fiji.vasomim.setup;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which part of a file an answer 206 holds (RFC 9110, 14.4): bytes from..to, both included, of the total. */
record ContentRange(long from, long to, long total) {

	private static final Pattern PATTERN = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");

	/** @throws IOException if the answer does not say it */
	static ContentRange of(final HttpResponse<?> response) throws IOException {
		final String header = response.headers().firstValue("Content-Range").orElse("");
		final Matcher matcher = PATTERN.matcher(header);
		if (!matcher.matches()) throw new IOException("Cannot read " + response.uri() +
			": the answer does not say which part it is (Content-Range: " + header + ")");
		return new ContentRange(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)), Long.parseLong(matcher
			.group(3)));
	}
}
