"""Times eager PyTorch on the cases of SegmenterTiming, or prints the table of both.

    python scripts/benchmark_segment.py time RUNS        lines of case, precision, milliseconds of CPU time
    python scripts/benchmark_segment.py table OURS THEIRS

Called by scripts/benchmark. The networks are the modules of src/test/python/finetuning_reference.py: PyTorch's own layers
and timm's blocks. From 8-bit image to 8-bit mask; the tiled case runs as many tiles, one at a time, and adds them up.
"""
import csv
import math
import statistics
import sys
import time
from pathlib import Path


def tile_starts(length, tile, stride):
    """Tiles that overlap by a quarter at least and begin at multiples of the stride, as VasoMIM lays them."""
    free = (math.ceil(length / stride) * stride - tile) // stride
    count = 1 + math.ceil(free / (tile * 3 // 4 // stride))
    return [i * free // (count - 1) * stride for i in range(count)]


def time_peer(runs):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src/test/python"))
    import finetuning_reference as networks
    import torch
    import torch.nn.functional as F

    class VitUNet(networks.VitUNet):
        """Blocks as timm runs them, without the factors of drop path."""

        def features(self, image, branches):
            x = self.patch_embed(image) + self.pos_embed[:, 1:]
            x = torch.cat([(self.cls_token + self.pos_embed[:, :1]).expand(len(x), -1, -1), x], 1)
            for block in self.blocks:
                x = block(x)
            return x[:, 1:].transpose(1, 2).reshape(len(x), -1, self.grid, self.grid)

    torch.set_num_threads(1)
    torch.manual_seed(1)
    mean, std = (torch.tensor(v)[:, None, None] for v in ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)))
    unet = networks.UNet((16, 32, 64, 128, 192, 256), 1).float().eval()
    vit = VitUNet(224, 16, 768, 12, 12, 32, 1).float().eval()

    def whole(image):
        x = F.interpolate(image[None, None].float(), size=(256, 256), mode="bicubic", antialias=True).clamp(0, 255)
        x = (x - x.mean()) / torch.sqrt(x.var(unbiased=False) + 1)
        logits = F.interpolate(unet(x).float(), size=image.shape, mode="bilinear", align_corners=False)
        return torch.sigmoid(logits[0, 0])

    def normalise(image):
        return (image.float() / 255 - mean) / std

    def one(image):
        return torch.sigmoid(vit(normalise(image)[None])[0, 0].float())

    def tiled(image):
        x, starts = normalise(image), tile_starts(image.shape[0], 224, 16)
        ramp = torch.hann_window(226)[1:-1]
        weight, total, weights = ramp[:, None] * ramp, torch.zeros(image.shape), torch.zeros(image.shape)
        for top in starts:
            for left in starts:
                at = slice(top, top + 224), slice(left, left + 224)
                total[at] += weight * vit(x[None, :, at[0], at[1]])[0, 0].float()
                weights[at] += weight
        return torch.sigmoid(total / weights)

    cases = ((whole, "deep unet 256", 512, runs), (one, "vit base 224", 224, runs),
             (tiled, "vit base 1024 tiled", 1024, 1))
    for function, name, side, repeats in cases:
        image = torch.randint(0, 256, (side, side), dtype=torch.uint8)
        for precision in ("float32", "bfloat16"):
            times = []
            with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16, precision == "bfloat16"):
                for i in range(1 + repeats):
                    start = time.process_time()
                    mask = ((function(image) >= 0.5) * 255).to(torch.uint8).numpy()
                    times.append(1000 * (time.process_time() - start))
            assert mask.shape == (side, side)
            print(f"{name},{precision},{statistics.median(times[1:]):.1f}", flush=True)


def read(path):
    """Milliseconds of each round, by case and precision."""
    found = {}
    with open(path, newline="", encoding="utf-8") as file:
        for name, precision, milliseconds in csv.reader(file):
            found.setdefault((name, precision), []).append(float(milliseconds))
    return found


def table(ours, theirs):
    print("| case | precision | VasoMIM, ms | eager PyTorch, ms | share of its time |\n|---|---|---|---|---|")
    for key, mine in ours.items():
        peer = theirs.get(key)
        if peer is None:
            print(f"| {key[0]} | {key[1]} | {statistics.median(mine):.0f} | | |")
            continue
        share = statistics.median(a / b for a, b in zip(mine, peer))
        print(f"| {key[0]} | {key[1]} | {statistics.median(mine):.0f} | {statistics.median(peer):.0f} | {share:.2f} |")


if __name__ == "__main__":
    if sys.argv[1] == "time":
        time_peer(int(sys.argv[2]))
    else:
        table(read(sys.argv[2]), read(sys.argv[3]))
