package sc.fiji.vasomim.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import sc.fiji.vasomim.metrics.Box;
import sc.fiji.vasomim.metrics.Detection;

/**
 * Links the boxes of a cine run by their overlap, after the IOU tracker (Bochinski et al. 2017): frame by frame, the
 * pair of a track's last box and a new box of its class that overlap most is linked first, where the published one lets
 * the tracks choose in turn. What overlaps no track begins one; a track may be missing for {@code gap} frames, where the
 * published one ends at once, and has ended after more. Short tracks are kept.
 *
 * @param overlap least intersection over union, more than 0 and at most 1
 * @param gap frames that a track may be missing
 */
public record BoxTracks(double overlap, int gap) {

	/** Lesions move with the heart, and are missed now and then. */
	public static final BoxTracks DEFAULT = new BoxTracks(0.2, 2);

	public BoxTracks {
		if (!(overlap > 0 && overlap <= 1)) throw new IllegalArgumentException(
			"overlap: must be more than 0 and at most 1, but was " + overlap);
		if (gap < 0) throw new IllegalArgumentException("gap: must be 0 frames or more, but was " + gap);
	}

	/** A lesion through the run: where it was last, in which frame. */
	private static final class Track {

		private final int number;

		private final int label;

		private Box box;

		private int frame;

		private Track(final int number, final int label) {
			this.number = number;
			this.label = label;
		}
	}

	/** A track that goes on with a box, should both still be free. */
	private record Link(Track track, int detection, double iou) {}

	/**
	 * @param frames of each frame in order of time, what was found
	 * @return of each frame, of each box in its place there, the number of its track; tracks count from 1 in the order in
	 *         which they begin
	 */
	public List<int[]> link(final List<List<Detection>> frames) {
		final List<int[]> numbers = new ArrayList<>();
		final List<Track> going = new ArrayList<>();
		int begun = 0;
		for (int t = 0; t < frames.size(); t++) {
			final int frame = t;
			going.removeIf(track -> frame - track.frame - 1 > gap);
			final int[] linked = link(frame, frames.get(t), going, begun);
			begun = Math.max(begun, Arrays.stream(linked).max().orElse(0));
			numbers.add(linked);
		}
		return numbers;
	}

	/** @param begun how many tracks there were so far */
	private int[] link(final int frame, final List<Detection> found, final List<Track> going, final int begun) {
		final Track[] chosen = new Track[found.size()];
		for (final Link link : links(found, going))
			if (chosen[link.detection] == null && link.track.frame < frame) {
				chosen[link.detection] = link.track;
				move(link.track, frame, found.get(link.detection));
			}
		final int[] numbers = new int[chosen.length];
		int next = begun;
		for (int i = 0; i < chosen.length; i++) {
			if (chosen[i] == null) {
				chosen[i] = new Track(++next, found.get(i).label());
				going.add(chosen[i]);
				move(chosen[i], frame, found.get(i));
			}
			numbers[i] = chosen[i].number;
		}
		return numbers;
	}

	private static void move(final Track track, final int frame, final Detection detection) {
		track.box = detection.box();
		track.frame = frame;
	}

	/** Most overlap first; of equals the older track, then the earlier box. */
	private List<Link> links(final List<Detection> found, final List<Track> going) {
		final List<Link> links = new ArrayList<>();
		for (final Track track : going)
			for (int i = 0; i < found.size(); i++) {
				final double iou = track.box.iou(found.get(i).box());
				if (iou >= overlap && found.get(i).label() == track.label) links.add(new Link(track, i, iou));
			}
		links.sort(Comparator.comparingDouble((Link link) -> -link.iou).thenComparingInt(link -> link.track.number)
			.thenComparingInt(Link::detection));
		return links;
	}
}
