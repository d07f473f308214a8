package sc.fiji.vasomim.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From a project's parameter names to timm's. Names that no rule fits stay as they are. Immutable. */
final class Renaming {

	/** timm's own names. */
	static final Renaming NONE = new Renaming(List.of());

	/** Queries, keys and values of one attention layer, which timm keeps joined in this order. */
	private static final List<String> JOINED = List.of("query", "key", "value");

	/** Hugging Face's ViTModel: separate queries, keys and values, and layers of their own names. */
	static final Renaming HUGGING_FACE = NONE.with("embeddings\\.cls_token", "cls_token") //
		.with("embeddings\\.position_embeddings", "pos_embed") //
		.with("embeddings\\.patch_embeddings\\.projection\\.(.*)", "patch_embed.proj.$1") //
		.with("encoder\\.layer\\.(\\d+)\\.attention\\.attention\\.(query|key|value)\\.(.*)", "blocks.$1.attn.qkv.$3") //
		.with("encoder\\.layer\\.(\\d+)\\.attention\\.output\\.dense\\.(.*)", "blocks.$1.attn.proj.$2") //
		.with("encoder\\.layer\\.(\\d+)\\.layernorm_before\\.(.*)", "blocks.$1.norm1.$2") //
		.with("encoder\\.layer\\.(\\d+)\\.layernorm_after\\.(.*)", "blocks.$1.norm2.$2") //
		.with("encoder\\.layer\\.(\\d+)\\.intermediate\\.dense\\.(.*)", "blocks.$1.mlp.fc1.$2") //
		.with("encoder\\.layer\\.(\\d+)\\.output\\.dense\\.(.*)", "blocks.$1.mlp.fc2.$2") //
		.with("layernorm\\.(.*)", "norm.$1");

	private record Rule(Pattern from, String to) {}

	private final List<Rule> rules;

	private Renaming(final List<Rule> rules) {
		this.rules = rules;
	}

	/** @param from a regular expression that must fit the whole name. @param to with $1, $2 for its groups */
	Renaming with(final String from, final String to) {
		final List<Rule> more = new ArrayList<>(rules);
		more.add(new Rule(Pattern.compile(from), to));
		return new Renaming(List.copyOf(more));
	}

	String rename(final String name) {
		for (final Rule rule : rules) {
			final Matcher matcher = rule.from.matcher(name);
			if (matcher.matches()) return matcher.replaceFirst(rule.to);
		}
		return name;
	}

	/** Which third of a joined tensor a name stands for: 0, 1 or 2; -1 for the whole. */
	static int part(final String name) {
		for (int i = 0; i < JOINED.size(); i++)
			if (name.contains(".attention.attention." + JOINED.get(i) + ".")) return i;
		return -1;
	}
}
