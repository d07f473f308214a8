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

class HeldOutTest {

	private final List<String> log = new ArrayList<>();

	private static BoxedImages images(final List<String> names) {
		return new BoxedImages(names.stream().map(name -> new BoxedImage(name, new byte[1], 1, 1, List.of())).toList(), List
			.of("stenosis"));
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
		final HeldOut parts = HeldOut.of(images(names), 0.25, 3, log::add);
		assertEquals(8, parts.validation().images().size());
		final Set<String> held = names(parts.validation()).stream().map(HeldOut::patient).collect(Collectors.toSet());
		assertEquals(2, held.size());
		assertTrue(names(parts.training()).stream().map(HeldOut::patient).noneMatch(held::contains));
		final Set<String> all = new HashSet<>(names(parts.training()));
		all.addAll(names(parts.validation()));
		assertEquals(new HashSet<>(names), all);
		assertEquals(List.of("8 of 40 images are held out for validation, those of 2 of 10 patients or sequences, by their names"),
			log);
		assertEquals(names(parts.validation()), names(HeldOut.of(images(names), 0.25, 3, log::add).validation()));
		assertNotEquals(names(parts.validation()), names(HeldOut.of(images(names), 0.25, 4, log::add).validation()));
	}

	@Test
	void namesWithoutPatientsAreSplitImageByImage() {
		final List<String> names = IntStream.range(0, 10).mapToObj(i -> i + ".png").toList();
		assertEquals(2, HeldOut.of(images(names), 0.2, 0, log::add).validation().images().size());
		assertEquals(List.of("2 of 10 images are held out for validation; their names tell no patients"), log);
	}

	/** Of two patients the smaller is held out, however large the share that was asked for. */
	@Test
	void onePatientAtLeastIsOnEachSide() {
		final List<String> names = List.of("1_1.png", "1_2.png", "1_3.png", "2_1.png", "2_2.png");
		assertEquals(List.of("2_1.png", "2_2.png"), names(HeldOut.of(images(names), 0.1, 0, log::add).validation()));
		assertEquals(5, HeldOut.of(images(names), 0.99, 0, log::add).training().images().size() + HeldOut.of(images(names),
			0.99, 0, log::add).validation().images().size());
		assertTrue(HeldOut.of(images(names), 0.99, 0, log::add).training().images().size() > 0);
	}

	@Test
	void aSinglePatientIsRefused() {
		final Exception e = assertThrows(IllegalArgumentException.class, () -> HeldOut.of(images(List.of("14_2_1.png",
			"14_3_1.png")), 0.2, 0, log::add));
		assertEquals("holdout: all 2 images are of one patient or sequence, by their names: [14]. Name validation images.", e
			.getMessage());
	}
}
