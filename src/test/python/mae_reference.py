"""Makes the numbers in src/test/resources/reference: float64 computations at a tiny size, and Pillow's own crops.

    python src/test/python/mae_reference.py

Needs PyTorch, numpy, Pillow, safetensors and timm (names only). Written from the papers, with sums, products and
loops in place of layers: attention is a softmax over explicit scores, BatchNorm, LayerNorm, bilinear enlargement and
the five shifts are spelled out, patches are cut by slices. PyTorch gives float64 arithmetic, convolution, max pooling
and derivatives. All inputs and weights are float32 numbers, so both sides begin with the same values.
"""
import math
import zlib
from pathlib import Path

import numpy as np
import timm
import torch
import torch.nn.functional as F
from PIL import Image
from safetensors.torch import save_file

OUT = Path(__file__).resolve().parents[1] / "resources" / "reference"
MEAN = torch.tensor([0.485, 0.456, 0.406], dtype=torch.float64)
STD = torch.tensor([0.229, 0.224, 0.225], dtype=torch.float64)

UNEXT_S, UNEXT_FULL = (8, 16, 32, 64, 128), (16, 32, 128, 160, 256)

rng = np.random.default_rng(20260101)


# ---------------------------------------------------------------------------------------------- weights and inputs

def draw(*shape, scale=1.0, mean=0.0):
    return torch.tensor(rng.normal(mean, scale, shape).astype(np.float32), dtype=torch.float64)


def linear_weights(w, name, n_in, n_out):
    w[name + ".weight"] = draw(n_out, n_in, scale=1 / math.sqrt(n_in))
    w[name + ".bias"] = draw(n_out, scale=0.1)


def norm_weights(w, name, n):
    w[name + ".weight"] = draw(n, scale=0.1, mean=1)
    w[name + ".bias"] = draw(n, scale=0.1)


def block_weights(w, name, n):
    norm_weights(w, name + ".norm1", n)
    linear_weights(w, name + ".attn.qkv", n, 3 * n)
    linear_weights(w, name + ".attn.proj", n, n)
    norm_weights(w, name + ".norm2", n)
    linear_weights(w, name + ".mlp.fc1", n, 4 * n)
    linear_weights(w, name + ".mlp.fc2", 4 * n, n)


