"""Repeats a training of VasoMIM in Python, in float64, and compares the losses.

    python scripts/compare_curve.py FOLDER

Called by scripts/compare after the Java class LossCurve, which leaves settings, initial weights, the crops and visible
patches of each step, and its losses in FOLDER/curve.safetensors. Python's go to FOLDER/curve.txt.
"""
import json
import math
import sys
from pathlib import Path

import torch
from safetensors import safe_open

import compare_networks as networks


def published_reconstruction_loss(network, x, keep, masked):
    networks.hide(network, keep, masked)
    latent, hidden, restore = network.forward_encoder(x, None, 0.75, 0, 0, 0)
    return network.forward_loss_rec(x, network.forward_decoder(latent, restore), hidden)[0]


def learning_rate(epoch, peak, warm_up, epochs):
    if epoch < warm_up:
        return peak * epoch / warm_up
    return peak * 0.5 * (1 + math.cos(math.pi * (epoch - warm_up) / (epochs - warm_up)))


def curve(folder):
    """Repeats in float64 the training whose inputs and losses Java has left in the folder."""
    with safe_open(folder / "curve.safetensors", "pt") as file:
        s = {n: json.loads(v) for n, v in file.metadata().items()}
        tensors = {n: file.get_tensor(n) for n in file.keys()}
    tensors = {n: v.double() if v.is_floating_point() else v for n, v in tensors.items()}
    crops, keeps, ours = (tensors.pop(n) for n in ("in.crops", "in.keep", "losses"))
    patches = (s["sizes"][0] // s["sizes"][1]) ** 2
    masks = torch.ones(*keeps.shape[:2], patches, dtype=torch.bool).scatter(2, keeps, False)
    start = {n: v.clone() for n, v in tensors.items()}
    losses = train(networks.load(networks.Autoencoder(*s["sizes"]), start), s, crops, keeps, masks,
                   lambda network, x, keep, masked: networks.reconstruction_loss(network(x, keep), x, masked))
    (folder / "curve.txt").write_text("".join(f"{loss:.9f}\n" for loss in losses))
    name = f"{s['name']}: losses of {len(losses)} steps, {losses[0]:.4f} to {losses[-1]:.4f}"
    networks.row(name + ", VasoMIM and PyTorch float64 (timm)", (torch.tensor(losses) - ours).abs().max().item(), 1e-3)
    if networks.PUBLISHED:
        segmentor = networks.reference.unext_weights(networks.reference.UNEXT_S)
        losses = train(networks.published_autoencoder(tensors, segmentor, s["sizes"]), s, crops, keeps, masks,
                       published_reconstruction_loss)
        networks.row(name + ", VasoMIM and published code", (torch.tensor(losses) - ours).abs().max().item(), 1e-3)


def train(network, s, crops, keeps, masks, loss_of):
    """The losses of AdamW's steps, decay on matrices and kernels only."""
    trained = [p for n, p in network.named_parameters() if networks.is_trained(n)]
    groups = [{"params": [p for p in trained if p.ndim > 1], "weight_decay": s["decay"]},
              {"params": [p for p in trained if p.ndim == 1], "weight_decay": 0}]
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.95))
    losses = []
    for step, (crop, keep, masked) in enumerate(zip(crops, keeps, masks)):
        x = networks.reference.normalise(crop)
        loss = loss_of(network, x, keep, masked)
        for group in optimiser.param_groups:
            group["lr"] = learning_rate(step, s["peak"], s["warmup"], len(crops))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    return losses


if __name__ == "__main__":
    curve(Path(sys.argv[1]))
    sys.exit(1 if networks.failed else 0)
