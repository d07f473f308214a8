package sc.fiji.vasomim.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.scijava.command.CommandModule;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Roi;
import ij.measure.Calibration;
import ij.plugin.Duplicator;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.LUT;

import sc.fiji.vasomim.vesselness.Fixture;
import sc.fiji.vasomim.vesselness.Polarity;
import sc.fiji.vasomim.vesselness.Vesselness;
import sc.fiji.vasomim.vesselness.VesselnessSettings;

class FrangiVesselFilterTest {

	private static CommandBench bench;

	@BeforeAll
	static void open() {
		bench = new CommandBench();
	}

	@AfterAll
	static void close() {
		bench.close();
	}

	/** Against the float64 reference; cascaded scales are near it but for 1 pixel in 1000, where V jumps. */
	@ParameterizedTest
	@CsvSource({ "frangi, dark, frangi98_black_tree_u8, 15", "frangi, bright, frangi98_white_tree_u8, 15",
		"frangi, dark, frangi98_black_tree_u16, 3600", "sato, dark, sato_black_tree_u8, 0",
		"sato, bright, sato_white_tree_u16, 0" })
	void vesselnessEqualsTheReference(final String filter, final String polarity, final String reference, final double c) {
		final boolean bytes = reference.endsWith("u8");
		final Fixture input = Fixture.read(bytes ? "inputs/tree_u8" : "inputs/tree_u16");
		final ImagePlus image = new ImagePlus("tree", bytes ? TestImages.bytes(input) : TestImages.shorts(input));
		final ImagePlus output = filter(image, "filter", filter, "vessels", polarity, "c", c);
		final float[] expected = Fixture.read("reference/" + reference).values();
		final float[] actual = (float[]) output.getProcessor().getPixels();
		final double[] errors = new double[expected.length];
		double max = 0;
		for (int i = 0; i < errors.length; i++) {
			errors[i] = Math.abs(expected[i] - actual[i]);
			max = Math.max(max, expected[i]);
		}
		Arrays.sort(errors);
		final double error = errors[(int) (0.999 * errors.length) - 1];
		assertTrue(error <= 3e-5 * max, "errs by " + error + " of " + max);
	}

	@Test
	void theOutputHasTheInputsPlaceAndTheInputStaysAsItIs() {
		final ImagePlus image = TestImages.tree();
		final Object pixels = ((byte[]) image.getProcessor().getPixels()).clone();
		final String space = TestImages.space(image);
		final Roi roi = image.getRoi();
		final ImagePlus output = filter(image);
		assertEquals(32, output.getBitDepth());
		assertEquals("vesselness of tree", output.getTitle());
		assertEquals("0.3 x 0.3 x 1.0 mm", TestImages.space(output));
		assertEquals(space, TestImages.space(image));
		assertNotSame(image.getCalibration(), output.getCalibration());
		assertArrayEquals((byte[]) pixels, (byte[]) image.getProcessor().getPixels());
		assertEquals(roi, image.getRoi());
		assertEquals(roi.getBounds(), image.getProcessor().getRoi());
		assertEquals(1, image.getOverlay().size());
		assertEquals("tree", image.getTitle());
		assertFalse(image.changes);
	}

	@Test
	void theMeaningOfPixelValuesIsNotTheOutputs() {
		final ImagePlus image = TestImages.tree();
		image.getCalibration().setFunction(Calibration.STRAIGHT_LINE, new double[] { -1024, 2 }, "HU");
		final Calibration calibration = filter(image).getCalibration();
		assertFalse(calibration.calibrated());
		assertEquals(0.3, calibration.pixelWidth);
		assertTrue(image.getCalibration().calibrated());
	}

	@Test
	void eachPlaneOfAHyperstackIsFilteredInItsPlace() {
		final ImagePlus image = TestImages.hyperstack();
		final ImagePlus output = filter(image, "c", 15);
		assertArrayEquals(new int[] { 64, 64, 2, 3, 2 }, output.getDimensions());
		assertTrue(output.isHyperStack());
		assertEquals(2, output.getCalibration().pixelDepth);
		for (int i = 1; i <= 12; i++) {
			assertEquals("plane " + (i - 1), output.getStack().getSliceLabel(i), "without what DICOM says of a patient");
			final ImagePlus alone = filter(new ImagePlus("", image.getStack().getProcessor(i)), "c", 15);
			assertArrayEquals((float[]) alone.getProcessor().getPixels(), (float[]) output.getStack().getPixels(i));
		}
	}

