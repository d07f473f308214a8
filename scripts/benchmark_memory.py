"""Prints the resident memory of a run of many small steps: python3 benchmark_memory.py STEPS JAVA... DATA."""
import subprocess
import sys

steps, command = int(sys.argv[1]), sys.argv[2:]
process = subprocess.Popen(command + ["tiny", "64", "2", "cpu", "float32"], stdin=subprocess.PIPE,
                           stdout=subprocess.PIPE, text=True)


def ask(line):
    process.stdin.write(line + "\n")
    process.stdin.flush()
    return process.stdout.readline()


while process.stdout.readline() != "ready\n":
    pass
megabytes = {}
for step in range(1, steps + 1):
    ask("step")
    if step % (steps // 10) == 0:
        megabytes[step] = float(ask("rss"))
        print(f"{step} steps: {megabytes[step]:.0f} MB", flush=True)
first, last = megabytes[steps // 10], megabytes[steps]
print(f"from a tenth to the end: {100 * (last / first - 1):+.1f} %")
process.stdin.close()
process.wait()
