package sc.fiji.vasomim.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

import sc.fiji.vasomim.files.AtomicFile;

/**
 * The boxes of one image in the XML of Pascal VOC (Everingham et al. 2010), as LabelImg writes it too. Corners are
 * numbers of pixels, from 1, both included; {@code difficult} ones need not be found. Entities are not read: a document
 * type is an error.
 *
 * @param width of the image in px; 0 if the file does not state it
 * @param height likewise
 */
record VocFile(int width, int height, List<DrawnBox> boxes) {

	/** In bytes: more is a mistake. */
	private static final long LARGEST = 1 << 24;

	private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";

	/** @throws IOException naming the file, if it is damaged, too large, something else, or has a document type */
	static VocFile read(final Path file) throws IOException {
		try {
			if (Files.size(file) > LARGEST) throw new IOException("it is larger than " + (LARGEST >> 20) + " MiB");
			final Element root = parse(file);
			if (!root.getTagName().equals("annotation")) throw new IOException("it holds <" + root.getTagName() +
				"> in place of <annotation>");
			return of(root, file.getFileName().toString());
		}
		catch (final IOException | RuntimeException e) {
			throw new IOException("Cannot read " + file + " as Pascal VOC annotations: " + AtomicFile.reason(e), e);
		}
	}

	private static Element parse(final Path file) throws IOException {
		// Java's own: another parser on the class path may know other switches.
		final DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
		try (InputStream stream = Files.newInputStream(file)) {
			factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
			factory.setFeature(NO_DOCTYPE, true);
			final DocumentBuilder builder = factory.newDocumentBuilder();
			// Else errors are printed.
			builder.setErrorHandler(new DefaultHandler());
			return builder.parse(stream).getDocumentElement();
		}
		catch (final SAXException e) {
			throw new IOException(e.getMessage().contains("DOCTYPE")
				? "it has a DOCTYPE, by which it could read other files or fill the memory. Remove it" : e.getMessage(), e);
		}
		catch (final ParserConfigurationException e) {
			throw new IllegalStateException(e);
		}
	}

	private static VocFile of(final Element root, final String source) throws IOException {
		final List<DrawnBox> boxes = new ArrayList<>();
		for (final Element object : children(root, "object"))
			boxes.add(box(object, source + ", object " + (boxes.size() + 1)));
		final List<Element> size = children(root, "size");
		return size.isEmpty() ? new VocFile(0, 0, boxes) : new VocFile((int) number(size.get(0), "width", source),
			(int) number(size.get(0), "height", source), boxes);
	}

	private static DrawnBox box(final Element object, final String where) throws IOException {
		final Element corners = child(object, "bndbox", where);
		final double left = number(corners, "xmin", where) - 1;
		final double top = number(corners, "ymin", where) - 1;
		final boolean difficult = !children(object, "difficult").isEmpty() && number(object, "difficult", where) != 0;
		return new DrawnBox(where, child(object, "name", where).getTextContent().strip(), left, top, number(corners, "xmax",
			where) - left, number(corners, "ymax", where) - top, false, difficult);
	}

	private static double number(final Element parent, final String name, final String where) throws IOException {
		final String text = child(parent, name, where).getTextContent().strip();
		try {
			return Double.parseDouble(text);
		}
		catch (final NumberFormatException e) {
			throw new IOException(where + ": <" + name + "> must be a number, but was " + text, e);
		}
	}

	private static Element child(final Element parent, final String name, final String where) throws IOException {
		final List<Element> found = children(parent, name);
		if (found.size() != 1) throw new IOException(where + ": there must be one <" + name + "> in <" + parent
			.getTagName() + ">, but there are " + found.size());
		return found.get(0);
	}

	private static List<Element> children(final Element parent, final String name) {
		final List<Element> found = new ArrayList<>();
		for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling())
			if (node instanceof Element && ((Element) node).getTagName().equals(name)) found.add((Element) node);
		return found;
	}
}