	/** An automatic c is that of all planes, so that a run does not flicker. */
	@Test
	void planesShareTheAutomaticC() {
		final ImageStack stack = new ImageStack();
		stack.addSlice(TestImages.tree().getProcessor());
		stack.addSlice(TestImages.tree().getProcessor().duplicate());
		stack.getProcessor(2).multiply(0.25);
		final ImagePlus output = filter(new ImagePlus("run", stack), "autoc", "maximum");
		final ImagePlus first = filter(new ImagePlus("first", stack.getProcessor(1)), "autoc", "maximum");
		assertArrayEquals((float[]) first.getProcessor().getPixels(), (float[]) output.getStack().getPixels(1));
		assertTrue(output.getStack().getProcessor(2).getStats().max < 0.5 * first.getProcessor().getStats().max);
	}

	@Test
	void eachChannelAndFrameOfAHyperstackIsAVolume() {
		final ImagePlus image = TestImages.hyperstack();
		final ImagePlus output = filter(image, "c", 15, "volume", true);
		for (int channel = 1; channel <= 2; channel++)
			for (int frame = 1; frame <= 2; frame++) {
				final ImagePlus volume = new Duplicator().run(image, channel, channel, 1, 3, frame, frame);
				final ImagePlus alone = filter(volume, "c", 15, "volume", true);
				for (int slice = 1; slice <= 3; slice++)
					assertArrayEquals((float[]) alone.getStack().getPixels(slice), (float[]) output.getStack().getPixels(output
						.getStackIndex(channel, slice, frame)));
			}
	}

	@Test
	void volumesNeedSlices() {
		final ImagePlus run = TestImages.hyperstack();
		run.setDimensions(1, 1, 12);
		CommandBench.assertRefused(bench.run(FrangiVesselFilter.class, "input", run, "volume", true), "volume: ",
			"has 1", "Switch it off");
	}

	/** 0.6 mm at 0.3 mm a pixel are 2 px. */
	@Test
	void scalesMayBeInTheUnitOfThePixelSize() {
		final ImagePlus calibrated = filter(TestImages.tree(), "sigmas", "0.6", "calibrated", true, "c", 15);
		final ImagePlus pixels = filter(TestImages.tree(), "sigmas", "2", "c", 15);
		assertArrayEquals((float[]) pixels.getProcessor().getPixels(), (float[]) calibrated.getProcessor().getPixels(),
			1e-6f);
	}

	@Test
	void aRangeGivesTheScalesOfItsList() {
		assertSame(filter(whole(), "sigmas", "1, 2, 4"), filter(whole(), "scales", "logarithmic", "smallest", 1, "largest", 4,
			"steps", 3));
		assertSame(filter(whole(), "sigmas", "1.5, 2.5"), filter(whole(), "scales", "linear", "smallest", 1.5, "largest", 2.5,
			"steps", 2));
	}

	@Test
	void theAutomaticCIsHalfThePercentileOrTheMaximum() {
		final VesselnessSettings best = VesselnessSettings.DEFAULT;
		assertSame(vesselness(best.withCPercentile(99.5)), filter(whole()));
		assertSame(vesselness(best.withCPercentile(100)), filter(whole(), "autoc", "maximum"));
	}

	@Test
	void presetsAreTheSettingsOfTheirName() {
		assertSame(vesselness(VesselnessSettings.FRANGI_1998), filter(whole(), "preset", "Frangi 1998"));
		assertSame(vesselness(VesselnessSettings.FRANGI_1998.withSigmas(List.of(2.0))), filter(whole(), "preset",
			"Frangi 1998", "sigmas", "2"));
		assertSame(vesselness(VesselnessSettings.VASOMIM), filter(whole(), "preset", "VasoMIM"));
		assertSame(vesselness(VesselnessSettings.VASOMIM.withPolarity(Polarity.BRIGHT)), filter(whole(), "preset", "VasoMIM",
			"vessels", "bright"));
	}

	@ParameterizedTest
	@CsvSource({ "Frangi 1998, filter, sato", "Frangi 1998, autoc, maximum", "VasoMIM, filter, tubeness", "VasoMIM, sigmas, 2" })
	void presetsRefuseWhatTheyFix(final String preset, final String key, final Object value) {
		CommandBench.assertRefused(bench.run(FrangiVesselFilter.class, "input", whole(), "preset", preset, key, value),
			"preset: " + preset + " fixes ", key.replace("sigmas", "scales"), "use the preset default");
	}

