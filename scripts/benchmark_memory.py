"""Prints the resident memory of a run of many small steps. Called by scripts/benchmark: DATA, the command, STEPS."""
import subprocess
import sys

data, command, steps = sys.argv[1], sys.argv[2].split("\x1f"), int(sys.argv[3])
process = subprocess.Popen(command + [data, "tiny", "64", "2", "cpu", "float32"], stdin=subprocess.PIPE,
                           stdout=subprocess.PIPE, text=True)


def ask(line):
    process.stdin.write(line + "\n")
    process.stdin.flush()
    return process.stdout.readline()


while process.stdout.readline() != "ready\n":
    pass
every = max(1, steps // 10)
megabytes = {}
for step in range(1, steps + 1):
    ask("step")
    if step % every == 0:
        megabytes[step] = float(ask("rss"))
        print(f"{step} steps: {megabytes[step]:.0f} MB", flush=True)
first, last = megabytes[every], megabytes[every * (steps // every)]
print(f"from a tenth to the end: {100 * (last / first - 1):+.1f} %")
process.stdin.close()
process.wait()
