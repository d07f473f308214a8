package sc.fiji.vasomim.curation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import net.imglib2.img.array.ArrayImgs;

import sc.fiji.vasomim.dataset.Thumbnail;
import sc.fiji.vasomim.files.IntensityRule.Polarity;

class CandidateTest {

	/** Vessel rises and falls; no two frames are alike. */
	private static final double[] RUN = { 1, 1.5, 2, 6, 10, 9, 7, 4 };

	@Test
	void theFramesWithMostVesselInTheOrderOfTime() {
		assertEquals(List.of(3, 4, 5, 6), chosen(run(RUN), settings(4, 0, true)));
		assertEquals(List.of(4), chosen(run(RUN), settings(1, 0, true)));
	}

	@Test
	void allAboveAShareOfTheBest() {
		assertEquals(List.of(3, 4, 5, 6), chosen(run(RUN), settings(0, 0.5, true)));
		assertEquals(List.of(3, 4, 5, 6, 7), chosen(run(RUN), settings(0, 0.4, true)));
		assertEquals(8, chosen(run(RUN), settings(0, 0, true)).size());
	}

	@Test
	void keyFramesWhateverTheyShow() {
		final List<Candidate> run = run(RUN);
		for (final int key : new int[] { 0, 2, 5 })
			run.set(key, new Candidate(0, key, true, RUN[key], run.get(key).thumbnail()));
		assertEquals(List.of(0, 2, 5), chosen(run, settings(2, 0.9, true)));
		assertEquals(List.of(4, 5), chosen(run, settings(2, 0.9, false)));
	}

	@Test
	void ofAlikeFramesTheOneWithMoreVessel() {
		final List<Candidate> run = run(RUN);
		run.set(5, new Candidate(0, 5, false, 9, run.get(4).thumbnail()));
		run.set(6, new Candidate(0, 6, false, 7, run.get(4).thumbnail()));
		final Candidate.Choice choice = Candidate.choose(run, settings(3, 0, true));
		assertEquals(List.of(3, 4, 7), choice.chosen().stream().map(Candidate::plane).toList());
		assertEquals(2, choice.duplicates());
	}

	@Test
	void aFrameWithoutStructureNever() {
		assertEquals(List.of(), chosen(run(0, 0, 0), settings(2, 0, true)));
		assertEquals(List.of(), chosen(List.of(), settings(2, 0, true)));
	}

	@Test
	void correlationDoesNotMindLevelAndContrast() {
		final byte[] frame = TestFrames.frame(20, 60), paler = frame.clone(), other = TestFrames.frame(35, 60);
		for (int i = 0; i < paler.length; i++)
			paler[i] = (byte) ((paler[i] & 0xff) / 2 + 20);
		assertTrue(thumbnail(frame).isLike(thumbnail(frame), 1));
		assertTrue(thumbnail(frame).isLike(thumbnail(paler), 0.999));
		assertFalse(thumbnail(frame).isLike(thumbnail(other), 0.9));
		assertFalse(thumbnail(new byte[9216]).isLike(thumbnail(new byte[9216]), 0.1));
	}

	/** 48 x 48 px, so that nothing is averaged: x against x + y has the correlation sqrt(1 / 2). */
	@Test
	void correlationByHand() {
		final byte[] x = new byte[48 * 48], sum = x.clone();
		for (int i = 0; i < x.length; i++) {
			x[i] = (byte) (i % 48);
			sum[i] = (byte) (i % 48 + i / 48);
		}
		final Thumbnail a = new Thumbnail(ArrayImgs.unsignedBytes(x, 48, 48));
		final Thumbnail b = new Thumbnail(ArrayImgs.unsignedBytes(sum, 48, 48));
		assertTrue(a.isLike(b, 0.7071));
		assertFalse(a.isLike(b, 0.7072));
	}

	private static Thumbnail thumbnail(final byte[] frame) {
		return new Thumbnail(ArrayImgs.unsignedBytes(frame, TestFrames.SIDE, TestFrames.SIDE));
	}

	private static List<Candidate> run(final double... vessel) {
		final List<Candidate> run = new ArrayList<>();
		for (int i = 0; i < vessel.length; i++)
			run.add(new Candidate(0, i, false, vessel[i], thumbnail(TestFrames.frame(7 * i, 60))));
		return run;
	}

	private static List<Integer> chosen(final List<Candidate> run, final PreparationSettings settings) {
		return Candidate.choose(run, settings).chosen().stream().map(Candidate::plane).toList();
	}

	private static PreparationSettings settings(final int frames, final double share, final boolean keyframes) {
		return new PreparationSettings(SourceForm.FOLDER, "a", frames, share, 0.999, keyframes, Polarity.AUTO);
	}
}
