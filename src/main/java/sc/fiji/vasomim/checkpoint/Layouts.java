package sc.fiji.vasomim.checkpoint;

import java.util.List;

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
		Layout.of("SAM", "encoder", "image_encoder.", "encoder", "").marked("blocks.0.attn.rel_pos_h").licensed(
			"SAM: Apache 2.0; LVM-Med: CC BY-NC-SA 4.0").refused("windows, relative positions and a neck"),
		Layout.of("DINOv3", "teacher", "teacher/backbone.", "encoder", "").marked("storage_tokens").licensed(
			"DINOv3 License").refused("rotary positions, storage tokens and LayerScale"),
		Layout.of("DINOv3 of Hugging Face", "encoder", "").marked("embeddings.register_tokens",
			"layer.0.attention.q_proj.weight").licensed("DINOv3 License").refused(
				"rotary positions, storage tokens and LayerScale"),
		Layout.of("DINOv2", "teacher", "teacher/backbone.", "encoder", "").marked("blocks.0.ls1.gamma").licensed(APACHE)
			.refused("LayerScale"),
		Layout.of("DINOv2 in chunks", "teacher", "teacher/backbone.", "encoder", "").marked("blocks.0.0.ls1.gamma")
			.licensed(APACHE).refused("LayerScale"),
		Layout.of("DINOv2 of Hugging Face", "encoder", "", "encoder", "dinov2.").marked(
			"encoder.layer.0.layer_scale1.lambda1").licensed(SEE_MODEL).refused("LayerScale"),
		Layout.of("SimMIM", "encoder", "model/encoder.", "encoder", "model/").marked(
			"rel_pos_bias.relative_position_bias_table").licensed("MIT").refused("relative positions and LayerScale"),
		Layout.of("VasoMIM", "model", "model/").marked("seg_model.encoder1.weight").dropping(MASK_TOKEN_AND_DECODER +
			"|seg_model\\..*").licensed("none stated"),
		Layout.of("HPM", "model", "state_dict/", "ema", "ema_state_dict/").marked("decoder_pred_losspred.weight").dropping(
			"mask_token|vis_mask_token|decoder_.*").licensed(APACHE),
		Layout.of("LocalMIM", "model", "model/").marked("norm.3.weight").renamed(Renaming.NONE.with("norm\\.3\\.(.*)",
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
				"pooler\\..*|classifier\\..*|embeddings\\.mask_token|decoder\\..*").licensed(SEE_MODEL),
		Layout.of("MAE", "model", "model/", "model", "").marked("decoder_embed.weight").dropping(MASK_TOKEN_AND_DECODER)
			.licensed("MAE and DeblurringMIM: CC BY-NC 4.0; AMT, of the same names: none stated"),
		Layout.of("MAE's encoder", "model", "model/").dropping("head\\..*|fc_norm\\..*").licensed(NON_COMMERCIAL),
		Layout.of("iBOT's encoder", "model", "state_dict/").dropping("head\\..*|fc_norm\\..*").licensed(APACHE),
		Layout.of("timm", "model", "").dropping("head\\..*|fc_norm\\..*").licensed(
			"that of the model; DINO, of the same names: Apache 2.0"));

	private Layouts() {}
}
