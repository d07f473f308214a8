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

	private static final String NON_COMMERCIAL = "CC BY-NC 4.0";

	private static final String APACHE = "Apache 2.0";

	private static final String SEE_MODEL = "that of the model; see where it was published";

	static final List<Layout> ALL = List.of(
		Layout.of("SAM", "encoder", "image_encoder.", "encoder", "").marked("blocks.0.attn.rel_pos_h").dropping("neck\\..*")
			.licensed("SAM: Apache 2.0; LVM-Med, of the same names: CC BY-NC-SA 4.0"),
		dinov3(Layout.of("DINOv3", "teacher", "teacher/backbone.", "encoder", "").marked(VisionTransformer.PERIODS,
			"blocks.0.attn.qkv.bias")),
		dinov3(Layout.of("MedDINOv3", "teacher", "teacher/backbone.", "encoder", "").marked(VisionTransformer.PERIODS))
			.withEpsilon(VitOptions.PLAIN.epsilon()),
		dinov3(Layout.of("DINOv3 of timm", "encoder", "").marked("cls_token", "reg_token", "blocks.0.gamma_1")).renamed(
			Renaming.BEIT),
		dinov3(Layout.of("DINOv3 of timm", "encoder", "").marked("cls_token", "reg_token", "blocks.0.attn.q_bias")).renamed(
			Renaming.BEIT),
		dinov3(Layout.of("DINOv3 of Hugging Face", "encoder", "").marked("embeddings.register_tokens",
			"layer.0.attention.q_proj.weight").renamed(Renaming.HUGGING_FACE)),
		Layout.of("DINOv2", "teacher", "teacher/backbone.", "encoder", "").marked("blocks.0.ls1.gamma").dropping(
			"mask_token|head\\..*|fc_norm\\..*").licensed("DINOv2: Apache 2.0; others of the same names: that of the model"),
		Layout.of("DINOv2 in chunks", "teacher", "teacher/backbone.", "encoder", "").marked("blocks.0.0.ls1.gamma").renamed(
			Renaming.CHUNKS).dropping("mask_token").licensed(APACHE),
		Layout.of("DINOv2 of Hugging Face", "encoder", "", "encoder", "dinov2.").marked(
			"encoder.layer.0.layer_scale1.lambda1").renamed(Renaming.HUGGING_FACE).dropping(
				"embeddings\\.mask_token|classifier\\..*").licensed(SEE_MODEL),
		relative(Layout.of("SimMIM", "encoder", "model/encoder.", "encoder", "model/").marked(
			"rel_pos_bias.relative_position_bias_table").licensed("MIT")),
		relative(Layout.of("BEiT", "model", "model/", "encoder", "").marked("blocks.0.attn.relative_position_bias_table")
			.licensed("SimMIM, fine-tuned: MIT; others: that of the model")),
		Layout.of("VasoMIM", "model", "model/").marked("seg_model.encoder1.weight").dropping(MASK_TOKEN_AND_DECODER +
			"|seg_model\\..*").licensed("none stated"),
		Layout.of("HPM", "model", "state_dict/", "ema", "ema_state_dict/").marked("decoder_pred_losspred.weight").dropping(
			"mask_token|vis_mask_token|decoder_.*").licensed(APACHE),
		Layout.of("LocalMIM", "model", "model/").marked("norm.3.weight").renamed(Renaming.KIN.with("norm\\.3\\.(.*)",
			"norm.$1")).dropping("norm\\.[012]\\..*|decoder\\..*|hog_enc\\..*").licensed("BSD 3-Clause, Huawei's"),
		Layout.of("MoCo v3", "base", "state_dict/base_encoder.", "momentum", "state_dict/momentum_encoder.").marked(
			"head.0.weight").dropping("head\\..*").withHeads(12).licensed(NON_COMMERCIAL),
		Layout.of("iBOT", "teacher", "teacher/backbone.", "student", "student/backbone.").marked("ibot_loss/center2")
			.dropping("masked_embed").licensed(APACHE),
		Layout.of("DINO", "teacher", "teacher/backbone.", "student", "student/backbone.").licensed(APACHE),
		Layout.of("CheXWorld", "target", "model/target_encoder.", "encoder", "model/encoder.").licensed("none stated"),
		Layout.of("I-JEPA", "target", "target_encoder/", "encoder", "encoder/").licensed(NON_COMMERCIAL),
		Layout.of("Hugging Face", "encoder", "", "encoder", "vit.").marked(
			"encoder.layer.0.attention.attention.query.weight").renamed(Renaming.HUGGING_FACE).dropping(
				"pooler\\..*|classifier\\..*|embeddings\\.mask_token|decoder\\..*").withEpsilon(1e-12).licensed(SEE_MODEL),
		Layout.of("MAE", "model", "model/", "model", "").marked("decoder_embed.weight").dropping(MASK_TOKEN_AND_DECODER)
			.licensed("MAE and DeblurringMIM: CC BY-NC 4.0; AMT, of the same names: none stated"),
		Layout.of("MAE's encoder", "model", "model/").dropping("head\\..*|fc_norm\\..*").licensed(NON_COMMERCIAL),
		Layout.of("iBOT's encoder", "model", "state_dict/").dropping("head\\..*|fc_norm\\..*").licensed(APACHE),
		Layout.of("timm", "model", "").dropping("head\\..*|fc_norm\\..*").licensed(
			"that of the model; DINO, of the same names: Apache 2.0"));

	private Layouts() {}

	private static Layout dinov3(final Layout layout) {
		return layout.withRotaryPositions().withEpsilon(1e-5).dropping(
			"mask_token|embeddings\\.mask_token|local_cls_norm\\..*|head\\..*").licensed("DINOv3 License");
	}

	/** Which pair of patches has which distance is told by the size of the image, not by the file. */
	private static Layout relative(final Layout layout) {
		return layout.renamed(Renaming.BEIT).dropping("(.*\\.)?relative_position_index|mask_token|" +
			"(head|fc_norm|decoder)\\..*");
	}
}
