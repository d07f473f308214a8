"""Times whole VasoMIM steps of this program and of the published Python code, in turn, and prints medians and ratios.

Called by scripts/benchmark. The published code is fetched when this runs, or taken from VASOMIM_PUBLISHED, a checkout of it.
"""
import math
import os
import statistics
import subprocess
import sys
import time
import types

THREADS = os.environ.setdefault("OMP_NUM_THREADS", "2")
REPOSITORY = "https://github.com/Dxhuang-CASIA/XA-SSL"


class Ours:
    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        while self.process.stdout.readline() != "ready\n":
            if self.process.poll() is not None:
                sys.exit("benchmark: the Java process ended")

    def ask(self, line="step"):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return [float(x) for x in self.process.stdout.readline().split()]

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def peer(root, batch, work):
    """A function that makes one step as engine_pretrain.py does, its data loader in the same process."""
    source = os.environ.get("VASOMIM_PUBLISHED")
    if not source:
        source = os.path.join(work, "XA-SSL")
        if not os.path.isdir(source):
            subprocess.run(["git", "clone", "-q", "--depth", "1", REPOSITORY, source], check=True)
    for name in ("matplotlib", "matplotlib.pyplot"):  # imported there, never used
        sys.modules.setdefault(name, types.ModuleType(name))
    sys.path.insert(0, source)
    os.chdir(source)
    import torch
    torch.set_num_threads(int(THREADS))
    weights = os.path.join(source, "segmodel", "unext.pth")
    load = torch.load
    # The constructor names a file of its authors' disk.
    torch.load = lambda file, **options: load(file if os.path.exists(file) else weights, **options)
    import models_vmae
    from util.vessel_dataset import VesselDataset
    data = VesselDataset(base_path=root)
    loader = torch.utils.data.DataLoader(data, batch_size=batch, shuffle=True, drop_last=True)
    model = models_vmae.mae_vit_base_patch16(norm_pix_loss=True)
    # Its constructor draws a part of the segmentor anew: the published weights are put back.
    model.seg_model.load_state_dict(torch.load(weights, map_location="cpu"))
    model.train(True)
    decay = [p for n, p in model.named_parameters() if p.requires_grad and p.ndim > 1 and not n.endswith(".bias")]
    rest = [p for n, p in model.named_parameters() if p.requires_grad and (p.ndim == 1 or n.endswith(".bias"))]
    optimiser = torch.optim.AdamW([{"params": rest, "weight_decay": 0.0}, {"params": decay, "weight_decay": 0.05}],
                                  lr=1e-5, betas=(0.9, 0.95))
    state = {"iterator": iter(loader)}

    def step():
        wall, cpu = time.perf_counter(), time.process_time()
        try:
            images, filters, _ = next(state["iterator"])
        except StopIteration:
            state["iterator"] = iter(loader)
            images, filters, _ = next(state["iterator"])
        loss = model(images, filters, mask_ratio=0.5, epoch_ratio=0.5)[0]
        if not math.isfinite(loss.item()):
            sys.exit("benchmark: the peer's loss is no number")
        loss.backward()
        optimiser.step()
        optimiser.zero_grad()
        return 1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - cpu)

    return step


def main():
    root, java, pairs, work = sys.argv[1], sys.argv[2].split("\x1f"), int(sys.argv[3]), sys.argv[4]
    batch = 8
    programs = {"VasoMIM, float32": Ours(java + [root, "base", "224", str(batch), "cpu", "float32"]),
                "VasoMIM, bfloat16": Ours(java + [root, "base", "224", str(batch), "cpu", "bfloat16"])}
    theirs = peer(root, batch, work)
    times = {name: [] for name in (*programs, "XA-SSL, float32")}
    for i in range(pairs + 2):
        for name, program in programs.items():
            times[name].append(program.ask())
        times["XA-SSL, float32"].append(theirs())
    # The first two steps of each are for compilers and caches.
    kept = {name: values[2:] for name, values in times.items()}
    reference = kept["XA-SSL, float32"]
    print(f"| ViT-B/16, 224 px, batch {batch}, {THREADS} threads | wall, ms | CPU, ms | wall, of the peer's | CPU, of the peer's |")
    print("|---|---|---|---|---|")
    for name, values in kept.items():
        columns = [f"{statistics.median(v[i] for v in values):.0f}" for i in (0, 1)]
        # Of neighbours in time: load by others meets both alike.
        columns += [f"{statistics.median(v[i] / r[i] for v, r in zip(values, reference)):.2f}" for i in (0, 1)]
        print(f"| {name} | {' | '.join(columns)} |")
    ours = programs["VasoMIM, float32"]
    wall, _ = ours.ask("load 20")
    step = statistics.median(v[0] for v in kept["VasoMIM, bfloat16"])
    print(f"\nLoader alone: {20 * batch / wall * 1000:.0f} images/s, {step / (wall / 20):.1f} times what the faster step eats")
    for program in programs.values():
        program.close()


main()
