package sc.fiji.vasomim.dataset;

import java.io.IOException;

/** A mask of all classes together. */
record JoinedLabels(Labels labels) implements Labels {

	@Override
	public byte[] read(final int width, final int height) throws IOException {
		final byte[] pixels = labels.read(width, height);
		for (int i = 0; i < pixels.length; i++)
			if (pixels[i] != 0) pixels[i] = (byte) 255;
		return pixels;
	}

	@Override
	public String version() throws IOException {
		return "joined " + labels.version();
	}
}
