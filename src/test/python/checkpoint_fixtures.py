"""Small PyTorch files for the tests of package pickle, and what they hold, as safetensors.

    python checkpoint_fixtures.py src/test/resources/checkpoints

Needs torch, numpy, safetensors. Written with torch 2.7.1, numpy 2.4.6.
"""
import argparse
import collections
import os
import pickle
import sys
from pathlib import Path

import numpy as np
import torch
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


main()
