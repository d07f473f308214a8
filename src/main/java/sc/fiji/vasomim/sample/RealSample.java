package sc.fiji.vasomim.sample;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;

/**
 * A real angiogram with its vessel mask, as packaged: encoded, 512 x 512 px, 8-bit grey. From ARCADE (Popov et al., Sci
 * Data 11:20, 2024, CC0); {@code samples/arcade/README.txt} beside the frames says which and what the masks leave out.
 *
 * @param name of the frame, unique, fit for a file's name
 * @param coronary the artery it shows, LEFT or RIGHT
 */
public record RealSample(String name, Coronary coronary) {

	private static final String FOLDER = "/samples/arcade/";

	/** All packaged samples, always in the same order. */
	public static List<RealSample> all() {
		final Stream<RealSample> left = Stream.of("val-030", "val-044", "val-152", "val-189")
			.map(name -> new RealSample(name, Coronary.LEFT));
		final Stream<RealSample> right = Stream.of("val-046", "val-142", "val-161", "val-193")
			.map(name -> new RealSample(name, Coronary.RIGHT));
		return Stream.concat(left, right).toList();
	}

	/** The frame as a JPEG file; the caller closes the stream. */
	public InputStream openImage() throws IOException {
		return open(name + ".jpg");
	}

	/** The vessel mask, 255 or 0, as a PNG file; the caller closes the stream. */
	public InputStream openMask() throws IOException {
		return open(name + "-mask.png");
	}

	private static InputStream open(final String file) throws IOException {
		final InputStream stream = RealSample.class.getResourceAsStream(FOLDER + file);
		if (stream == null) throw new FileNotFoundException(
			"Sample " + FOLDER + file + " is not in the plugin's jar: install the plugin again");
		return stream;
	}
}
