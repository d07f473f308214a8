package sc.fiji.vasomim.anatomy;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.FileReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

import javax.imageio.ImageIO;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import net.imglib2.img.array.ArrayImgs;
import net.imglib2.parallel.TaskExecutors;

import sc.fiji.vasomim.vesselness.HessianMethod;
import sc.fiji.vasomim.vesselness.Polarity;
import sc.fiji.vasomim.vesselness.Vesselness;
import sc.fiji.vasomim.vesselness.VesselnessFilter;
import sc.fiji.vasomim.vesselness.VesselnessSettings;

/**
 * The study behind the defaults, for docs/vesselness.md; not a test. Arguments: the folder of dca80 (images, masks),
 * the folder of ARCADE's syntax/train, and that every n-th image of ARCADE is taken.
 */
final class DefaultsStudy {

	private record Angiogram(int width, int height, byte[] grey, boolean[] vessels) {}

	public static void main(final String[] arguments) throws IOException {
		final Map<String, List<Angiogram>> sets = new LinkedHashMap<>();
		sets.put("dca80", dca80(new File(arguments[0])));
		sets.put("ARCADE", arcade(new File(arguments[1]), Integer.parseInt(arguments[2])));
		sets.forEach((name, images) -> {
			System.out.printf("%n%s, %d images, vessels called bright by polarity AUTO: %d%n%n", name, images.size(),
				misjudged(images));
			System.out.printf("| mask | Dice [95 %%] | less the default's [95 %%] |%n|---|---|---|%n");
			final double[] standard = dice(images, VascularMaskSettings.DEFAULT);
			candidates().forEach((label, settings) -> {
				final double[] dice = dice(images, settings);
				final double[] difference = dice.clone();
				for (int i = 0; i < dice.length; i++)
					difference[i] -= standard[i];
				System.out.printf("| %s | %s | %s |%n", label, interval(dice), interval(difference));
			});
		});
	}

	private static Map<String, VascularMaskSettings> candidates() {
		final VesselnessSettings frangi = VesselnessSettings.DEFAULT, published = VesselnessSettings.VASOMIM;
		final Map<String, VascularMaskSettings> all = new LinkedHashMap<>();
		all.put("published (preset VasoMIM)", VascularMaskSettings.VASOMIM);
		all.put("published, largest component", mask(published, true, 92, 92, 4, ComponentRule.LARGEST, 1));
		all.put("published, at least 800 px", mask(published, true, 92, 92, 8, ComponentRule.AT_LEAST, 800));
		all.put("**default**", VascularMaskSettings.DEFAULT);
		all.put("Sato", mask(frangi.withFilter(VesselnessFilter.SATO), 800));
		all.put("c = 15", mask(frangi.withC(15), 800));
		all.put("c = half the maximum", mask(frangi.withCPercentile(100), 800));
		all.put("direct kernels", mask(frangi.withMethod(HessianMethod.DIRECT), 800));
		for (final List<Double> sigmas : List.of(List.of(2.0, 3.0, 4.0), List.of(1.5, 2.0, 2.5, 3.0, 3.5),
			List.of(2.0, 3.0, 4.0, 5.0), List.of(2.0, 4.0, 6.0)))
			all.put("sigma " + sigmas, mask(frangi.withSigmas(sigmas), 800));
		for (final int size : new int[] { 1, 200, 400, 600, 1600 })
			all.put("at least " + size + " px", mask(frangi, size));
		all.put("largest component", mask(frangi, false, 92, 92, 8, ComponentRule.LARGEST, 1));
		for (final int percentile : new int[] { 90, 91, 93, 94 })
			all.put("percentile " + percentile, mask(frangi, false, percentile, percentile, 8,
				ComponentRule.AT_LEAST, 800));
		all.put("4-connected", mask(frangi, false, 92, 92, 4, ComponentRule.AT_LEAST, 800));
		all.put("hysteresis 99.5", mask(frangi, false, 92, 99.5, 8, ComponentRule.AT_LEAST, 800));
		return all;
	}

	private static VascularMaskSettings mask(final VesselnessSettings vesselness, final int size) {
		return mask(vesselness, false, 92, 92, 8, ComponentRule.AT_LEAST, size);
	}

	private static VascularMaskSettings mask(final VesselnessSettings vesselness, final boolean truncate,
		final double percentile, final double strong, final int connectivity, final ComponentRule rule, final int size)
	{
		return new VascularMaskSettings(vesselness, truncate, 20, percentile, strong, connectivity, rule, size);
	}

