package sc.fiji.vasomim.checkpoint;

import java.util.List;

import sc.fiji.vasomim.model.VisionTransformer;
import sc.fiji.vasomim.model.VitOptions;

/**
 * The known layouts, those with more marks before those whose marks they have too. Names and shapes were taken from the
 * projects' own classes (test resources {@code layouts}); licences are those of their repositories in 2026.
 */
final class Layouts {

	private static final String MASK_TOKEN_AND_DECODER = "mask_token|decoder_.*";

	private static final String MASK_TOKEN_AND_HEAD = "mask_token|(head|fc_norm)\\..*";

	private static final String NON_COMMERCIAL = "CC BY-NC 4.0";

	private static final String APACHE = "Apache 2.0";

	private static final String NONE = "none stated";

	private static final String DINOV3 = "DINOv3 License";

	private static final String HUGGING_FACE = "encoder.layer.0.attention.attention.query.weight";

	static final List<Layout> ALL = List.of(
		Layout.of("SAM", "encoder", "image_encoder.", "encoder", "").marked("blocks.0.attn.rel_pos_h").dropping("neck\\..*")
			.shared("SAM and MedSAM: Apache 2.0; LVM-Med: CC BY-NC-SA 4.0"),
		dinov3(Layout.of("DINOv3", "teacher", "teacher/backbone.", "encoder", "").marked(VisionTransformer.PERIODS,
			"blocks.0.attn.qkv.bias")).licensed(DINOV3),
		dinov3(Layout.of("MedDINOv3", "teacher", "teacher/backbone.", "encoder", "").marked(VisionTransformer.PERIODS))
			.withEpsilon(VitOptions.PLAIN.epsilon()).licensed(DINOV3),
		dinov3(Layout.of("DINOv3 of timm", "encoder", "").marked("cls_token", "reg_token", "blocks.0.gamma_1")).renamed(
			Renaming.BEIT).shared("DINOv3: DINOv3 License"),
		dinov3(Layout.of("DINOv3 of timm", "encoder", "").marked("cls_token", "reg_token", "blocks.0.attn.q_bias")).renamed(
			Renaming.BEIT).shared("DINOv3: DINOv3 License"),
		dinov3(Layout.of("DINOv3 of Hugging Face", "encoder", "").marked("embeddings.register_tokens",
			"layer.0.attention.q_proj.weight").renamed(Renaming.HUGGING_FACE)).licensed(DINOV3),
		Layout.of("names shared by DINOv2 and timm", "teacher", "teacher/backbone.", "encoder", "").marked(
			"blocks.0.ls1.gamma").dropping(MASK_TOKEN_AND_HEAD).shared("DINOv2: Apache 2.0"),
		Layout.of("DINOv2 in chunks", "teacher", "teacher/backbone.", "encoder", "").marked("blocks.0.0.ls1.gamma").renamed(
			Renaming.CHUNKS).dropping("mask_token").shared("DINOv2: Apache 2.0"),
		Layout.of("DINOv2 of Hugging Face", "encoder", "", "encoder", "dinov2.").marked(
			"encoder.layer.0.layer_scale1.lambda1").renamed(Renaming.HUGGING_FACE).dropping(
				"embeddings\\.mask_token|classifier\\..*"),
		relative(Layout.of("SimMIM", "encoder", "model/encoder.", "encoder", "model/").marked(
			"rel_pos_bias.relative_position_bias_table").licensed("MIT")),
		relative(Layout.of("BEiT", "model", "model/", "encoder", "").marked("blocks.0.attn.relative_position_bias_table")
			.shared("SimMIM, fine-tuned: MIT")),
		Layout.of("VasoMIM", "model", "model/").marked("seg_model.encoder1.weight").dropping(MASK_TOKEN_AND_DECODER +
			"|seg_model\\..*").licensed(NONE),
		Layout.of("HPM", "model", "state_dict/", "ema", "ema_state_dict/").marked("decoder_pred_losspred.weight").dropping(
			"mask_token|vis_mask_token|decoder_.*").licensed(APACHE),
		Layout.of("LocalMIM", "model", "model/").marked("norm.3.weight").renamed(Renaming.KIN.with("norm\\.3\\.(.*)",
			"norm.$1")).dropping("norm\\.[012]\\..*|decoder\\..*|hog_enc\\..*").licensed("BSD 3-Clause, Huawei's"),
		Layout.of("MoCo v3", "base", "state_dict/base_encoder.", "momentum", "state_dict/momentum_encoder.").marked(
			"head.0.weight").dropping("head\\..*").withHeads(12).licensed(NON_COMMERCIAL),
		Layout.of("iBOT", "teacher", "teacher/backbone.", "student", "student/backbone.").marked("ibot_loss/center2")
			.dropping("masked_embed").licensed(APACHE),
		Layout.of("DINO", "teacher", "teacher/backbone.", "student", "student/backbone.").shared("DINO: Apache 2.0"),
		Layout.of("CheXWorld", "target", "model/target_encoder.", "encoder", "model/encoder.").licensed(NONE),
		Layout.of("I-JEPA", "target", "target_encoder/", "encoder", "encoder/").licensed(NON_COMMERCIAL),
		Layout.of("I-JEPA of Hugging Face", "encoder", "", "encoder", "ijepa.").marked(HUGGING_FACE,
			"!embeddings.cls_token").renamed(Renaming.HUGGING_FACE).dropping("pooler\\..*|classifier\\..*|" +
				"embeddings\\.mask_token").shared("I-JEPA: CC BY-NC 4.0"),
		Layout.of("Hugging Face", "encoder", "", "encoder", "vit.").marked(HUGGING_FACE).renamed(Renaming.HUGGING_FACE)
			.dropping("pooler\\..*|classifier\\..*|embeddings\\.mask_token|decoder\\..*").withEpsilon(1e-12),
		Layout.of("MAE", "model", "model/", "model", "").marked("decoder_embed.weight").dropping(MASK_TOKEN_AND_DECODER)
			.shared("MAE and DeblurringMIM: CC BY-NC 4.0; AMT: none stated"),
		Layout.of("names shared by MAE, DeiT and others", "model", "model/").dropping(MASK_TOKEN_AND_HEAD).shared(
			"MAE: CC BY-NC 4.0; DeiT: Apache 2.0"),
		Layout.of("names shared by iBOT and others", "model", "state_dict/").dropping(MASK_TOKEN_AND_HEAD).shared(
			"iBOT: Apache 2.0"),
		Layout.of("timm", "model", "").dropping(MASK_TOKEN_AND_HEAD).shared("DINO: Apache 2.0"));

	private Layouts() {}

	private static Layout dinov3(final Layout layout) {
		return layout.withRotaryPositions().withEpsilon(1e-5).dropping(
			"mask_token|embeddings\\.mask_token|local_cls_norm\\..*|head\\..*");
	}

	/** Which pair of patches has which distance is told by the size of the image, not by the file. */
	private static Layout relative(final Layout layout) {
		return layout.renamed(Renaming.BEIT).dropping("(.*\\.)?relative_position_index|mask_token|" +
			"(head|fc_norm|decoder)\\..*");
	}
}
