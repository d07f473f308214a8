package sc.fiji.vasomim.command;

import java.util.Map;

/** Lower rooms begin a refusal with the name of what they were given; users know it by the key of their command. */
final class Keys {

	private Keys() {}

	/** @param keys by the lower rooms' names; a refusal of something else stays as it is */
	static IllegalArgumentException of(final IllegalArgumentException refusal, final Map<String, String> keys) {
		final String message = String.valueOf(refusal.getMessage());
		final int end = message.indexOf(": ");
		final String key = end < 0 ? null : keys.get(message.substring(0, end));
		return key == null ? refusal : new IllegalArgumentException(key + message.substring(end), refusal);
	}
}
