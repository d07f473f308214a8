"""Makes what the tests of fine-tuning compare with, in src/test/resources/reference: float64 computations at a tiny size.

    python src/test/python/finetuning_reference.py

Needs what mae_reference.py needs. The networks are modules of PyTorch's layers and timm's blocks, the losses are written
out from their papers. Weights are drawn from the tensors' names, so they are not stored.
"""
import math

import torch
import torch.nn as nn
import torch.nn.functional as F
from timm.models.vision_transformer import Block, PatchEmbed

import mae_reference as reference
from mae_reference import angiograms, draw, rng, save


# ------------------------------------------------------------------------------------------------------- networks

def scramble(network):
    """In place; position tables stay as they are."""
    with torch.no_grad():
        for name, v in network.state_dict().items():
            if v.ndim == 0 or name == "pos_embed":
                continue
            u = reference.scrambled(name, v.shape)
            if v.ndim > 1:
                u = u * math.sqrt(3 / math.prod(v.shape[1:]))
            elif name.endswith("running_var"):
                u = 1.25 + 0.75 * u
            else:
                u = (1 if name.endswith("weight") else 0) + 0.25 * u
            v.copy_(torch.tensor(u).float())
    return network


class Steps(nn.Module):
    """Layers one after the other under given names."""

    def __init__(self, **layers):
        super().__init__()
        for name, layer in layers.items():
            setattr(self, name, layer)
        self.order = list(layers)

    def forward(self, x):
        for name in self.order:
            x = getattr(self, name)(x)
        return x


def double():
    return nn.Upsample(scale_factor=2, mode="nearest")


def conv3(a, b):
    return nn.Conv2d(a, b, 3, padding=1)


def conv1(a, b):
    return nn.Conv2d(a, b, 1)


def up(a, b):
    return nn.ConvTranspose2d(a, b, 2, stride=2)


class Residual(nn.Module):
    def __init__(self, a, b):
        super().__init__()
        self.conv1, self.norm1 = conv3(a, b), nn.BatchNorm2d(b)
        self.conv2, self.norm2 = conv3(b, b), nn.BatchNorm2d(b)
        self.skip = conv1(a, b)

    def forward(self, x):
        y = F.gelu(self.norm1(self.conv1(x)))
        return F.gelu(self.norm2(self.conv2(y))) + self.skip(x)


