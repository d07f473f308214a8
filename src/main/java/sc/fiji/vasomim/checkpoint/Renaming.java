package sc.fiji.vasomim.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From a project's parameter names to timm's. Names that no rule fits stay as they are. Immutable. */
final class Renaming {

	/** timm's own names, and what its kin call otherwise: DINOv2, DINOv3 and SAM. */
	static final Renaming KIN = new Renaming(List.of()) //
		.with("storage_tokens|register_tokens", "reg_token") //
		.with("blocks\\.(\\d+)\\.gamma_([12])", "blocks.$1.ls$2.gamma") //
		.with("blocks\\.(\\d+)\\.mlp\\.lin([12])\\.(.*)", "blocks.$1.mlp.fc$2.$3");

	/** Biases of queries and values apart. Others with these names have positions that no file tells of. */
	static final Renaming BEIT = KIN.with("blocks\\.(\\d+)\\.attn\\.[qkv]_bias", "blocks.$1.attn.qkv.bias");

	/** DINOv2 while it is trained: blocks are numbered through, but lie in chunks. */
	static final Renaming CHUNKS = KIN.with("blocks\\.\\d+\\.(\\d+)\\.(.*)", "blocks.$1.$2");

	/** Queries, keys and values of one attention layer, which timm keeps joined in this order. */
	private static final Pattern JOINED = Pattern.compile(
		".*\\.(?:attention\\.(?:attention\\.)?(?:(q)uery|(k)ey|(v)alue|(q)_proj|(k)_proj|(v)_proj)\\.\\w+|" +
			"attn\\.(?:(q)|(k)|(v))_bias)");

	private static final String LAYER = "(?:encoder\\.)?layer\\.(\\d+)\\.";

	/** Hugging Face's ViT, DINOv2 and DINOv3: separate queries, keys and values, and layers of their own names. */
	static final Renaming HUGGING_FACE = new Renaming(List.of()) //
		.with("embeddings\\.cls_token", "cls_token") //
		.with("embeddings\\.register_tokens", "reg_token") //
		.with("embeddings\\.position_embeddings", "pos_embed") //
		.with("embeddings\\.patch_embeddings\\.(?:projection\\.)?(weight|bias)", "patch_embed.proj.$1") //
		.with(LAYER + "attention\\.(?:attention\\.(?:query|key|value)|[qkv]_proj)\\.(.*)", "blocks.$1.attn.qkv.$2") //
		.with(LAYER + "attention\\.(?:output\\.dense|o_proj)\\.(.*)", "blocks.$1.attn.proj.$2") //
		.with(LAYER + "(?:layernorm_before|norm1)\\.(.*)", "blocks.$1.norm1.$2") //
		.with(LAYER + "(?:layernorm_after|norm2)\\.(.*)", "blocks.$1.norm2.$2") //
		.with(LAYER + "(?:intermediate\\.dense|mlp\\.fc1|mlp\\.up_proj)\\.(.*)", "blocks.$1.mlp.fc1.$2") //
		.with(LAYER + "(?:output\\.dense|mlp\\.fc2|mlp\\.down_proj)\\.(.*)", "blocks.$1.mlp.fc2.$2") //
		.with(LAYER + "layer_scale([12])\\.lambda1", "blocks.$1.ls$2.gamma") //
		.with("(?:layernorm|norm)\\.(.*)", "norm.$1");

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
		final Matcher matcher = JOINED.matcher(name);
		if (!matcher.matches()) return -1;
		int group = 1;
		while (matcher.group(group) == null) group++;
		return (group - 1) % 3;
	}
}
