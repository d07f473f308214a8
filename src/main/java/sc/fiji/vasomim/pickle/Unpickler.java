package sc.fiji.vasomim.pickle;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a pickle of protocol 2 to 5 as data: numbers, texts, lists, dictionaries, and the tensors of
 * {@link KnownGlobals}. Nothing that a pickle names is looked up or run. Each step takes of the file's allowance what it
 * can allocate at most, so neither time nor memory can run away.
 * <p>
 * Python's values become Long, BigInteger, Double, Boolean, String, null, ArrayList (lists and tuples), LinkedHashMap
 * by texts (a number is the text of it), {@link StridedTensor}, and {@link KnownGlobals#IGNORED}. Lists and dictionaries
 * may hold one another in circles: never call equals, hashCode or toString on them.
 */
final class Unpickler {

	/** The most that one operation allocates beside the bytes that it reads: a dictionary with its first entry. */
	private static final int STEP_BYTES = 256;

	/** The same of one that makes a tensor: it copies the shape and stride, which may be one list for many tensors. */
	private static final int CALL_BYTES = 2048;

	/** Keys are compared and put into paths. */
	private static final int LONGEST_KEY = 500;

	/** The longest whole number that PyTorch writes, its magic number, has 10 bytes. */
	private static final int LONGEST_NUMBER = 16;

	private final PickleInput in;

	private final Allowance allowance;

	private final List<Object> stack = new ArrayList<>();

	/** Where the open marks lie in the stack: what is below the last one is out of reach. */
	private final List<Integer> marks = new ArrayList<>();

	private final Map<Long, Object> memo = new HashMap<>();

	private final Map<String, Storage> storages;

	private Unpickler(final PickleInput in, final Map<String, Storage> storages, final Allowance allowance) {
		this.in = in;
		this.allowance = allowance;
		this.storages = storages;
	}

	/**
	 * Reads one pickle and leaves the input behind it.
	 *
	 * @param storages takes all that the pickle refers to, by key
	 * @param allowance of the file
	 */
	static Object read(final PickleInput in, final Map<String, Storage> storages, final Allowance allowance)
		throws IOException
	{
		final Unpickler unpickler = new Unpickler(in, storages, allowance);
		for (int operation = in.u1(); operation != '.'; operation = in.u1()) {
			allowance.take(STEP_BYTES);
			unpickler.step(operation);
		}
		return unpickler.pop();
	}

	private void step(final int operation) throws IOException {
		switch (operation) {
			case 0x80 -> requireProtocol(in.u1());
			case 0x95 -> in.bytes(8); // a frame's length
			case 'N' -> push(null);
			case 0x88 -> push(true);
			case 0x89 -> push(false);
			case 'K' -> push((long) in.u1());
			case 'M' -> push((long) in.u2());
			case 'J' -> push((long) in.i4());
			case 0x8a -> push(number(in.u1()));
			case 'G' -> push(in.f8());
			case 'X' -> push(PickleInput.utf8(in.bytes(in.u4())));
			case 0x8c -> push(PickleInput.utf8(in.bytes(in.u1())));
			case 'U', 'C' -> push(latin1(in.u1()));
			case 'T', 'B' -> push(latin1(in.u4()));
			case ')', ']' -> push(new ArrayList<>());
			case '}' -> push(new LinkedHashMap<>());
			case '(' -> marks.add(stack.size());
			case 't' -> push(popToMark());
			case 0x85 -> push(popLast(1));
			case 0x86 -> push(popLast(2));
			case 0x87 -> push(popLast(3));
			case 'a' -> append(popLast(1));
			case 'e' -> append(popToMark());
			case 's' -> put(popLast(2));
			case 'u' -> put(popToMark());
			case 'q' -> memo.put((long) in.u1(), top());
			case 'r' -> memo.put(in.u4(), top());
			case 0x94 -> memo.put((long) memo.size(), top());
			case 'h' -> push(remembered(in.u1()));
			case 'j' -> push(remembered(in.u4()));
			case 'c' -> push(KnownGlobals.find(in.line(), in.line()));
			case 0x93 -> pushGlobal(popLast(2));
			case 'R', 0x81 -> call(popLast(2));
			case 'b' -> build(pop());
			case 'Q' -> push(storage(pop()));
			default -> throw new IOException(String.format("its pickle has the operation %#04x, which no checkpoint needs",
				operation));
		}
	}

	private static void requireProtocol(final int protocol) throws IOException {
		if (protocol < 2 || protocol > 5) throw new IOException("its pickle has protocol " + protocol +
			"; 2 to 5 are read");
	}

	private Object number(final int bytes) throws IOException {
		if (bytes > LONGEST_NUMBER) throw new IOException("its pickle has a number of " + bytes + " bytes");
		final byte[] little = in.bytes(bytes);
		final byte[] big = new byte[bytes];
		for (int i = 0; i < bytes; i++) big[i] = little[bytes - 1 - i];
		final BigInteger value = bytes == 0 ? BigInteger.ZERO : new BigInteger(big);
		if (value.bitLength() < Long.SIZE) return value.longValue();
		return value;
	}

	private String latin1(final long length) throws IOException {
		return new String(in.bytes(length), StandardCharsets.ISO_8859_1);
	}

	private void push(final Object value) {
		stack.add(value);
	}

	private Object pop() throws IOException {
		requireStacked(1);
		return stack.remove(stack.size() - 1);
	}

	private Object top() throws IOException {
		requireStacked(1);
		return stack.get(stack.size() - 1);
	}

	private void requireStacked(final int n) throws IOException {
		if (stack.size() - n < (marks.isEmpty() ? 0 : marks.get(marks.size() - 1))) throw new IOException(
			"its pickle takes more than it has put down");
	}

	private List<Object> popLast(final int n) throws IOException {
		requireStacked(n);
		return popFrom(stack.size() - n);
	}

	private List<Object> popToMark() throws IOException {
		if (marks.isEmpty()) throw new IOException("its pickle takes more than it has put down");
		return popFrom(marks.remove(marks.size() - 1));
	}

	private List<Object> popFrom(final int start) {
		final List<Object> end = stack.subList(start, stack.size());
		final List<Object> values = new ArrayList<>(end);
		end.clear();
		return values;
	}

	private Object remembered(final long place) throws IOException {
		if (!memo.containsKey(place)) throw new IOException("its pickle recalls number " + place +
			", which it has not kept");
		return memo.get(place);
	}

	private void append(final List<Object> values) throws IOException {
		final Object target = top();
		if (target == KnownGlobals.IGNORED) return;
		if (!(target instanceof ArrayList<?>)) throw new IOException("its pickle appends to something that is no list");
		@SuppressWarnings("unchecked")
		final List<Object> list = (List<Object>) target;
		list.addAll(values);
	}

	private void put(final List<Object> keysAndValues) throws IOException {
		final Object target = top();
		if (target == KnownGlobals.IGNORED) return;
		if (!(target instanceof LinkedHashMap<?, ?>) || keysAndValues.size() % 2 != 0) throw new IOException(
			"its pickle puts something into what is no dictionary");
		@SuppressWarnings("unchecked")
		final Map<String, Object> dictionary = (Map<String, Object>) target;
		for (int i = 0; i < keysAndValues.size(); i += 2) {
			final String key = key(keysAndValues.get(i));
			if (dictionary.containsKey(key)) throw new IOException("its pickle has a dictionary with two entries " +
				KnownGlobals.quote(key));
			dictionary.put(key, keysAndValues.get(i + 1));
		}
	}

	/** Short and of one class: then a map finds each in few and short comparisons, whatever their hashes. */
	private static String key(final Object key) throws IOException {
		if (!(key instanceof String || key instanceof Long || key instanceof Double || key instanceof Boolean))
			throw new IOException("its pickle has a dictionary whose keys are neither texts nor numbers");
		final String text = key.toString();
		if (text.length() > LONGEST_KEY) throw new IOException("its pickle has a key of more than " + LONGEST_KEY +
			" letters");
		return text;
	}

	private void pushGlobal(final List<Object> name) throws IOException {
		if (!(name.get(0) instanceof String && name.get(1) instanceof String)) throw new IOException(
			"its pickle has a name that is no text");
		push(KnownGlobals.find((String) name.get(0), (String) name.get(1)));
	}

	private void call(final List<Object> globalAndArguments) throws IOException {
		final Object global = globalAndArguments.get(0);
		final Object arguments = globalAndArguments.get(1);
		if (!(global instanceof KnownGlobals.Global) || !(arguments instanceof List<?>)) throw new IOException(
			"its pickle calls something that cannot be called");
		allowance.take(CALL_BYTES);
		push(((KnownGlobals.Global) global).call((List<?>) arguments));
	}

	private Storage storage(final Object id) throws IOException {
		final Storage storage = Storage.of(id);
		final Storage known = storages.putIfAbsent(storage.key(), storage);
		if (known != null && !known.equals(storage)) throw new IOException("its pickle has storage " + KnownGlobals.quote(
			storage.key()) + " as " + known.elements() + " " + known.type() + " and as " + storage.elements() + " " + storage
				.type());
		return storage;
	}

	/** Attributes, such as a state dictionary's version numbers, are left out. */
	private void build(final Object state) throws IOException {
		final Object target = top();
		if (target != KnownGlobals.IGNORED && !(target instanceof LinkedHashMap<?, ?>)) throw new IOException(
			"its pickle sets attributes of something that has none");
	}
}