	private static double[] dice(final List<Angiogram> images, final VascularMaskSettings settings) {
		return images.parallelStream().mapToDouble(image -> {
			final boolean[] mask = VascularMask.of(vesselness(image, settings.vesselness()), null, image.width, settings);
			int both = 0, sum = 0;
			for (int i = 0; i < mask.length; i++) {
				if (mask[i] && image.vessels[i]) both++;
				sum += (mask[i] ? 1 : 0) + (image.vessels[i] ? 1 : 0);
			}
			return sum == 0 ? 1 : 2.0 * both / sum;
		}).toArray();
	}

	private static long misjudged(final List<Angiogram> images) {
		final VesselnessSettings sato = VesselnessSettings.DEFAULT.withFilter(VesselnessFilter.SATO);
		return images.parallelStream().filter(image -> !Arrays.equals(vesselness(image, sato), vesselness(image, sato
			.withPolarity(Polarity.AUTO)))).count();
	}

	private static float[] vesselness(final Angiogram image, final VesselnessSettings settings) {
		final float[] response = new float[image.grey.length];
		Vesselness.compute(ArrayImgs.unsignedBytes(image.grey, image.width, image.height), ArrayImgs.floats(response,
			image.width, image.height), settings, TaskExecutors.singleThreaded());
		return response;
	}

	/** Mean, and what 95 % of 2000 bootstrap samples of the images lie in. */
	private static String interval(final double[] values) {
		final Random random = new Random(1);
		final double[] means = IntStream.range(0, 2000).mapToDouble(i -> random.ints(values.length, 0, values.length)
			.mapToDouble(k -> values[k]).average().orElseThrow()).sorted().toArray();
		final double mean = Arrays.stream(values).average().orElseThrow();
		return String.format("%.3f [%.3f, %.3f]", mean, means[50], means[1949]);
	}

	private static List<Angiogram> dca80(final File folder) throws IOException {
		final List<Angiogram> images = new ArrayList<>();
		final File[] files = new File(folder, "images").listFiles();
		Arrays.sort(files);
		for (final File file : files)
			images.add(angiogram(ImageIO.read(file), ImageIO.read(new File(folder, "masks/" + file.getName()))));
		return images;
	}

	/** The union of all segments is the truth. */
	private static List<Angiogram> arcade(final File folder, final int step) throws IOException {
		final Map<Integer, BufferedImage> images = new TreeMap<>(), masks = new TreeMap<>();
		final JsonObject coco;
		try (Reader reader = new FileReader(new File(folder, "annotations/train.json"))) {
			coco = JsonParser.parseReader(reader).getAsJsonObject();
		}
		for (final JsonElement element : coco.getAsJsonArray("images")) {
			final int id = element.getAsJsonObject().get("id").getAsInt();
			if (id % step != 0) continue;
			images.put(id, ImageIO.read(new File(folder, "images/" + element.getAsJsonObject().get("file_name")
				.getAsString())));
			masks.put(id, new BufferedImage(images.get(id).getWidth(), images.get(id).getHeight(),
				BufferedImage.TYPE_BYTE_GRAY));
		}
		for (final JsonElement element : coco.getAsJsonArray("annotations")) {
			final BufferedImage mask = masks.get(element.getAsJsonObject().get("image_id").getAsInt());
			if (mask == null) continue;
			final Graphics2D graphics = mask.createGraphics();
			graphics.setColor(Color.WHITE);
			for (final JsonElement polygon : element.getAsJsonObject().getAsJsonArray("segmentation"))
				graphics.fill(path(polygon.getAsJsonArray().asList()));
		}
		final List<Angiogram> result = new ArrayList<>();
		images.forEach((id, image) -> result.add(angiogram(image, masks.get(id))));
		return result;
	}

	private static Path2D path(final List<JsonElement> coordinates) {
		final Path2D path = new Path2D.Double();
		for (int i = 0; i + 1 < coordinates.size(); i += 2) {
			final double x = coordinates.get(i).getAsDouble() + 0.5, y = coordinates.get(i + 1).getAsDouble() + 0.5;
			if (i == 0) path.moveTo(x, y);
			else path.lineTo(x, y);
		}
		path.closePath();
		return path;
	}

	private static Angiogram angiogram(final BufferedImage image, final BufferedImage mask) {
		final int width = image.getWidth(), height = image.getHeight();
		final byte[] grey = new byte[width * height];
		final boolean[] vessels = new boolean[width * height];
		for (int i = 0; i < grey.length; i++) {
			grey[i] = (byte) image.getRaster().getSample(i % width, i / width, 0);
			vessels[i] = mask.getRaster().getSample(i % width, i / width, 0) > 127;
		}
		return new Angiogram(width, height, grey, vessels);
	}
}
