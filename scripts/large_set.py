"""Times the start of a pre-training on as many images as XA-170K has, in 2 GB of heap.

python3 scripts/large_set.py DATA WORK: DATA is a folder of sets, to whose images and masks 171,478 links are made in WORK,
a new folder. Prints the seconds from the start of Java to the end of the first step, without and with a pixel cache.
"""
import os
import subprocess
import sys
import time

COUNT = 171478


def link(data, root):
    sets = [s for s in sorted(os.listdir(data)) if os.path.isdir(os.path.join(data, s + "_frangi"))]
    pairs = [(os.path.join(data, s, f), os.path.join(data, s + "_frangi", os.path.splitext(f)[0] + ".png"))
             for s in sets for f in sorted(os.listdir(os.path.join(data, s)))]
    for folder in ("all", "all_frangi"):
        os.makedirs(os.path.join(root, folder))
    for i in range(COUNT):
        image, mask = pairs[i % len(pairs)]
        os.symlink(os.path.realpath(image), os.path.join(root, "all", f"{i:06d}{os.path.splitext(image)[1]}"))
        os.symlink(os.path.realpath(mask), os.path.join(root, "all_frangi", f"{i:06d}.png"))


def first_step(root, work, name):
    program = os.environ.get("VASOMIM", os.path.join(os.path.dirname(os.path.abspath(__file__)), "vasomim"))
    begin = time.time()
    run = subprocess.Popen([program, "pre-train-vasomim", "--images", root, "--output", os.path.join(work, name),
                            "--preset", "MAE", "--network", "tiny", "--batch", "8", "--device", "cpu", "--precision",
                            "float32"], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
                           env={**os.environ, "VASOMIM_JAVA_OPTS": "-Xmx2g"})
    for line in run.stderr:
        if "epoch 1/" in line:
            break
    else:
        sys.exit("the run ended before its first step")
    seconds = time.time() - begin
    with open(f"/proc/{run.pid}/stat", encoding="utf-8") as stat:
        cpu = sum(int(ticks) for ticks in stat.read().rsplit(")", 1)[1].split()[11:13]) / os.sysconf("SC_CLK_TCK")
    with open(f"/proc/{run.pid}/status", encoding="utf-8") as status:
        peak = next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM"))
    run.kill()
    run.wait()
    print(f"{name}: first step done after {seconds:.1f} s ({cpu:.1f} s of CPU time), peak resident memory {peak} MB", flush=True)


data, work = sys.argv[1:3]
os.makedirs(work)
root = os.path.join(os.path.abspath(work), "sets")
link(os.path.abspath(data), root)
print(f"{COUNT} links made", flush=True)
first_step(root, work, "without cache")
first_step(root, work, "with cache")
