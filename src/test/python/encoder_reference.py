"""Makes src/test/resources/reference/encoders.safetensors: what the projects' own encoders compute.

    python encoder_reference.py CHECKOUTS src/test/resources/reference

CHECKOUTS holds checkouts of facebookresearch/mae, dino, dinov2, dinov3, segment-anything, microsoft/SimMIM and
ricklisz/MedDINOv3, each in a folder of its name. Needs torch 2.7.1, timm 1.0.20, transformers 4.57.6, safetensors.

Small networks; all parameters are drawn from their paths in the checkpoint, so that none is stored, and features are
computed in float64. Of each layout the file holds `LAYOUT.out`, its buffers as `LAYOUT/PATH`, and in the metadata names and
shapes, one a line. The input is drawn from the name `image`.
"""
import functools
import importlib
import math
import sys
import zlib
from pathlib import Path

import numpy as np
import timm
import timm.layers
import torch
import transformers
from safetensors.torch import save_file

CHECKOUTS, OUT = Path(sys.argv[1]), Path(sys.argv[2])

SIX = functools.partial(torch.nn.LayerNorm, eps=1e-6)

SMALL = dict(embed_dim=32, depth=2, num_heads=2)

HUGGING_FACE = dict(hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=128, image_size=64,
                    patch_size=16)

MEAN = torch.tensor([0.485, 0.456, 0.406], dtype=torch.float64).view(3, 1, 1)

DEVIATION = torch.tensor([0.229, 0.224, 0.225], dtype=torch.float64).view(3, 1, 1)

tensors, names = {}, {}


def project(folder, module, *forget):
    """A module of a checkout; others may have packages of the same name."""
    for name in [n for n in sys.modules if n.split(".")[0] in forget]:
        del sys.modules[name]
    sys.path.insert(0, str(CHECKOUTS / folder))
    try:
        return importlib.import_module(module)
    finally:
        sys.path.pop(0)


def scrambled(name, shape):
    """Uniform in (-1, 1), the same in every language: MurmurHash3's last steps over a count from the name's CRC."""
    h = np.arange(math.prod(shape), dtype=np.uint32) + np.uint32(zlib.crc32(name.encode()))
    for by, factor in ((16, 0x85ebca6b), (13, 0xc2b2ae35), (16, 1)):
        h = (h ^ (h >> np.uint32(by))) * np.uint32(factor)
    return ((h >> 8) + 0.5).reshape(shape) / 2 ** 23 - 1


def drawn(name, shape):
    u = scrambled(name, shape)
    u = u * math.sqrt(3 / math.prod(shape[1:])) if len(shape) > 1 else (1 if name.endswith("weight") else 0) + 0.25 * u
    return torch.tensor(u).float()


def image(height, width):
    return drawn("image", (1, 3, height, width)).double() * 100


def layout(name, model, prefix, features, *sizes):
    """Draws the model's parameters, and keeps names, shapes, buffers and features of an image of each size."""
    model = model.double().eval()
    buffers = dict(model.named_buffers())
    lines = []
    with torch.no_grad():
        for key, v in model.state_dict().items():
            path = prefix + key
            lines.append(path + " " + "x".join(map(str, v.shape)))
            if key in buffers:
                tensors[name + "/" + path] = v.clone()
            else:
                v.copy_(drawn(path, v.shape))
        for i, size in enumerate(sizes):
            tensors[name + (".wide" if i else ".out")] = features(model, image(*size))
    names[name] = "\n".join(lines)
    return model


def mae():
    np.float = float
    module = project("mae", "models_mae")
    block = module.Block
    module.Block = lambda *args, qk_scale=None, **options: block(*args, **options)
    model = module.MaskedAutoencoderViT(img_size=64, patch_size=16, decoder_embed_dim=16, decoder_depth=1,
                                        decoder_num_heads=2, norm_layer=SIX, **SMALL)

    def features(m, x):
        y, _, restore = m.forward_encoder(x, 0)
        return torch.cat([y[:, :1], torch.gather(y[:, 1:], 1, restore[..., None].expand(-1, -1, y.shape[2]))], 1)
    layout("mae", model, "model/", features, (64, 64))


def dino():
    module = project("dino", "vision_transformer", "utils", "vision_transformer")
    model = module.VisionTransformer(img_size=[64], patch_size=16, qkv_bias=True, norm_layer=SIX, **SMALL)
    layout("dino", model, "teacher/backbone.", lambda m, x: m.get_intermediate_layers(x, 1)[0], (64, 64))


def whole(features):
    """Class token, registers and patches of what DINOv2 and DINOv3 answer."""
    extra = features.get("x_norm_regtokens", features.get("x_storage_tokens"))
    return torch.cat([features["x_norm_clstoken"][:, None], extra, features["x_norm_patchtokens"]], 1)


def dinov2():
    module = project("dinov2", "dinov2.models.vision_transformer")
    for name, prefix, chunks in (("dinov2", "", 0), ("dinov2-chunks", "teacher/backbone.", 2)):
        model = module.DinoVisionTransformer(img_size=56, patch_size=14, init_values=1.0, num_register_tokens=3,
                                             block_chunks=chunks, **SMALL)
        layout(name, model, prefix, lambda m, x: whole(m.forward_features(x)), (56, 56))


