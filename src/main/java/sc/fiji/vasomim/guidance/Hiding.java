package sc.fiji.vasomim.guidance;

/** How the hidden patches of an image are chosen, with all that the choice depends on besides the image. */
public sealed interface Hiding {

	/** As the caption of a picture has it. */
	String words();

	/**
	 * Drawn uniformly.
	 *
	 * @param maskRatio share of the patches that is hidden, in (0, 1)
	 * @param seed of the draws
	 */
	record Random(double maskRatio, long seed) implements Hiding {

		public Random {
			// Refuses an impossible ratio now, not when the first image is there.
			unguided(maskRatio);
		}

		private static MaskSchedule unguided(final double maskRatio) {
			return new MaskSchedule(maskRatio, 0, 0);
		}

		/** How many of so many patches. */
		public int hidden(final int patches) {
			return unguided(maskRatio).hidden(patches);
		}

		@Override
		public String words() {
			return "drawn at random";
		}
	}

	/**
	 * As pre-training does.
	 *
	 * @param masking what decides which patches
	 * @param epoch of the pre-training, from 1; of all epochs
	 * @param seed of the draws
	 */
	record Guided(MaskingSettings masking, int epoch, int epochs, long seed) implements Hiding {

		public Guided {
			MaskSchedule.checkEpoch(epoch, epochs);
		}

		@Override
		public String words() {
			return "chosen as in epoch " + epoch + " of " + epochs + " of pre-training";
		}
	}

	/** By a selection. */
	record Painted() implements Hiding {

		@Override
		public String words() {
			return "painted";
		}
	}
}