def pyramid_16(d, b):
    N, G = nn.BatchNorm2d, nn.GELU
    return {"p16": Steps(conv1=conv1(d, 16 * b), norm1=N(16 * b), act1=G()),
            "p8": Steps(double1=double(), conv1=conv3(d, 8 * b), norm1=N(8 * b), act1=G()),
            "p4": Steps(double1=double(), conv1=conv3(d, d // 2), norm1=N(d // 2), act1=G(),
                        double2=double(), conv2=conv3(d // 2, 4 * b), norm2=N(4 * b), act2=G()),
            "p2": Steps(double1=double(), conv1=conv3(d, d // 2), norm1=N(d // 2), act1=G(),
                        double2=double(), conv2=conv3(d // 2, d // 4), norm2=N(d // 4), act2=G(),
                        double3=double(), conv3=conv3(d // 4, 2 * b), norm3=N(2 * b), act3=G())}


def pyramid_8(d, b):
    N, G = nn.BatchNorm2d, nn.GELU
    return {"p16": Steps(conv1=nn.Conv2d(d, 2 * d, 2, stride=2), norm1=N(2 * d),
                         conv2=conv1(2 * d, 16 * b), norm2=N(16 * b), act2=G()),
            "p8": Steps(conv1=conv1(d, 8 * b), norm1=N(8 * b), act1=G()),
            "p4": Steps(up1=up(d, d // 2), norm1=N(d // 2), conv2=conv1(d // 2, 4 * b), norm2=N(4 * b), act2=G()),
            "p2": Steps(up1=up(d, d // 2), norm1=N(d // 2), act1=G(), up2=up(d // 2, d // 4), norm2=N(d // 4),
                        conv3=conv1(d // 4, 2 * b), norm3=N(2 * b), act3=G())}


class VitUNet(nn.Module):
    def __init__(self, size, patch, d, depth, heads, b, outputs, normed=False):
        super().__init__()
        norm = lambda n: nn.LayerNorm(n, eps=1e-6)
        self.grid, self.normed = size // patch, normed
        self.patch_embed = PatchEmbed(size, patch, 3, d, strict_img_size=False)
        self.cls_token = nn.Parameter(torch.zeros(1, 1, d))
        self.pos_embed = nn.Parameter(reference.positions(self.grid, d), requires_grad=False)
        self.blocks = nn.ModuleList([Block(d, heads, 4, qkv_bias=True, norm_layer=norm) for _ in range(depth)])
        self.norm = norm(d)
        self.norm.requires_grad_(normed)
        self.pyramid = nn.ModuleDict((pyramid_8 if patch == 8 else pyramid_16)(d, b))
        self.stem = Residual(3, b)
        self.decoder = nn.ModuleList([Residual(3 * c, c) for c in (8 * b, 4 * b, 2 * b, b)])
        self.head = conv1(b, outputs)

    def features(self, image, branches):
        """branches: depth x 2 x B factors of attention and MLP."""
        x = self.patch_embed.proj(image)
        h, w = x.shape[2:]
        table = self.pos_embed[:, 1:].reshape(1, self.grid, self.grid, -1).permute(0, 3, 1, 2)
        if (h, w) != (self.grid, self.grid):
            table = F.interpolate(table, size=(h, w), mode="bicubic", align_corners=False)
        x = (x + table).flatten(2).transpose(1, 2)
        x = torch.cat([(self.cls_token + self.pos_embed[:, :1]).expand(len(x), -1, -1), x], 1)
        for block, (a, m) in zip(self.blocks, branches):
            x = x + a[:, None, None] * block.attn(block.norm1(x))
            x = x + m[:, None, None] * block.mlp(block.norm2(x))
        if self.normed:
            x = self.norm(x)
        return x[:, 1:].transpose(1, 2).reshape(len(x), -1, h, w)

    def forward(self, image, branches=None):
        if branches is None:
            branches = torch.ones(len(self.blocks), 2, len(image), dtype=image.dtype)
        features = self.features(image, branches)
        maps = {name: level(features) for name, level in self.pyramid.items()}
        x = maps["p16"]
        for step, skip in zip(self.decoder, (maps["p8"], maps["p4"], maps["p2"], self.stem(image))):
            x = step(torch.cat([F.interpolate(x, scale_factor=2, mode="nearest"), skip], 1))
        return self.head(x)


class Stage(nn.Module):
    def __init__(self, a, b):
        super().__init__()
        self.conv1, self.norm1 = nn.Conv2d(a, b, 3, padding=1, bias=False), nn.BatchNorm2d(b)
        self.conv2, self.norm2 = nn.Conv2d(b, b, 3, padding=1, bias=False), nn.BatchNorm2d(b)

    def forward(self, x):
        return F.relu(self.norm2(self.conv2(F.relu(self.norm1(self.conv1(x))))))


class UNet(nn.Module):
    def __init__(self, widths, outputs):
        super().__init__()
        self.encoder = nn.ModuleList([Stage(a, b) for a, b in zip((1, *widths), widths)])
        self.decoder = nn.ModuleList([Stage(a + b, a) for a, b in zip(widths, widths[1:])])
        self.head = conv1(widths[0], outputs)

    def forward(self, x):
        skips = []
        for i, stage in enumerate(self.encoder):
            x = stage(x if i == 0 else F.max_pool2d(x, 2))
            skips.append(x)
        for stage, skip in zip(reversed(self.decoder), reversed(skips[:-1])):
            x = F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False)
            x = stage(torch.cat([skip, x], 1))
        return self.head(x)


class UNeXt(nn.Module):
    """The network of mae_reference.py as a module."""

    def __init__(self, widths, outputs):
        super().__init__()
        weights = reference.unext_weights(widths)
        weights["final.weight"] = torch.zeros(outputs, widths[0], 1, 1, dtype=torch.float64)
        weights["final.bias"] = torch.zeros(outputs, dtype=torch.float64)
        self.tensors = {n: torch.zeros_like(v) for n, v in weights.items()}
        self.leaves = {n: nn.Parameter(v) for n, v in self.tensors.items() if "running" not in n and "tracked" not in n}

    def state_dict(self):
        return self.tensors | self.leaves

    def named_parameters(self):
        return self.leaves.items()

    def forward(self, x):
        moved = {} if self.training else None
        logits = reference.unext(self.state_dict(), x, moved)
        self.tensors.update(moved or {})
        return logits


# --------------------------------------------------------------------------------------------------------- losses

def cross_entropy(logits, target, balance):
    """Mean over the pixels, each weighted by its class; target 0..1 for one output, else class numbers."""
    if logits.shape[1] == 1:
        p = torch.sigmoid(logits[:, 0])
        loss = -target * torch.log(p) - (1 - target) * torch.log(1 - p)
        weight = balance[0] * (1 - target) + balance[1] * target
    else:
        p = torch.exp(logits) / torch.exp(logits).sum(1, keepdim=True)
        loss = -torch.log(p.gather(1, target[:, None])[:, 0])
        weight = balance[target]
    return (weight * loss).sum() / weight.sum()


def regions(logits, target):
    """Probability and truth of what is no background, B x C x H x W."""
    if logits.shape[1] == 1:
        return torch.sigmoid(logits), target[:, None]
    p = torch.exp(logits) / torch.exp(logits).sum(1, keepdim=True)
    return p[:, 1:], torch.stack([(target == k).double() for k in range(1, logits.shape[1])], 1)


def dice_loss(p, t):
    losses = [1 - (2 * (a * b).sum() + 1e-5) / (a.sum() + b.sum() + 1e-5)
              for i, j in zip(p, t) for a, b in zip(i, j) if len(i) == 1 or b.sum() > 0]
    return sum(losses) / max(len(losses), 1)


def moved(x, shifts, outside):
    """x shifted by each of the shifts, stacked."""
    padded = F.pad(x, (1, 1, 1, 1), value=outside)
    h, w = x.shape[2:]
    return torch.stack([padded[:, :, 1 + dy:1 + dy + h, 1 + dx:1 + dx + w] for dy, dx in shifts])


CROSS = ((0, 0), (-1, 0), (1, 0), (0, -1), (0, 1))
SQUARE = [(dy, dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1)]


def soft_skeleton(x, iterations):
    """Algorithm 1 of clDice (Shit et al. 2021); as published, erosion is by the cross, dilation by the square."""
    skeleton = None
    for i in range(iterations + 1):
        eroded = moved(x, CROSS, math.inf).amin(0)
        found = F.relu(x - moved(eroded, SQUARE, -math.inf).amax(0))
        skeleton = found if i == 0 else skeleton + F.relu(found - skeleton * found)
        x = eroded
    return skeleton


def cldice_loss(p, t, iterations):
    sp, st = soft_skeleton(p, iterations), soft_skeleton(t, iterations)
    precision = ((sp * t).sum() + 1) / (sp.sum() + 1)
    sensitivity = ((st * p).sum() + 1) / (st.sum() + 1)
    return 1 - 2 * precision * sensitivity / (precision + sensitivity)


def losses(logits, target, balance, weight, iterations):
    entropy, (p, t) = cross_entropy(logits, target, balance), regions(logits, target)
    dice, cldice = dice_loss(p, t), cldice_loss(p, t, iterations)
    return torch.stack([entropy + (1 - weight) * dice + weight * cldice, entropy, dice, cldice])


# ------------------------------------------------------------------------------------------------- what is written

def standardise(grey):
    mean = grey.mean((1, 2), keepdim=True)
    return ((grey - mean) / torch.sqrt(((grey - mean) ** 2).mean((1, 2), keepdim=True) + 1))[:, None]


def labels(masks, classes):
    """Each mask cut into pieces from left to right, one a class."""
    x = torch.arange(masks.shape[2])
    return torch.where(masks > 0, 1 + x * classes // masks.shape[2], 0)


def one_pass(name, network, image, x, target, stored, branches=None, balance=None, weight=0.0, kept=lambda name: True):
    """Logits in eval mode; then a training pass: logits, losses, gradients, running statistics."""
    network = scramble(network.double())
    network.eval()
    with torch.no_grad():
        logits = network(x)
    network.train()
    trained = {n: p for n, p in network.named_parameters() if p.requires_grad}
    training = network(x) if branches is None else network(x, branches)
    balance = torch.ones(max(training.shape[1], 2), dtype=torch.float64) if balance is None else balance
    values = losses(training, target, balance, weight, 3)
    gradients = dict(zip(trained, torch.autograd.grad(values[0], list(trained.values()))))
    tensors = {"in.image": image.to(torch.uint8), "in.labels": stored.to(torch.uint8), "in.balance": balance,
               "out.logits": logits, "out.training_logits": training, "out.losses": values}
    tensors |= {"after." + n: v for n, v in network.state_dict().items() if "running" in n or "tracked" in n}
    tensors |= {"gradient." + n: g for n, g in gradients.items() if kept(n)}
    if branches is not None:
        tensors["in.branches"] = branches
    save(name, tensors)
    return network


def vit_unet():
    image, mask = angiograms(2, 64)
    x, target = reference.normalise(image), mask / 255
    branches = torch.tensor([[[1, 1], [1, 0]], [[1.25, 0], [1.25, 1.25]]], dtype=torch.float64)
    one_pass("vit_unet", VitUNet(64, 16, 24, 2, 3, 2, 1), image, x, target, mask, branches)
    one_pass("vit_unet_8", VitUNet(64, 8, 24, 2, 3, 2, 1), image, x, target, mask,
             kept=lambda n: n.startswith("pyramid"))
    one_pass("vit_unet_normed", VitUNet(64, 16, 24, 2, 3, 2, 1, True), image, x, target, mask,
             kept=lambda n: n.startswith("norm"))
    wide, _ = angiograms(1, 96)
    wide = wide[:, :48]
    network = scramble(VitUNet(64, 16, 24, 2, 3, 2, 1).double()).eval()
    with torch.no_grad():
        save("vit_unet_wide", {"in.image": wide.to(torch.uint8), "out.logits": network(reference.normalise(wide))})


def convolutional():
    image, mask = angiograms(3, 32)
    balance = torch.tensor([0.25, 3, 1, 2], dtype=torch.float64)
    target = labels(mask, 3)
    one_pass("unet", UNet((4, 8, 12), 4), image, standardise(image), target, target, balance=balance, weight=0.375)
    one_pass("unext_classes", UNeXt((5, 6, 9, 13, 24), 4), image, reference.normalise(image), target, target,
             kept=lambda n: n.split(".")[0] in ("final", "decoder5", "encoder1"))


def loss_functions():
    """Of given logits, with the gradients of the total; the second image of the classes lacks one of them."""
    _, mask = angiograms(2, 24)
    cases = {"vessel": (1, mask / 255, (0.5, 2)), "classes": (4, labels(mask, 3), (0.25, 3, 1, 2))}
    cases["classes"][1][1][cases["classes"][1][1] == 2] = 0
    tensors = {}
    for name, (outputs, target, balance) in cases.items():
        balance = torch.tensor(balance, dtype=torch.float64)
        logits = draw(2, outputs, 24, 24, scale=2).requires_grad_(True)
        values = losses(logits, target, balance, 0.375, 3)
        tensors |= {name + ".logits": logits, name + ".target": target.float(), name + ".balance": balance,
                    name + ".losses": values, name + ".gradient": torch.autograd.grad(values[0], logits)[0]}
    probability = torch.tensor(rng.uniform(0, 1, (1, 1, 16, 16)).astype("float32"), dtype=torch.float64)
    tensors |= {"probability": probability, "skeleton": soft_skeleton(probability, 3)}
    save("finetuning_losses", tensors)


def resizing():
    """A position table of a 4 x 4 grid, a kernel of 14 px."""
    table, kernel = draw(1, 17, 8), draw(2, 3, 14, 14)
    grid = table[:, 1:].reshape(1, 4, 4, 8).permute(0, 3, 1, 2)
    tensors = {"table": table, "kernel": kernel}
    for side in (3, 6):
        patches = F.interpolate(grid, scale_factor=side / 4, mode="bicubic", align_corners=False)
        tensors[f"table{side}"] = torch.cat([table[:, :1], patches.permute(0, 2, 3, 1).reshape(1, -1, 8)], 1)
    for patch in (8, 16):
        tensors[f"kernel{patch}"] = F.interpolate(kernel, size=(patch, patch), mode="bicubic", align_corners=False)
    save("resizing", tensors)


if __name__ == "__main__":
    vit_unet()
    convolutional()
    loss_functions()
    resizing()
