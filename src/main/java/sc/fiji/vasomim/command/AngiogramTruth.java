package sc.fiji.vasomim.command;

import java.util.List;

import sc.fiji.vasomim.sample.AngiogramSettings;
import sc.fiji.vasomim.sample.Segment;
import sc.fiji.vasomim.sample.Stenosis;

/** What is known of a synthetic angiogram beside its pixels. Lengths in px. */
record AngiogramTruth(AngiogramSettings settings, List<Segment> segments, List<Stenosis> stenoses) {

	static AngiogramTruth of(final sc.fiji.vasomim.sample.SyntheticAngiogram drawn) {
		return new AngiogramTruth(drawn.settings(), drawn.segments(), drawn.stenoses());
	}

	/** For the log: the shell's JSON line and the manifest hold it all. */
	@Override
	public String toString() {
		return "seed " + settings.seed() + ", " + segments.size() + " segments, " + stenoses.size() + " stenoses";
	}
}
