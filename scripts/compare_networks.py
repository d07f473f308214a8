"""The Python half of scripts/compare: makes the numbers that VasoMIM's networks must equal.

    python scripts/compare_networks.py base|large|huge|tiny|unext|vit-unet|unet FOLDER

Called by scripts/compare. The references are src/test/python/{mae,finetuning}_reference.py in float64. Beside them run
PyTorch's own layers in float32 (timm's blocks), which show how far rounding alone goes, and, where VASOMIM_PUBLISHED
names a checkout of the published code, that code with the same weights and masks. Prints rows of a table (quantity,
error, tolerance); ends with 1 if one is beyond its tolerance.
"""
import math
import os
import sys
import types
from contextlib import redirect_stdout
from pathlib import Path
from unittest import mock

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from PIL import Image
from safetensors.torch import load_file
from timm.models.vision_transformer import Block, PatchEmbed

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src/test/python"))
import finetuning_reference as finetuning
import mae_reference as reference

# image, patch, width, depth, heads, decoder width, decoder depth, decoder heads; images in the batch
SIZES = {"base": ((224, 16, 768, 12, 12, 512, 8, 16), 2),
         "large": ((224, 16, 1024, 24, 16, 512, 8, 16), 1),
         "huge": ((224, 14, 1280, 32, 16, 512, 8, 16), 1)}
TINY = (64, 8, 24, 2, 3, 16, 2, 4)
PUBLISHED = os.environ.get("VASOMIM_PUBLISHED")
failed = False


def row(quantity, error, tolerance):
    global failed
    failed |= not error <= tolerance
    print(f"| {quantity} | {error:.1e} | {tolerance:.1e} |", flush=True)


def relative(expected, actual):
    """Largest difference, relative to the largest value."""
    expected, actual = expected.detach().double(), actual.detach().double()
    return ((expected - actual).abs().max() / expected.abs().max()).item()


# ------------------------------------------------------------------------------------------------------- gradients

def floor(expected, actual):
    """The smallest c for which every entry is within 1e-4 of itself plus c of its tensor's largest."""
    return max((((actual[n].double() - g).abs() - 1e-4 * g.abs()).max() / g.abs().max()).item()
               for n, g in expected.items())


def share_beyond(expected, actual):
    """Of the entries above 1e-5 of their tensor's largest, the share that is off by more than 1e-4 of itself."""
    beyond = total = 0
    for n, g in expected.items():
        large = g.abs() > 1e-5 * g.abs().max()
        beyond += (large & ((actual[n].double() - g).abs() > 1e-4 * g.abs())).sum().item()
        total += large.sum().item()
    return beyond / total


# ------------------------------------------------------------------------------------------- masked autoencoders