def dinov3():
    module = project("dinov3", "dinov3.models.vision_transformer")
    model = module.DinoVisionTransformer(img_size=64, patch_size=16, pos_embed_rope_dtype="fp32", layerscale_init=1e-5,
                                         norm_layer="layernormbf16", n_storage_tokens=4, mask_k_bias=True, **SMALL)
    model.init_weights()
    layout("dinov3", model, "", lambda m, x: whole(m.forward_features(x)), (64, 64), (48, 96))
    module = project("MedDINOv3/nnUNet/nnunetv2/training/nnUNetTrainer/dinov3", "dinov3.models.vision_transformer",
                     "dinov3")
    # Its rotary positions are rounded to bfloat16 unless told otherwise.
    model = module.DinoVisionTransformer(img_size=64, patch_size=16, pos_embed_rope_dtype="fp32", layerscale_init=1e-5,
                                         qkv_bias=False, n_storage_tokens=4, mask_k_bias=True, **SMALL)
    model.init_weights()
    layout("meddinov3", model, "teacher/backbone.", lambda m, x: whole(m.forward_features(x)), (64, 64))


def simmim():
    module = project("SimMIM", "models.simmim", "models")
    options = dict(img_size=64, patch_size=16, num_classes=0, qkv_bias=True, norm_layer=SIX, init_values=0.1,
                   use_abs_pos_emb=False, **SMALL)
    model = module.VisionTransformerForSimMIM(use_shared_rel_pos_bias=True, use_mean_pooling=False, **options)
    layout("simmim", model, "model/encoder.", lambda m, x: m(x, torch.zeros(1, 4, 4)).flatten(2).transpose(1, 2), (64, 64))
    model = sys.modules["models.vision_transformer"].VisionTransformer(use_rel_pos_bias=True, use_mean_pooling=False,
                                                                       **options)
    layout("simmim-blocks", model, "model/", lambda m, x: m.forward_features(x)[:, None], (64, 64))


def sam():
    module = project("segment-anything", "segment_anything.modeling.image_encoder")

    def features(m, x):
        y = m.patch_embed(x)
        y = y if m.pos_embed is None else y + m.pos_embed
        for block in m.blocks:
            y = block(y)
        return y.permute(0, 3, 1, 2)
    for name, prefix, absolute in (("sam", "image_encoder.", True), ("lvm-med", "", False)):
        model = module.ImageEncoderViT(img_size=96, patch_size=16, embed_dim=32, depth=3, num_heads=2, out_chans=8,
                                       norm_layer=SIX, use_abs_pos=absolute, use_rel_pos=True, window_size=4,
                                       global_attn_indexes=(1,))
        layout(name, model, prefix, features, (96, 96))
    table = drawn("offsets", (11, 16)).double()
    for side in (4, 9):
        pairs = module.get_rel_pos(side, side, table)  # of query and key
        tensors[f"offsets.{side}"] = torch.cat([pairs[0].flip(0), pairs[1:, 0]])


def hugging_face():
    def last(m, x):
        return m(x).last_hidden_state
    model = layout("hf-vit", transformers.ViTModel(transformers.ViTConfig(**HUGGING_FACE), add_pooling_layer=False), "",
                   last, (64, 64))
    with torch.no_grad():
        tensors["hf-vit.half"] = last(model, (image(64, 64) * DEVIATION + MEAN - 0.5) / 0.25)
    layout("hf-dinov2", transformers.Dinov2WithRegistersModel(transformers.Dinov2WithRegistersConfig(
        num_register_tokens=4, **HUGGING_FACE)), "", last, (64, 64))
    layout("hf-dinov3", transformers.DINOv3ViTModel(transformers.DINOv3ViTConfig(num_register_tokens=4, **HUGGING_FACE)),
           "", last, (64, 64))


def timms():
    def features(m, x):
        return m.forward_features(x)
    layout("timm-dinov2", timm.models.VisionTransformer(img_size=64, num_classes=0, init_values=1e-5, reg_tokens=4,
                                                        no_embed_class=True, **SMALL), "", features, (64, 64))
    layout("timm-dinov3", timm.models.Eva(
        img_size=64, num_classes=0, global_pool="", init_values=1e-5, use_abs_pos_emb=False, use_rot_pos_emb=True,
        rope_type="dinov3", rope_temperature=100, rope_rotate_half=True, num_reg_tokens=4, dynamic_img_size=True,
        qkv_bias=False, norm_layer=functools.partial(torch.nn.LayerNorm, eps=1e-5), **SMALL), "", features, (64, 64))
    layout("timm-beit", timm.models.Beit(img_size=64, num_classes=0, global_pool="", init_values=0.1, use_abs_pos_emb=False,
                                         use_rel_pos_bias=True, **SMALL), "", features, (64, 64))
    # Its last normalisation comes behind the mean, so its tokens have none; its head stays in the file.
    layout("timm-pooled", timm.models.VisionTransformer(img_size=64, num_classes=3, global_pool="avg", **SMALL), "", features,
           (64, 64))
    table = drawn("distances", (52, 2)).double()
    for grid in (3, 6):
        rows = (2 * grid - 1) ** 2 + 3
        tensors[f"distances.{grid}"] = timm.layers.resize_rel_pos_bias_table_simple(table, (grid, grid), (rows, 2))


def main():
    torch.manual_seed(0)
    for part in (mae, dino, dinov2, dinov3, simmim, sam, hugging_face, timms):
        part()
    kept = {k: v.float().contiguous() if v.is_floating_point() else v.contiguous() for k, v in tensors.items()}
    save_file(kept, OUT / "encoders.safetensors", names)


main()