	@Test
	void presetsRefuseNumbersAndBoxesThatTheyFix() {
		for (final String preset : List.of("Frangi 1998", "VasoMIM"))
			for (final String key : List.of("alpha", "beta", "c"))
				CommandBench.assertRefused(bench.run(FrangiVesselFilter.class, "input", whole(), "preset", preset, key, 0.7),
					"preset: " + preset + " fixes ", key);
		CommandBench.assertRefused(bench.run(FrangiVesselFilter.class, "input", whole(), "preset", "VasoMIM", "calibrated",
			true), "preset: VasoMIM fixes ", "calibrated");
		CommandBench.assertRefused(bench.run(FrangiVesselFilter.class, "input", TestImages.hyperstack(), "preset", "VasoMIM",
			"volume", true), "preset: VasoMIM fixes ", "volume");
	}

	@Test
	void polarityMayBeFound() {
		final ImagePlus bright = whole();
		bright.getProcessor().invert();
		for (final String filter : List.of("frangi", "sato", "tubeness")) {
			final ImagePlus expected = filter(whole(), "filter", filter);
			assertSame(expected, filter(whole(), "filter", filter, "vessels", "auto"));
			assertSame(expected, filter(bright, "filter", filter, "vessels", "auto"));
		}
	}

	@Test
	void aConstantImageGivesZero() {
		for (final String filter : List.of("frangi", "sato", "tubeness")) {
			final ImageProcessor flat = new FloatProcessor(40, 30);
			flat.add(1234.5);
			assertEquals(0, filter(new ImagePlus("flat", flat), "filter", filter, "vessels", "both").getProcessor()
				.getStats().max);
		}
	}

	/** A ridge that rises to the right by 30 degrees, as Fiji counts them, of width 2: sqrt 2 times that answers best. */
	@Test
	void scaleAndDirectionComeOnRequest() {
		final double angle = Math.toRadians(30);
		final ImageProcessor ridge = new FloatProcessor(101, 101);
		for (int y = 0; y < 101; y++)
			for (int x = 0; x < 101; x++)
				ridge.setf(x, y, (float) -Math.exp(-Math.pow((50 - y) * Math.cos(angle) - (x - 50) * Math.sin(angle), 2) / 8));
		final ImagePlus image = new ImagePlus("ridge", ridge);
		image.getCalibration().pixelWidth = image.getCalibration().pixelHeight = 0.5;
		image.getCalibration().setUnit("mm");
		final CommandModule module = bench.succeed(FrangiVesselFilter.class, "input", image, "withscale", true,
			"withdirection", true, "sigmas", "1, " + Math.sqrt(2) + ", 2", "calibrated", true);
		final ImagePlus scale = (ImagePlus) module.getOutput("scale"), direction = (ImagePlus) module.getOutput("direction");
		assertEquals("scale of ridge", scale.getTitle());
		assertEquals("direction of ridge", direction.getTitle());
		assertEquals(0.5, direction.getCalibration().pixelWidth);
		assertEquals(Math.sqrt(2), scale.getProcessor().getf(50, 50), 1e-6);
		assertEquals(30, direction.getProcessor().getf(50, 50), 1e-3);
		// Far from the ridge nothing responds: there is no direction.
		assertEquals(0, scale.getProcessor().getf(50, 66));
		assertTrue(Float.isNaN(direction.getProcessor().getf(50, 66)));
		final CommandModule without = bench.succeed(FrangiVesselFilter.class, "input", image);
		assertNull(without.getOutput("scale"));
		assertNull(without.getOutput("direction"));
	}

	@Test
	void volumesHaveNoDirection() {
		CommandBench.assertRefused(bench.run(FrangiVesselFilter.class, "input", TestImages.hyperstack(), "volume", true,
			"withdirection", true), "withdirection: ", "volume", "Switch one of them off");
		final CommandModule module = bench.succeed(FrangiVesselFilter.class, "input", TestImages.hyperstack(), "volume", true,
			"withscale", true);
		assertEquals(12, ((ImagePlus) module.getOutput("scale")).getStackSize());
	}

	/** The tree without a selection. */
	private static ImagePlus whole() {
		final ImagePlus image = TestImages.tree();
		image.deleteRoi();
		return image;
	}

