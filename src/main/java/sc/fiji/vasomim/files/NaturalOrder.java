package sc.fiji.vasomim.files;

import java.nio.file.Path;
import java.util.Comparator;

/**
 * Orders relative paths as people do: folder by folder, numbers by their value ({@code frame9} before
 * {@code frame10}), letters regardless of case. Different paths are never equal, so the order is the same everywhere.
 */
public final class NaturalOrder implements Comparator<Path> {

	@Override
	public int compare(final Path a, final Path b) {
		for (int i = 0; i < Math.min(a.getNameCount(), b.getNameCount()); i++) {
			final String nameA = a.getName(i).toString();
			final String nameB = b.getName(i).toString();
			final int byValue = compare(nameA, nameB);
			if (byValue != 0) return byValue;
			final int exact = nameA.compareTo(nameB);
			if (exact != 0) return exact;
		}
		return Integer.compare(a.getNameCount(), b.getNameCount());
	}

	private static int compare(final String a, final String b) {
		int i = 0;
		int j = 0;
		while (i < a.length() && j < b.length()) {
			final int endA = endOfNumber(a, i);
			final int endB = endOfNumber(b, j);
			if (endA > i && endB > j) {
				final String numberA = a.substring(i, endA).replaceFirst("^0+", "");
				final String numberB = b.substring(j, endB).replaceFirst("^0+", "");
				final int byLength = Integer.compare(numberA.length(), numberB.length());
				final int byValue = byLength != 0 ? byLength : numberA.compareTo(numberB);
				if (byValue != 0) return byValue;
				i = endA;
				j = endB;
			}
			else {
				final int byLetter = Character.compare(lower(a.charAt(i++)), lower(b.charAt(j++)));
				if (byLetter != 0) return byLetter;
			}
		}
		return Integer.compare(a.length() - i, b.length() - j);
	}

	private static int endOfNumber(final String text, final int start) {
		int end = start;
		while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') end++;
		return end;
	}

	private static char lower(final char letter) {
		return Character.toLowerCase(Character.toUpperCase(letter));
	}
}