def positions(grid, width):
    """Sines, then cosines, of the column in the first half of the channels and of the row in the second."""
    omega = 1.0 / 10000 ** (np.arange(width // 4) / (width / 4.0))
    row, column = np.meshgrid(np.arange(grid), np.arange(grid), indexing="ij")
    halves = [np.outer(axis.ravel(), omega) for axis in (column, row)]
    table = np.concatenate([f(half) for half in halves for f in (np.sin, np.cos)], axis=1)
    table = np.concatenate([np.zeros((1, width)), table])[None]
    return torch.tensor(table.astype(np.float32), dtype=torch.float64)


def mae_weights(size, patch, width, depth, decoder_width, decoder_depth):
    w = {"cls_token": draw(1, 1, width, scale=0.5), "pos_embed": positions(size // patch, width),
         "mask_token": draw(1, 1, decoder_width, scale=0.5),
         "decoder_pos_embed": positions(size // patch, decoder_width),
         "patch_embed.proj.weight": draw(width, 3, patch, patch, scale=1 / math.sqrt(3 * patch * patch)),
         "patch_embed.proj.bias": draw(width, scale=0.1)}
    for i in range(depth):
        block_weights(w, f"blocks.{i}", width)
    norm_weights(w, "norm", width)
    linear_weights(w, "decoder_embed", width, decoder_width)
    for i in range(decoder_depth):
        block_weights(w, f"decoder_blocks.{i}", decoder_width)
    norm_weights(w, "decoder_norm", decoder_width)
    linear_weights(w, "decoder_pred", decoder_width, 3 * patch * patch)
    return w


def conv_weights(w, name, n_in, n_out, kernel, groups=1):
    w[name + ".weight"] = draw(n_out, n_in // groups, kernel, kernel, scale=math.sqrt(1.5 * groups / n_in) / kernel)
    w[name + ".bias"] = draw(n_out, scale=0.1)


def batch_norm_weights(w, name, n):
    norm_weights(w, name, n)
    w[name + ".running_mean"] = draw(n, scale=0.2)
    w[name + ".running_var"] = torch.tensor(rng.uniform(0.5, 2, n).astype(np.float32), dtype=torch.float64)
    w[name + ".num_batches_tracked"] = torch.tensor(41)


def shifted_weights(w, name, n):
    norm_weights(w, name + ".norm2", n)
    linear_weights(w, name + ".mlp.fc1", n, n)
    conv_weights(w, name + ".mlp.dwconv.dwconv", n, n, 3, groups=n)
    linear_weights(w, name + ".mlp.fc2", n, n)


def unext_weights(c):
    w = {}
    for stage, (n_in, n_out) in enumerate([(3, c[0]), (c[0], c[1]), (c[1], c[2])], 1):
        conv_weights(w, f"encoder{stage}", n_in, n_out, 3)
        batch_norm_weights(w, f"ebn{stage}", n_out)
    for i, (n_in, n_out) in enumerate([(c[2], c[3]), (c[3], c[4])], 3):
        conv_weights(w, f"patch_embed{i}.proj", n_in, n_out, 3)
        norm_weights(w, f"patch_embed{i}.norm", n_out)
        shifted_weights(w, f"block{i - 2}.0", n_out)
        norm_weights(w, f"norm{i}", n_out)
    for stage, (n_in, n_out) in enumerate([(c[4], c[3]), (c[3], c[2]), (c[2], c[1]), (c[1], c[0])], 1):
        conv_weights(w, f"decoder{stage}", n_in, n_out, 3)
        batch_norm_weights(w, f"dbn{stage}", n_out)
        if stage <= 2:
            shifted_weights(w, f"dblock{stage}.0", n_out)
            norm_weights(w, f"dnorm{stage + 2}", n_out)
    conv_weights(w, "decoder5", c[0], c[0], 3)
    conv_weights(w, "final", c[0], 1, 1)
    return w


def angiograms(count, size):
    """Grey bytes: a bright, uneven background, noise and a dark line; and the line's mask."""
    images, masks = [], []
    y, x = np.mgrid[:size, :size]
    for _ in range(count):
        a, b = rng.uniform(-1, 1, 2)
        line = np.abs((x - size / 2) * math.cos(3 * a) + (y - size / 2) * math.sin(3 * a) + size * b / 4) < 3
        grey = 150 + 40 * np.sin(x / size * 3 + a) * np.cos(y / size * 4 + b) - 60 * line + rng.normal(0, 12, x.shape)
        images.append(np.clip(np.round(grey), 0, 255))
        masks.append(255.0 * line)
    return torch.tensor(np.stack(images)), torch.tensor(np.stack(masks))


def normalise(grey):
    return (grey[:, None] / 255 - MEAN[:, None, None]) / STD[:, None, None]


# -------------------------------------------------------------------------------------------- masked autoencoder

def norm(x, weight, bias, epsilon):
    """Over the last axis."""
    centred = x - x.mean(-1, keepdim=True)
    return centred / torch.sqrt((centred ** 2).mean(-1, keepdim=True) + epsilon) * weight + bias


def gelu(x):
    return x * (1 + torch.erf(x / math.sqrt(2))) / 2


def affine(w, name, x):
    return torch.einsum("...i,oi->...o", x, w[name + ".weight"]) + w[name + ".bias"]


def attention(w, name, x, heads):
    images, tokens, width = x.shape
    part = width // heads
    q, k, v = affine(w, name + ".qkv", x).split(width, -1)
    out = []
    for h in range(heads):
        cut = slice(h * part, (h + 1) * part)
        scores = torch.einsum("bid,bjd->bij", q[..., cut], k[..., cut]) / math.sqrt(part)
        share = torch.exp(scores - scores.amax(-1, keepdim=True).detach())
        out.append(torch.einsum("bij,bjd->bid", share / share.sum(-1, keepdim=True), v[..., cut]))
    return affine(w, name + ".proj", torch.cat(out, -1))


def transformer(w, name, x, depth, heads):
    for i in range(depth):
        b = f"{name}.{i}"
        x = x + attention(w, b + ".attn", norm(x, w[b + ".norm1.weight"], w[b + ".norm1.bias"], 1e-6), heads)
        y = norm(x, w[b + ".norm2.weight"], w[b + ".norm2.bias"], 1e-6)
        x = x + affine(w, b + ".mlp.fc2", gelu(affine(w, b + ".mlp.fc1", y)))
    return x


def cut_patches(image, p):
    """B x 3 x H x W -> B x L x p x p x 3, raster order."""
    rows, columns = image.shape[2] // p, image.shape[3] // p
    return torch.stack([image[:, :, r * p:(r + 1) * p, c * p:(c + 1) * p].permute(0, 2, 3, 1)
                        for r in range(rows) for c in range(columns)], 1)


def join_patches(x, p, size):
    """B x L x 3pp -> B x 3 x size x size."""
    grid = size // p
    x = x.reshape(x.shape[0], grid * grid, p, p, 3).permute(0, 1, 4, 2, 3)
    return torch.cat([torch.cat([x[:, r * grid + c] for c in range(grid)], 3) for r in range(grid)], 2)


def patch_tokens(w, image, p):
    patches = cut_patches(image, p)
    tokens = torch.einsum("blyxc,dcyx->bld", patches, w["patch_embed.proj.weight"]) + w["patch_embed.proj.bias"]
    return tokens + w["pos_embed"][:, 1:]


def encode(w, tokens, keep, depth, heads):
    first = (w["cls_token"] + w["pos_embed"][:, :1]).expand(len(tokens), -1, -1)
    visible = torch.stack([tokens[b, keep[b]] for b in range(len(tokens))])
    x = transformer(w, "blocks", torch.cat([first, visible], 1), depth, heads)
    return norm(x, w["norm.weight"], w["norm.bias"], 1e-6)


def decode(w, latent, keep, patches, depth, heads):
    x = affine(w, "decoder_embed", latent)
    images = []
    for b in range(len(x)):
        rows = [w["mask_token"][0, 0]] * patches
        for i, where in enumerate(keep[b].tolist()):
            rows[where] = x[b, 1 + i]
        images.append(torch.stack([x[b, 0]] + rows))
    x = transformer(w, "decoder_blocks", torch.stack(images) + w["decoder_pos_embed"], depth, heads)
    return affine(w, "decoder_pred", norm(x, w["decoder_norm.weight"], w["decoder_norm.bias"], 1e-6))[:, 1:]


def statistics(patches):
    mean = patches.mean(-1, keepdim=True)
    variance = ((patches - mean) ** 2).sum(-1, keepdim=True) / (patches.shape[-1] - 1)
    return mean, torch.sqrt(variance + 1e-6)


def masked_error(prediction, target, masked):
    return sum(((prediction - target)[b, l] ** 2).mean() for b, l in masked.nonzero().tolist()) / masked.sum()


def targets(x, patch):
    """Normalised patches, and the mean and standard deviation that bring a prediction back to the image's scale."""
    flat = cut_patches(x, patch).flatten(2)
    mean, std = statistics(flat)
    return (flat - mean) / std, mean, std


def restore(prediction, x, patch):
    _, mean, std = targets(x, patch)
    return join_patches(prediction * std + mean, patch, x.shape[-1])


def cross_entropy(logits, target):
    return (torch.clamp(logits, min=0) - logits * target + torch.log1p(torch.exp(-logits.abs()))).mean()


# -------------------------------------------------------------------------------------------------------- UNeXt

def conv(w, name, x, stride=1, padding=1):
    weight = w[name + ".weight"]
    return F.conv2d(x, weight, w[name + ".bias"], stride, padding, groups=x.shape[1] // weight.shape[1])


def batch_norm(w, name, x, moved):
    """moved: None in eval mode; else receives the running statistics after this pass."""
    shape = (1, -1, 1, 1)
    if moved is None:
        mean, variance = w[name + ".running_mean"], w[name + ".running_var"]
    else:
        n = x.numel() // x.shape[1]
        mean = x.mean((0, 2, 3))
        variance = ((x - mean.view(shape)) ** 2).mean((0, 2, 3))
        moved[name + ".running_mean"] = 0.9 * w[name + ".running_mean"] + 0.1 * mean.detach()
        moved[name + ".running_var"] = 0.9 * w[name + ".running_var"] + 0.1 * variance.detach() * n / (n - 1)
        moved[name + ".num_batches_tracked"] = w[name + ".num_batches_tracked"] + 1
    x = (x - mean.view(shape)) / torch.sqrt(variance.view(shape) + 1e-5)
    return x * w[name + ".weight"].view(shape) + w[name + ".bias"].view(shape)


def channels_last(f, x):
    return f(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)


def channel_norm(w, name, x):
    return channels_last(lambda y: norm(y, w[name + ".weight"], w[name + ".bias"], 1e-5), x)


def shift(x, axis):
    """Channel group k of five moves by k - 2 px along the axis; what enters is zero."""
    out = torch.zeros_like(x)
    n = x.shape[axis]
    group = math.ceil(x.shape[1] / 5)
    for channel in range(x.shape[1]):
        by = channel // group - 2
        for to in range(max(0, by), min(n, n + by)):
            if axis == 2:
                out[:, channel, to] = x[:, channel, to - by]
            else:
                out[:, channel, :, to] = x[:, channel, :, to - by]
    return out


def shifted_block(w, name, x):
    y = shift(channel_norm(w, name + ".norm2", x), 2)
    y = channels_last(lambda t: affine(w, name + ".mlp.fc1", t), y)
    y = shift(gelu(conv(w, name + ".mlp.dwconv.dwconv", y)), 3)
    return x + channels_last(lambda t: affine(w, name + ".mlp.fc2", t), y)


def double(x):
    """Bilinear, half-pixel centres, edges repeated: a matrix for each axis."""
    def matrix(n):
        m = torch.zeros(2 * n, n, dtype=x.dtype)
        for i in range(2 * n):
            at = max((i + 0.5) / 2 - 0.5, 0)
            low = int(at)
            m[i, low] += 1 - (at - low)
            m[i, min(low + 1, n - 1)] += at - low
        return m
    return torch.einsum("bcyx,vy,ux->bcvu", x, matrix(x.shape[2]), matrix(x.shape[3]))


def unext(w, x, moved=None):
    skips = []
    for stage in "123":
        x = F.relu(F.max_pool2d(batch_norm(w, "ebn" + stage, conv(w, "encoder" + stage, x), moved), 2))
        skips.append(x)
    for stage, block in (("3", "block1.0"), ("4", "block2.0")):
        x = channel_norm(w, f"patch_embed{stage}.norm", conv(w, f"patch_embed{stage}.proj", x, stride=2))
        x = channel_norm(w, "norm" + stage, shifted_block(w, block, x))
        skips.append(x)
    skips.pop()
    for stage in "1234":
        x = batch_norm(w, "dbn" + stage, conv(w, "decoder" + stage, x), moved)
        x = F.relu(double(x)) + skips.pop()
        if stage in "12":
            x = channel_norm(w, f"dnorm{int(stage) + 2}", shifted_block(w, f"dblock{stage}.0", x))
    return conv(w, "final", F.relu(double(conv(w, "decoder5", x))), padding=0)


# ------------------------------------------------------------------------------------------------------- masking

def guided_mask(probability, noise, hidden, guided):
    """An exponential race for the guided patches, then the smallest uniform numbers hide as well."""
    masked, keep = [], []
    for p, u in zip(probability, noise.transpose(1, 0, 2)):
        race = sorted((-math.log(u[0][l]) / p[l], l) for l in range(len(p)) if p[l] > 0)
        drawn = {l for _, l in race[:guided]}
        rest = sorted((u[1][l], l) for l in range(len(p)) if l not in drawn)
        drawn |= {l for _, l in rest[:hidden - len(drawn)]}
        masked.append([l in drawn for l in range(len(p))])
        keep.append([l for l in range(len(p)) if l not in drawn])
    return torch.tensor(masked), torch.tensor(keep)


# ------------------------------------------------------------------------------------------------- what is written

def save(name, tensors, folder=OUT):
    folder.mkdir(parents=True, exist_ok=True)
    stored = {k: (v.float() if v.is_floating_point() else v).detach().contiguous().clone() for k, v in tensors.items()}
    save_file(stored, str(folder / (name + ".safetensors")))


def guide(segmentor, x, anatomy, patch, eta):
    """Vessel probability, guidance map and patch distribution: equations 1 and 2."""
    vessels = torch.sigmoid(unext(segmentor, x))
    guidance = eta * anatomy / 255 + (1 - eta) * vessels[:, 0]
    share = cut_patches(guidance[:, None].expand(-1, 3, -1, -1), patch)[..., 0].sum((2, 3))
    return vessels, guidance, share / (share.sum(1, keepdim=True) + 1e-6)


def objective(prediction, segmentor, x, vessels, masked, patch):
    """Reconstruction and consistency loss: equation 4."""
    reconstruction = masked_error(prediction, targets(x, patch)[0], masked)
    return reconstruction, cross_entropy(unext(segmentor, restore(prediction, x, patch)), vessels.detach())


def pretraining(segmentor):
    size, patch, width, depth, heads, d_width, d_depth, d_heads = 64, 8, 24, 2, 3, 16, 2, 4
    patches, hidden, guided, eta, weight = (size // patch) ** 2, 32, 11, 0.375, 0.75
    w = mae_weights(size, patch, width, depth, d_width, d_depth)
    image, anatomy = angiograms(3, size)
    x = normalise(image)
    vessels, guidance, probability = guide(segmentor, x, anatomy, patch, eta)
    noise = rng.uniform(0.001, 0.999, (2, 3, patches)).astype(np.float32)
    masked, keep = guided_mask(probability.numpy(), noise.astype(np.float64), hidden, guided)

    trained = [n for n in w if "pos_embed" not in n]
    for n in trained:
        w[n].requires_grad_(True)
    tokens = patch_tokens(w, x, patch)
    latent = encode(w, tokens, keep, depth, heads)
    prediction = decode(w, latent, keep, patches, d_depth, d_heads)
    reconstruction, consistency = objective(prediction, segmentor, x, vessels, masked, patch)
    total = reconstruction + weight * consistency
    gradients = torch.autograd.grad(total, [w[n] for n in trained])
    holds = cut_patches(anatomy[:, None].expand(-1, 3, -1, -1), patch)[..., 0].sum((2, 3)) > 0

    # A purely random mask of the same noise, and on it the best constant patch.
    uniform, uniform_keep = guided_mask(np.ones((3, patches)), noise.astype(np.float64), hidden, 0)
    target, seen = targets(x, patch)[0], restore(prediction, x, patch)
    blind = decode(w, encode(w, tokens, uniform_keep, depth, heads), uniform_keep, patches, d_depth, d_heads)
    constant = target[uniform].mean(0).expand_as(target)
    grey = ((seen * STD[:, None, None] + MEAN[:, None, None]).mean(1) * 255).clamp(0, 255)

    save("pretraining", w | {
        "in.image": image.to(torch.uint8), "in.anatomy": anatomy.to(torch.uint8), "in.noise": torch.tensor(noise),
        "out.guidance": guidance, "out.probability": probability, "out.masked": masked, "out.keep": keep,
        "out.tokens": tokens, "out.latent": latent, "out.prediction": prediction, "out.grey": grey,
        "out.losses": torch.stack([total, reconstruction, consistency, holds[masked].double().mean()]),
        "out.evaluation": torch.stack([masked_error(blind, target, uniform), masked_error(constant, target, uniform)]),
    } | {"gradient." + n: g for n, g in zip(trained, gradients)})


def segmentor_training():
    w = unext_weights((5, 6, 9, 13, 24))
    image, anatomy = angiograms(3, 64)
    x, target = normalise(image), anatomy / 255
    trained = [n for n in w if "running" not in n and "tracked" not in n]
    for n in trained:
        w[n].requires_grad_(True)
    moved = {}
    logits = unext(w, x, moved)[:, 0]
    entropy = cross_entropy(logits, target)
    p = torch.sigmoid(logits)
    dice = 1 - (2 * (p * target).sum() + 1e-5) / (p.sum() + target.sum() + 1e-5)
    total = 0.5 * entropy + 0.5 * dice
    gradients = torch.autograd.grad(total, [w[n] for n in trained])
    w = {n: v.detach() for n, v in w.items()}
    save("segmentor", w | {
        "in.image": image.to(torch.uint8), "in.anatomy": anatomy.to(torch.uint8),
        "out.logits": unext(w, x)[:, 0], "out.training_logits": logits,
        "out.losses": torch.stack([total, entropy, dice]),
    } | {"after." + n: v for n, v in moved.items()} | {"gradient." + n: g for n, g in zip(trained, gradients)})
    return w


RATES = (1e-3, 5e-4, 2e-3)


def adamw_steps(x, gradients):
    """The update of Loshchilov and Hutter, written out: one step a gradient, at RATES."""
    decay, b1, b2, m, v = 0.05, 0.9, 0.95, 0.0, 0.0
    for t, (g, rate) in enumerate(zip(gradients, RATES), 1):
        m = b1 * m + (1 - b1) * g
        v = b2 * v + (1 - b2) * g * g
        x = x * (1 - rate * (decay if x.ndim > 1 else 0))
        x = x - rate * (m / (1 - b1 ** t)) / (np.sqrt(v / (1 - b2 ** t)) + 1e-8)
    return x


def adamw():
    """Three steps with given gradients of all sizes, some of them zero."""
    w = mae_weights(8, 4, 4, 1, 4, 1)
    tensors = dict(w)
    for name, start in w.items():
        if "pos_embed" in name:
            continue
        gradients = []
        for t in range(1, 4):
            g = rng.normal(0, 1, start.shape) * 10 ** rng.uniform(-5, 2, start.shape)
            g[rng.uniform(0, 1, start.shape) < 0.05] = 0
            gradients.append(g.astype(np.float32).astype(np.float64))
            tensors[f"gradient{t}.{name}"] = torch.tensor(gradients[-1])
        tensors["after." + name] = torch.tensor(adamw_steps(start.numpy(), gradients))
    save("adamw", tensors)


def crops():
    """Pillow's own: cut, resize, mirror. Boxes are y, x, height, width. 56 = 7 x 8 px, where ties are common."""
    tensors = {}
    for name, (height, width), boxes in (
            ("wide", (70, 96), [(0, 0, 70, 96), (3, 5, 64, 64), (10, 20, 31, 41), (40, 60, 16, 9), (0, 0, 56, 56),
                                (69, 95, 1, 1), (5, 0, 60, 16)]),
            ("tall", (200, 128), [(0, 0, 200, 128), (1, 2, 192, 96), (100, 7, 99, 120), (50, 50, 24, 32),
                                  (0, 0, 57, 55), (0, 0, 128, 128), (30, 3, 8, 112)])):
        noise = rng.uniform(0, 255, (height, width))
        smooth = 127 + 120 * np.sin(np.mgrid[:height, :width].sum(0) / 9)
        image = np.round(np.where(noise < 80, noise * 3, smooth)).clip(0, 255).astype(np.uint8)
        mask = (255 * (rng.uniform(0, 1, (height, width)) < 0.5)).astype(np.uint8)
        flips = [i % 2 for i in range(len(boxes))]
        for kind, source, filter in (("image", image, Image.BICUBIC), ("mask", mask, Image.NEAREST)):
            cut = []
            for (y, x, h, w), flip in zip(boxes, flips):
                # Across first, as every Pillow before 13 does in one call; 13 begins with the axis that shrinks more.
                crop = Image.fromarray(source).crop((x, y, x + w, y + h))
                crop = crop.resize((56, h), filter).resize((56, 56), filter)
                cut.append(np.array(crop.transpose(Image.FLIP_LEFT_RIGHT) if flip else crop))
            tensors[f"{name}.{kind}"] = torch.tensor(source)
            tensors[f"{name}.{kind}.cropped"] = torch.tensor(np.stack(cut))
        tensors[name + ".boxes"] = torch.tensor(boxes, dtype=torch.float32)
        tensors[name + ".flips"] = torch.tensor(flips, dtype=torch.float32)
    save("crops", tensors)


def scrambled(name, shape):
    """Uniform in (-1, 1), the same in every language: MurmurHash3's last steps over a count from the name's CRC."""
    h = np.arange(math.prod(shape), dtype=np.uint32) + np.uint32(zlib.crc32(name.encode()))
    for by, factor in ((16, 0x85ebca6b), (13, 0xc2b2ae35), (16, 1)):
        h = (h ^ (h >> np.uint32(by))) * np.uint32(factor)
    return ((h >> 8) + 0.5).reshape(shape) / 2 ** 23 - 1


def scrambled_weights(c):
    """UNeXt's weights drawn from their names, so that they need not be stored."""
    w = unext_weights(c)
    for name, v in w.items():
        if v.ndim == 0:
            continue
        u = scrambled(name, v.shape)
        if v.ndim > 1:
            u = u * math.sqrt(3 / math.prod(v.shape[1:]))
        elif name.endswith("running_var"):
            u = 1.25 + 0.75 * u
        else:
            u = (1 if name.endswith("weight") else 0) + 0.25 * u
        w[name] = torch.tensor(u.astype(np.float32), dtype=torch.float64)
    return w


def unext_full():
    image, _ = angiograms(1, 64)
    logits = unext(scrambled_weights(UNEXT_FULL), normalise(image))[:, 0]
    save("unext_full", {"in.image": image.to(torch.uint8), "out.logits": logits})


def names():
    """Names and shapes of timm's ViT-B/16 without its classifier and of MAE's decoder of timm blocks."""
    encoder = {n: v for n, v in timm.create_model("vit_base_patch16_224").state_dict().items()
               if not n.startswith("head.")}
    block = timm.models.vision_transformer.Block(512, 16, 4, qkv_bias=True)
    rows = dict(encoder)
    rows |= {"mask_token": torch.zeros(1, 1, 512), "decoder_pos_embed": torch.zeros(1, 197, 512)}
    rows |= {f"decoder_embed.{n}": v for n, v in torch.nn.Linear(768, 512).state_dict().items()}
    for i in range(8):
        rows |= {f"decoder_blocks.{i}.{n}": v for n, v in block.state_dict().items()}
    rows |= {f"decoder_norm.{n}": v for n, v in torch.nn.LayerNorm(512).state_dict().items()}
    rows |= {f"decoder_pred.{n}": v for n, v in torch.nn.Linear(512, 768).state_dict().items()}
    lines = [n + " " + str(list(v.shape)) for n, v in rows.items()]
    (OUT / "mae_base.txt").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    frozen = segmentor_training()
    pretraining(frozen)
    adamw()
    crops()
    save("positions", {"grid7.width12": positions(7, 12), "grid14.width768": positions(14, 768)[:, ::13]})
    names()
    unext_full()