	private static ImagePlus vesselness(final VesselnessSettings settings) {
		return new ImagePlus("", Frames.toProcessor(Vesselness.compute(Fixture.read("inputs/tree_u8").bytes(), settings)));
	}

	private static void assertSame(final ImagePlus expected, final ImagePlus actual) {
		assertArrayEquals((float[]) expected.getProcessor().getPixels(), (float[]) actual.getProcessor().getPixels());
	}

	private static ImagePlus filter(final ImagePlus image, final Object... settings) {
		final Object[] inputs = Arrays.copyOf(new Object[] { "input", image }, 2 + settings.length);
		System.arraycopy(settings, 0, inputs, 2, settings.length);
		return (ImagePlus) bench.succeed(FrangiVesselFilter.class, inputs).getOutput("output");
	}

	/** Dark is what looks dark: the header turns the grey values round. */
	@Test
	void largestValuesThatAreShownBlackAreDark() {
		final ImagePlus inverted = TestImages.tree();
		inverted.killRoi();
		inverted.getProcessor().invert();
		inverted.setProperty("Info", "0028,0004  Photometric Interpretation: MONOCHROME1 \n");
		final ImagePlus image = TestImages.tree();
		image.killRoi();
		assertArrayEquals((float[]) filter(image).getProcessor().getPixels(), (float[]) filter(inverted).getProcessor()
			.getPixels());
		assertTrue(bench.warnings().stream().anyMatch(w -> w.contains("MONOCHROME1")));
	}

	/** A palette that shows i as 255 - i: what is filtered is what is seen. */
	@Test
	void coloursOfAPaletteAreFilteredAndNotTheirNumbers() {
		final ImagePlus image = TestImages.tree();
		image.killRoi();
		final byte[] falling = new byte[256];
		for (int i = 0; i < 256; i++)
			falling[i] = (byte) (255 - i);
		final byte[] almost = falling.clone();
		almost[255] = 1; // one colour that is no grey makes it a colour palette
		final ImagePlus palette = image.duplicate();
		palette.getProcessor().invert();
		palette.getProcessor().setLut(new LUT(falling, almost, falling));
		assertTrue(palette.getProcessor().isColorLut());
		assertArrayEquals((float[]) filter(image).getProcessor().getPixels(), (float[]) filter(palette).getProcessor()
			.getPixels(), 1e-6f);
	}

	/** On 16 bits, colours and the range that is displayed are for the eye. */
	@Test
	void coloursOfSixteenBitsChangeNothing() {
		final ImagePlus image = TestImages.tree();
		image.killRoi();
		final ImagePlus plain = new ImagePlus("plain", image.getProcessor().convertToShort(false));
		final ImagePlus coloured = new ImagePlus("coloured", image.getProcessor().convertToShort(false));
		coloured.setLut(LUT.createLutFromColor(Color.ORANGE));
		coloured.setDisplayRange(100, 110);
		assertArrayEquals((float[]) filter(plain).getProcessor().getPixels(), (float[]) filter(coloured).getProcessor()
			.getPixels());
	}

	/** Bright on a screen that shows large values black. */
	@Test
	void anInvertingLutIsSeen() {
		final ImagePlus image = TestImages.tree();
		image.killRoi();
		final ImagePlus inverse = image.duplicate();
		inverse.getProcessor().invert();
		inverse.getProcessor().invertLut();
		assertArrayEquals((float[]) filter(image).getProcessor().getPixels(), (float[]) filter(inverse).getProcessor()
			.getPixels(), 1e-6f);
	}

	@ParameterizedTest
	@CsvSource({ "sato, beta, 0.3", "sato, c, 15", "tubeness, autoc, maximum", "frangi, alpha, 0.3" })
	void whatAFilterHasNoUseForIsRefused(final String filter, final String key, final String value) {
		final Object typed = value.matches("[0-9.]+") ? (Object) Double.valueOf(value) : value;
		CommandBench.assertRefused(bench.run(FrangiVesselFilter.class, "input", TestImages.tree(), "filter", filter, key,
			typed), key + ": was set", "Leave it out");
	}

	@Test
	void calibratedScalesNeedACalibration() {
		final ImagePlus image = new ImagePlus("bare", TestImages.tree().getProcessor());
		CommandBench.assertRefused(bench.run(FrangiVesselFilter.class, "input", image, "calibrated", true),
			"calibrated: was set", "bare has no calibration");
	}
}
