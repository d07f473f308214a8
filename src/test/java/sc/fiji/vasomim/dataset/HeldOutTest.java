package sc.fiji.vasomim.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import sc.fiji.vasomim.metrics.Box;
import sc.fiji.vasomim.metrics.TrueBox;
import sc.fiji.vasomim.torch.CounterRandom;
import sc.fiji.vasomim.torch.CounterRandom.Purpose;

class HeldOutTest {

	private final List<String> log = new ArrayList<>();

	private static final TrueBox BOX = new TrueBox(new Box(0, 0, 1, 1), 1);

	/** Of one px each: no twins. */
	private static BoxedImages images(final List<String> names) {
		return new BoxedImages(names.stream().map(name -> new BoxedImage(name, new byte[1], 1, 1, List.of(BOX))).toList(), List
			.of("stenosis"));
	}

	private HeldOut split(final BoxedImages images, final double share, final long seed) {
		return HeldOut.of(images, share, new CounterRandom(seed, Purpose.SPLIT, 0, 0)::permutation, log::add);
	}

	private static List<String> names(final BoxedImages images) {
		return images.images().stream().map(BoxedImage::name).toList();
	}

	@ParameterizedTest
	@CsvSource({ "14_002_5_0016.bmp, 14", "14_002_5.bmp, 14", "p01-f003.png, p01", "IM_3_7.png, IM_3", "img_001.png, img_001",
		"676.jpg, 676", "frame.png, frame", "patient7/run2/0001.png, patient7", "a.b_1_2.png, a.b_1" })
	void namesTellPatients(final String name, final String patient) {
		assertEquals(patient, HeldOut.patient(name));
	}

	/** Ten patients of four frames: a quarter of 40 is ten frames, of which whole patients fill eight. */
	@Test
	void aPatientIsNeverOnBothSides() {
		final List<String> names = IntStream.range(0, 40).mapToObj(i -> i / 4 + "_1_" + i % 4 + ".png").toList();
		final HeldOut parts = split(images(names), 0.25, 3);
		assertEquals(8, parts.validation().images().size());
		final Set<String> held = names(parts.validation()).stream().map(HeldOut::patient).collect(Collectors.toSet());
		assertEquals(2, held.size());
		assertTrue(names(parts.training()).stream().map(HeldOut::patient).noneMatch(held::contains));
		final Set<String> all = new HashSet<>(names(parts.training()));
		all.addAll(names(parts.validation()));
		assertEquals(new HashSet<>(names), all);
		assertEquals(List.of("8 of 40 images are held out for validation, those of 2 of 10 patients or sequences, by their names"),
			log);
		assertEquals(names(parts.validation()), names(split(images(names), 0.25, 3).validation()));
		assertNotEquals(names(parts.validation()), names(split(images(names), 0.25, 4).validation()));
	}

	@Test
	void namesWithoutPatientsAreSplitImageByImage() {
		final List<String> names = IntStream.range(0, 10).mapToObj(i -> i + ".png").toList();
		assertEquals(2, split(images(names), 0.2, 0).validation().images().size());
		assertEquals(List.of("2 of 10 images are held out for validation; their names tell no patients"), log);
	}

	/** Of two patients the smaller is held out, however large the share that was asked for. */
	@Test
	void onePatientAtLeastIsOnEachSide() {
		final List<String> names = List.of("1_1.png", "1_2.png", "1_3.png", "2_1.png", "2_2.png");
		assertEquals(List.of("2_1.png", "2_2.png"), names(split(images(names), 0.1, 0).validation()));
		assertEquals(5, split(images(names), 0.99, 0).training().images().size() + split(images(names), 0.99, 0).validation().images().size());
		assertTrue(split(images(names), 0.99, 0).training().images().size() > 0);
	}

	@Test
	void aSinglePatientIsRefused() {
		final Exception e = assertThrows(IllegalArgumentException.class, () -> split(images(List.of("14_2_1.png",
			"14_3_1.png")), 0.2, 0));
		assertEquals("holdout: all 2 images are of one patient or sequence, by their names, or twins: 14. Name validation images.", e
			.getMessage());
	}

	/** Two of twenty images have a box: by chance, four held out would have none in 59 of 100 draws. */
	@Test
	void bothPartsHaveABoxToFind() {
		final List<BoxedImage> images = new ArrayList<>();
		for (int i = 0; i < 20; i++)
			images.add(new BoxedImage(i + ".png", new byte[1], 1, 1, i == 3 || i == 11 ? List.of(BOX) : List.of(new TrueBox(BOX
				.box(), 1, i % 2 == 0, i % 2 != 0))));
		for (int seed = 0; seed < 20; seed++) {
			final HeldOut parts = split(new BoxedImages(images, List.of("stenosis")), 0.2, seed);
			assertTrue(parts.training().hasTruth() && parts.validation().hasTruth(), names(parts.validation()).toString());
			assertEquals(4, parts.validation().images().size());
		}
		images.set(3, images.get(4));
		final Exception e = assertThrows(IllegalArgumentException.class, () -> split(new BoxedImages(images, List.of(
			"stenosis")), 0.2, 0));
		assertTrue(e.getMessage().startsWith("holdout: ") && e.getMessage().contains("but 1 has. Draw more, or name validation"), e
			.getMessage());
	}

	/** Image 2 i + 1 is image 2 i, a grey level brighter. */
	@Test
	void twinsAreNeverOnBothSides() {
		final List<BoxedImage> images = new ArrayList<>();
		for (int i = 0; i < 12; i++) {
			final CounterRandom random = new CounterRandom(1, Purpose.NOISE, 0, i / 2);
			final byte[] pixels = new byte[48 * 48];
			for (int p = 0; p < pixels.length; p++)
				pixels[p] = (byte) (random.nextInt(200) + i % 2);
			images.add(new BoxedImage(i + ".png", pixels, 48, 48, List.of(BOX)));
		}
		for (int seed = 0; seed < 10; seed++) {
			final List<Integer> held = names(split(new BoxedImages(images, List.of("stenosis")), 0.34, seed).validation()).stream()
				.map(name -> Integer.valueOf(name.replace(".png", ""))).toList();
			assertEquals(4, held.size());
			for (final int i : held)
				assertTrue(held.contains(i ^ 1), held.toString());
		}
		assertEquals("4 of 12 images are held out for validation; their names tell no patients; twins stay on one side", log
			.get(0));
	}
}
