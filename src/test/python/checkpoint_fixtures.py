"""Small files for the tests of packages pickle and checkpoint, and what is to be read from them, as safetensors.

    python checkpoint_fixtures.py src/test/resources/checkpoints

Needs torch, numpy, safetensors, timm, transformers. Written with torch 2.7.1, numpy 2.4.6, timm 1.0.20, transformers 4.57.6.
"""
import argparse
import collections
import os
import pickle
import sys
from pathlib import Path

import numpy as np
import timm
import torch
import torch.nn.functional as F
import transformers
from safetensors.torch import save_file

OUT = Path(sys.argv[1])


def tensors():
    g = torch.Generator().manual_seed(1)
    x = torch.randn(6, 8, generator=g)
    return collections.OrderedDict(
        plain=x.clone(),
        transposed=torch.randn(5, 3, 4, generator=g).permute(2, 0, 1),
        window=x[1:5, 2:7],
        every_other=x[::2, 1::3],
        shared=x,
        part=x[3],
        half=torch.tensor([0., -0., 1, -2.5, 65504, 6e-8, float('inf')]).half(),
        brain=torch.tensor([[1, -3.140625, 1e30, 0]]).bfloat16().t(),
        double=torch.tensor([1 / 3, -1e300], dtype=torch.float64),
        long=torch.tensor(-7),
        byte=torch.tensor([0, 255], dtype=torch.uint8),
        flags=torch.tensor([[True, False], [False, True]]).t(),
        empty=torch.zeros(0, 4),
        weight=torch.nn.Parameter(torch.arange(4.).view(2, 2)))


def checkpoint():
    """Nested as MAE and HPM save: numbers, texts, arguments, and learning rates that NumPy made."""
    model = torch.nn.BatchNorm1d(2)
    return {
        'state_dict': {'module.' + k: v for k, v in tensors().items()},
        'bn': model.state_dict(),
        'optimizer': torch.optim.AdamW(model.parameters(), lr=float(np.float64(1e-3))).state_dict(),
        'rate': np.float64(1.5e-4),
        'epoch': 1599, 'seed': 2 ** 40, 'loss': 0.25, 'best': True, 'scaler': None, 'betas': (0.9, 0.95), 'empty': (),
        'model': 'mae_vit_base_patch16', 'name': 'Gefäß',
        'args': argparse.Namespace(lr=1e-3, output_dir=Path('x'), device=torch.device('cpu'), dtype=torch.float32)}


class Command:
    def __reduce__(self):
        return os.system, ('touch pwned',)


def resized(x, side):
    return F.interpolate(x.double(), size=(side, side), mode='bicubic', align_corners=False)


def table(x, grid):
    side = int((x.shape[1] - 1) ** .5)
    patches = x[:, 1:].double().reshape(1, side, side, -1).permute(0, 3, 1, 2)
    return torch.cat((x[:, :1].double(), resized(patches, grid).permute(0, 2, 3, 1).flatten(1, 2)), 1)


def hugging_face():
    """A small ViTModel, and the same weights as timm has them."""
    torch.manual_seed(4)
    model = transformers.ViTModel(transformers.ViTConfig(hidden_size=8, num_hidden_layers=2, num_attention_heads=2,
                                                         intermediate_size=20, image_size=12, patch_size=4))
    for p in model.parameters():
        torch.nn.init.normal_(p)
    s = model.state_dict()
    t = {'cls_token': s['embeddings.cls_token'], 'pos_embed': s['embeddings.position_embeddings']}
    for kind in ('weight', 'bias'):
        t['patch_embed.proj.' + kind] = s['embeddings.patch_embeddings.projection.' + kind]
        t['norm.' + kind] = s['layernorm.' + kind]
        for i in range(2):
            a, b = f'encoder.layer.{i}.', f'blocks.{i}.'
            t[b + 'attn.qkv.' + kind] = torch.cat([s[a + f'attention.attention.{n}.' + kind] for n in ('query', 'key', 'value')])
            for old, new in (('attention.output.dense', 'attn.proj'), ('layernorm_before', 'norm1'),
                             ('layernorm_after', 'norm2'), ('intermediate.dense', 'mlp.fc1'), ('output.dense', 'mlp.fc2')):
                t[b + new + '.' + kind] = s[a + old + '.' + kind]
    # That these are the same networks: same features, up to LayerNorm's epsilon.
    peer = timm.models.VisionTransformer(img_size=12, patch_size=4, embed_dim=8, depth=2, num_heads=2, mlp_ratio=2.5,
                                         num_classes=0, norm_layer=lambda d: torch.nn.LayerNorm(d, 1e-12)).eval()
    peer.load_state_dict(t, strict=True)
    x = torch.randn(1, 3, 12, 12)
    torch.testing.assert_close(peer.forward_features(x), model.eval()(x).last_hidden_state, atol=1e-4, rtol=1e-4)
    return {k: v.contiguous() for k, v in s.items()}, t


def mae():
    """A small timm network without bias of queries, keys and values, half of it in half precision, saved as MAE saves."""
    torch.manual_seed(5)
    s = timm.models.VisionTransformer(img_size=12, patch_size=4, embed_dim=8, depth=1, num_heads=2, num_classes=0,
                                      qkv_bias=False).state_dict()
    s = {k: torch.randn_like(v).to(torch.float16 if i % 2 else torch.float64) for i, (k, v) in enumerate(s.items())}
    t = {k: v.float() for k, v in s.items()}
    t['blocks.0.attn.qkv.bias'] = torch.zeros(24)
    t['pos_embed'] = table(s['pos_embed'].float(), 4).float()
    t['patch_embed.proj.weight'] = resized(s['patch_embed.proj.weight'].float(), 5).float()
    more = {'mask_token': torch.zeros(1, 1, 4), 'decoder_embed.weight': torch.zeros(4, 8), 'something': torch.zeros(2)}
    return {'model': {**s, **more}, 'optimizer': {'state': {0: {'exp_avg': torch.zeros(3), 'step': torch.tensor(1.)}}},
            'epoch': 3, 'args': argparse.Namespace(lr=np.float64(1e-3))}, t


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    state = checkpoint()
    torch.save(state, OUT / 'zip.pth')
    torch.save(state, OUT / 'legacy.pth', _use_new_zipfile_serialization=False)
    torch.save(state, OUT / 'protocol4.pth', pickle_protocol=4)
    torch.save({'model': Command()}, OUT / 'command.pth')
    torch.save({'model': Command()}, OUT / 'command-legacy.pth', _use_new_zipfile_serialization=False)
    torch.save(torch.nn.Linear(2, 2), OUT / 'module.pth')
    torch.save({'x': torch.zeros(1).expand(1000)}, OUT / 'expanded.pth')
    torch.jit.script(torch.nn.Linear(2, 2)).save(OUT / 'program.pt')
    truth = {'state_dict/module.' + k: v.detach().contiguous().clone() for k, v in tensors().items()}
    truth.update({'bn/' + k: v.clone() for k, v in state['bn'].items()})
    save_file(truth, OUT / 'truth.safetensors')
    state, truth = hugging_face()
    save_file(state, OUT / 'hugging-face.safetensors')
    save_file(truth, OUT / 'hugging-face-timm.safetensors')
    state, truth = mae()
    torch.save(state, OUT / 'mae.pth')
    save_file(truth, OUT / 'mae-timm.safetensors')


main()