class Autoencoder(nn.Module):
    """MAE of timm's layers, under MAE's names."""

    def __init__(self, size, patch, width, depth, heads, d_width, d_depth, d_heads):
        super().__init__()
        norm = lambda n: nn.LayerNorm(n, eps=1e-6)
        tokens = (size // patch) ** 2 + 1
        self.patch_embed = PatchEmbed(size, patch, 3, width)
        self.cls_token = nn.Parameter(torch.zeros(1, 1, width))
        self.pos_embed = nn.Parameter(torch.zeros(1, tokens, width), requires_grad=False)
        self.blocks = nn.Sequential(*[Block(width, heads, 4, qkv_bias=True, norm_layer=norm) for _ in range(depth)])
        self.norm = norm(width)
        self.decoder_embed = nn.Linear(width, d_width)
        self.mask_token = nn.Parameter(torch.zeros(1, 1, d_width))
        self.decoder_pos_embed = nn.Parameter(torch.zeros(1, tokens, d_width), requires_grad=False)
        self.decoder_blocks = nn.Sequential(
            *[Block(d_width, d_heads, 4, qkv_bias=True, norm_layer=norm) for _ in range(d_depth)])
        self.decoder_norm = norm(d_width)
        self.decoder_pred = nn.Linear(d_width, 3 * patch * patch)

    def forward(self, x, keep):
        """B x 3 x H x W and the visible patches B x K -> B x L x 3pp."""
        x = self.patch_embed(x) + self.pos_embed[:, 1:]
        x = torch.cat([(self.cls_token + self.pos_embed[:, :1]).expand(len(x), -1, -1), taken(x, keep)], 1)
        x = self.decoder_embed(self.norm(self.blocks(x)))
        hidden = self.mask_token.expand(len(x), self.pos_embed.shape[1] - 1, -1)
        x = torch.cat([x[:, :1], hidden.scatter(1, index(keep, x.shape[2]), x[:, 1:])], 1) + self.decoder_pos_embed
        return self.decoder_pred(self.decoder_norm(self.decoder_blocks(x)))[:, 1:]


def index(keep, width):
    return keep[:, :, None].expand(-1, -1, width)


def taken(x, keep):
    return x.gather(1, index(keep, x.shape[2]))


def reconstruction_loss(prediction, x, masked):
    target = reference.targets(x, math.isqrt(prediction.shape[2] // 3))[0]
    return ((prediction - target) ** 2).mean(-1)[masked].mean()


def load(network, weights):
    """Puts values, and their type, into a network."""
    network.load_state_dict(weights, assign=True)
    return network


def compared(name, depth, d_depth):
    """Parameters of the larger networks whose gradients are compared: outside of blocks, and three blocks a half."""
    part = name.split(".")
    last = {"blocks": depth - 1, "decoder_blocks": d_depth - 1}.get(part[0])
    return last is None or int(part[1]) in (0, last // 2, last)


def gradients_of(loss, network, names):
    leaves = dict(network.named_parameters())
    return dict(zip(names, torch.autograd.grad(loss, [leaves[n] for n in names], retain_graph=True)))


def normalise_float32(grey):
    """As torchvision does."""
    return (grey[:, None].float() / 255 - reference.MEAN.float()[:, None, None]) / reference.STD.float()[:, None, None]


def in_float32(network, segmentor, image, keep, masked, names, weight=1):
    """From bytes: prediction, both losses, gradients of the reconstruction loss, gradients of the total."""
    segmentor = {n: v.float() for n, v in segmentor.items()}
    x = normalise_float32(image)
    p = network(x, keep)
    seen = reference.unext(segmentor, reference.restore(p, x, network.patch_embed.patch_size[0]))
    consistency = F.binary_cross_entropy_with_logits(seen, torch.sigmoid(reference.unext(segmentor, x)))
    losses = torch.stack([reconstruction_loss(p, x, masked), consistency])
    total = losses[0] + weight * losses[1]
    return p, losses, gradients_of(losses[0], network, names), gradients_of(total, network, names)


def yardstick_of(case, expected, actual):
    """What PyTorch's own float32 leaves, which is what VasoMIM is measured by."""
    values = floor(expected, actual), share_beyond(expected, actual)
    for what, value in zip(("floor c", "share beyond 1e-4"), values):
        print(f"| {case} gradients, {what}, PyTorch float32 (timm) | {value:.1e} | |")
    return torch.tensor(values)


def autoencoder(variant, folder):
    sizes, images = SIZES[variant]
    size, patch, width, depth, heads, d_width, d_depth, d_heads = sizes
    patches, hidden, guided = (size // patch) ** 2, (size // patch) ** 2 // 2, (size // patch) ** 2 // 8
    stored = {n: v.float() for n, v in reference.mae_weights(size, patch, width, depth, d_width, d_depth).items()}
    segmentor = reference.unext_weights(reference.UNEXT_S)
    names = [n for n in stored if "pos_embed" not in n and (variant == "base" or compared(n, depth, d_depth))]
    reference.save("weights", stored, folder)
    reference.save("segmentor", segmentor, folder)

    image, anatomy = reference.angiograms(images, size)
    x = reference.normalise(image)
    vessels, guidance, probability = reference.guide(segmentor, x, anatomy, patch, 0.5)
    noise = reference.rng.uniform(0.001, 0.999, (2, images, patches)).astype(np.float32)
    masked, keep = reference.guided_mask(probability.numpy(), noise.astype(np.float64), hidden, guided)

    w = {n: v.double() for n, v in stored.items()}
    for n in names:
        w[n].requires_grad_(True)
    tokens = reference.patch_tokens(w, x, patch)
    latent = reference.encode(w, tokens, keep, depth, heads)
    prediction = reference.decode(w, latent, keep, patches, d_depth, d_heads)
    losses = reference.objective(prediction, segmentor, x, vessels, masked, patch)
    leaves = [w[n] for n in names]
    smooth = dict(zip(names, torch.autograd.grad(losses[0], leaves, retain_graph=True)))
    expected = dict(zip(names, torch.autograd.grad(sum(losses), leaves)))
    for v in w.values():
        v.requires_grad_(False)

    def rows(who, p, both, gradients, tolerance):
        row(f"{variant}: prediction, {who}", relative(prediction, p), tolerance)
        row(f"{variant}: both losses, {who}", relative(torch.stack(losses), both), tolerance)
        row(f"{variant}: gradients, {who}", max(relative(expected[n], gradients[n]) for n in names), tolerance)

    p, both, slopes, all_slopes = in_float32(load(Autoencoder(*sizes), stored), segmentor, image, keep, masked, names)
    rows("PyTorch float32 (timm)", p, both, all_slopes, 1e-5)
    yardstick = yardstick_of(f"{variant}: reconstruction's", smooth, slopes)
    del p, both, slopes, all_slopes, stored
    if PUBLISHED:
        network = published_autoencoder(w, segmentor, sizes)
        hide(network, keep, masked)
        loss, reconstruction, consistency, p, _ = network(x, anatomy[:, None] / 255, mask_ratio=0.5)
        both = torch.tensor([reconstruction, consistency], dtype=torch.float64)
        rows("published code", p, both, gradients_of(loss, network, names), 1e-10)
        del network, loss, p, both

    after = {}
    if variant != "huge":
        for n, g in expected.items():
            given = g.float().double().numpy()
            after[n] = torch.tensor(reference.adamw_steps(w[n].numpy(), [given, -given / 2, given * 2]))
    reference.save("numbers", {
        "in.image": image.to(torch.uint8), "in.anatomy": anatomy.to(torch.uint8), "in.noise": torch.tensor(noise),
        "in.counts": torch.tensor([hidden, guided]), "out.guidance": guidance, "out.probability": probability,
        "out.masked": masked, "out.keep": keep, "out.tokens": tokens, "out.latent": latent,
        "out.prediction": prediction, "out.losses": torch.stack([sum(losses), *losses]), "yardstick": yardstick,
    } | named("gradient.", expected) | named("smooth.", smooth) | named("after.", after), folder)


def tiny(folder):
    """The network of PretrainingPassTest, with the numbers that the test has: gradients entry by entry."""
    numbers, segmentor = (load_file(reference.OUT / (n + ".safetensors")) for n in ("pretraining", "segmentor"))
    network = Autoencoder(*TINY)
    load(network, {n: numbers[n] for n in network.state_dict()})
    expected = {n[len("gradient."):]: v.double() for n, v in numbers.items() if n.startswith("gradient.")}
    *_, slopes = in_float32(network, segmentor, numbers["in.image"], numbers["out.keep"], numbers["out.masked"],
                            list(expected), 0.75)
    reference.save("yardstick", {"yardstick": yardstick_of("tiny: both losses'", expected, slopes)}, folder)


def named(prefix, tensors):
    return {prefix + n: v for n, v in tensors.items()}


# ------------------------------------------------------------------------------------------------- published code

def published(module):
    """A module of the published code, which imports a plotting library that it does not use."""
    for name in ("matplotlib", "matplotlib.pyplot"):
        sys.modules.setdefault(name, types.ModuleType(name))
    if PUBLISHED not in sys.path:
        sys.path.insert(0, PUBLISHED)
    return __import__(module, fromlist=["*"])


def published_autoencoder(weights, segmentor, sizes):
    """The published class with given weights. The segmentor's are set last, as its constructor draws them anew."""
    size, patch, width, depth, heads, d_width, d_depth, d_heads = sizes
    models = published("models_vmae")
    # The constructor reads a file at a place that does not exist, and prints.
    with mock.patch("torch.load", lambda *a, **k: segmentor), redirect_stdout(sys.stderr):
        network = models.MaskedAutoencoderViT(size, patch, 3, width, depth, heads, d_width, d_depth, d_heads,
                                              norm_layer=lambda n: nn.LayerNorm(n, eps=1e-6), norm_pix_loss=True)
    load(network, weights | {"seg_model." + n: v for n, v in segmentor.items()})
    for n, p in network.named_parameters():
        p.requires_grad_(is_trained(n))
    return network.train()


def is_trained(name):
    return not name.startswith("seg_model") and "pos_embed" not in name


def hide(network, keep, masked):
    """Has the published class take these masks in place of drawing some."""
    order = torch.cat([keep, masked.nonzero()[:, 1].reshape(len(keep), -1)], 1)
    network.guided_masking = lambda x, *rest: (taken(x, keep), masked.to(x.dtype), order.argsort(1))


# ---------------------------------------------------------------------------------------------------------- UNeXt

def arcade():
    """The packaged frames as the segmentor takes them: 224 px, 0..255."""
    frames = sorted((ROOT / "src/main/resources/samples/arcade").glob("*.jpg"))
    return torch.tensor(np.stack([np.array(Image.open(f).convert("L").resize((224, 224), Image.BICUBIC))
                                  for f in frames]).astype(np.float64))


def unext(folder):
    image = arcade()
    x = reference.normalise(image)
    cases = {"small": (reference.UNEXT_S, reference.unext_weights(reference.UNEXT_S)),
             "full": (reference.UNEXT_FULL, reference.scrambled_weights(reference.UNEXT_FULL))}
    if PUBLISHED:
        file = torch.load(Path(PUBLISHED) / "segmodel/unext.pth", map_location="cpu", weights_only=True)
        weights = {n: v.double() if v.is_floating_point() else v for n, v in file.items()}
        cases["published"] = reference.UNEXT_S, weights
    for name, (widths, w) in cases.items():
        logits = reference.unext(w, x)
        numbers = {"in.image": image.to(torch.uint8), "out.logits": logits[:, 0],
                   "out.vessels": torch.sigmoid(logits[:, 0])}
        if PUBLISHED:
            classes = published("segmodel.unext.model")
            network = (classes.UNext if widths == reference.UNEXT_FULL else classes.UNext_S)(num_classes=1)
            trained = sum(p.numel() for p in network.parameters())
            mine = sum(v.numel() for n, v in w.items() if "running" not in n and "tracked" not in n)
            row(f"unext: {name}, number of parameters, published class", abs(trained - mine), 0)
            held = reference.OUT / ("unext_full.txt" if widths == reference.UNEXT_FULL else "unext_small.txt")
            names = [f"{n} {list(v.shape)}" for n, v in network.state_dict().items()]
            unlike = held.read_text().splitlines() != names
            row(f"unext: {name}, names and shapes in {held.name}, published class", unlike, 0)
            with torch.no_grad():
                row(f"unext: {name}, logits, published class", relative(logits, load(network, w).eval()(x)), 1e-10)
                numbers["out.published"] = torch.sigmoid(network.float()(normalise_float32(image)))[:, 0]
            error = (numbers["out.published"] - numbers["out.vessels"]).abs().max().item()
            row(f"unext: {name}, probabilities, absolute, published class in float32", error, 1e-5)
        reference.save(name, w | numbers, folder)


# --------------------------------------------------------------------------------------------------- segmentation

def segmentation(task, folder):
    """PyTorch's own layers, in float64 as the reference and in float32 as a measure of rounding."""
    size = 224 if task == "vit-unet" else 256
    image, mask = reference.angiograms(2, size)
    network = finetuning.VitUNet(224, 16, 768, 12, 12, 32, 1) if task == "vit-unet" else finetuning.UNet(
        (16, 32, 64, 96, 128), 1)
    normalise = reference.normalise if task == "vit-unet" else finetuning.standardise
    network = finetuning.scramble(network)
    names = [n for n, p in network.named_parameters() if p.requires_grad and compared(n, 12, 0)]
    found = []
    for kind in (torch.float64, torch.float32):
        network.to(kind)
        with torch.no_grad():
            logits = network.eval()(normalise(image).to(kind))
        statistics = {n: v.clone() for n, v in network.named_buffers()}
        training = network.train()(normalise(image).to(kind))
        values = finetuning.losses(training, (mask / 255).to(kind), torch.ones(2, dtype=kind), 0, 3)
        found.append((logits, training.detach(), values.detach(), gradients_of(values[0], network, names)))
        network.load_state_dict(statistics, strict=False)
    (logits, training, values, slopes), rounded = found
    errors = [relative(a, b) for a, b in zip(found[0][:3], rounded)]
    # Biases before a BatchNorm have none but rounding.
    errors.append(max(relative(g, rounded[3][n]) for n, g in slopes.items() if g.abs().max() > 1e-12))
    for quantity, error in zip(("logits", "logits in training", "losses", "gradients"), errors):
        print(f"| {task}: {quantity}, PyTorch float32 | {error:.1e} | |", flush=True)
    reference.save("numbers", {
        "in.image": image.to(torch.uint8), "in.labels": mask.to(torch.uint8), "in.balance": torch.ones(2),
        "out.logits": logits, "out.training_logits": training, "out.losses": values,
        "yardstick": torch.tensor([errors[1], errors[3]]),
    } | named("gradient.", slopes), folder)


if __name__ == "__main__":
    task, where = sys.argv[1], Path(sys.argv[2])
    if task == "unext":
        unext(where)
    elif task == "tiny":
        tiny(where)
    elif task in ("vit-unet", "unet"):
        segmentation(task, where)
    else:
        autoencoder(task, where)
    sys.exit(1 if failed else 0)
