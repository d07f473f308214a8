package sc.fiji.vasomim.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;

import sc.fiji.vasomim.dataset.CocoFile.Entry;

/** Boxes of a COCO annotation file: {@code bbox}, with {@code iscrowd} and {@code ignore}. */
final class CocoBoxes {

	private CocoBoxes() {}

	/** The classes are its categories that occur, in ascending order of their ids. */
	static BoxListing open(final Path images, final Path file, final Consumer<String> log) throws IOException {
		final String source = file.getFileName().toString();
		final CocoFile<DrawnBox> coco = CocoFile.read(file, (number, entry, image) -> box(source + ", annotation " + number,
			entry));
		final List<BoxedFile> files = CocoImages.of(coco, images, source, log).stream().map(drawn -> new BoxedFile(drawn
			.name(), drawn.file(), drawn.image().width(), drawn.image().height(), drawn.annotations().stream().map(
				annotation -> annotation.drawing().named(annotation.category())).toList())).toList();
		return new BoxListing(files, coco.used());
	}

	private static DrawnBox box(final String where, final Entry entry) throws IOException {
		CocoFile.require(entry.bbox() != null && entry.bbox().isJsonArray(), "\"bbox\" is missing");
		final JsonArray numbers = entry.bbox().getAsJsonArray();
		CocoFile.require(numbers.size() == 4, "\"bbox\" must be x, y, width and height, but has " + numbers.size() +
			" numbers");
		return new DrawnBox(where, "", numbers.get(0).getAsDouble(), numbers.get(1).getAsDouble(), numbers.get(2)
			.getAsDouble(), numbers.get(3).getAsDouble(), isSet(entry.iscrowd()), isSet(entry.ignore()));
	}

	/** Some write 1, some true. */
	private static boolean isSet(final JsonElement flag) {
		return flag != null && !flag.isJsonNull() && (flag.getAsJsonPrimitive().isBoolean() ? flag.getAsBoolean() : flag
			.getAsDouble() != 0);
	}
}
