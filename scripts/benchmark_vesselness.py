"""Times scikit-image and OpenCV on the cases of VesselnessBenchmark and prints a table of ratios.

Called by scripts/benchmark with JMH's table of our own times. Packages that are missing are left out.
"""
import csv
import os
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

CASES = [("512x512x1", 4), ("1024x1024x1", 8), ("4096x4096x1", 4), ("512x512x60", 4)]


def ours(path):
    """Milliseconds by (method, size, largest sigma, threads): CPU time of one thread, wall time of several."""
    rows = {}
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.reader(file):
            method, _, counter = row[0].rpartition(".VesselnessBenchmark.")[2].partition(":")
            rows.setdefault((method, row[-2], int(row[-3]), int(row[-1])), {})[counter] = float(row[4])
    return {key: row["milliseconds"] / row["calls"] if key[3] == 1 else row[""] for key, row in rows.items()}


def cpu_ms(function, budget=6.0):
    """Mean CPU time of the runs in some seconds, at least one, after one that warms up."""
    function()
    runs, start = 0, time.process_time()
    while runs == 0 or time.process_time() - start < budget:
        function()
        runs += 1
    return 1000 * (time.process_time() - start) / runs


def peers():
    """Functions (filter name, image, sigmas) by name of the program."""
    found = {}
    try:
        import skimage
        from skimage.filters import frangi, sato

        found["scikit-image " + skimage.__version__] = {
            "frangi": lambda image, sigmas: frangi(image, sigmas=sigmas, gamma=15),
            "sato": lambda image, sigmas: sato(image, sigmas=sigmas),
        }
    except ImportError:
        print("scikit-image was not found by this Python", file=sys.stderr)
    try:
        import cv2

        cv2.setNumThreads(1)
        found["OpenCV " + cv2.__version__] = {
            "frangi": lambda image, sigmas: opencv(cv2, image, sigmas, True),
            "sato": lambda image, sigmas: opencv(cv2, image, sigmas, False),
        }
    except ImportError:
        print("OpenCV was not found by this Python", file=sys.stderr)
    return found


def opencv(cv2, image, sigmas, is_frangi):
    """Gaussian blur, 3-point second differences, closed-form eigenvalues, in OpenCV's own operations."""
    import numpy as np

    result = np.zeros_like(image)
    for sigma in sigmas:
        size = 2 * int(np.ceil(5 * sigma)) + 1
        smooth = cv2.GaussianBlur(image, (size, size), sigma, borderType=cv2.BORDER_REFLECT)
        xx = cv2.Sobel(smooth, cv2.CV_32F, 2, 0, ksize=1, scale=sigma * sigma)
        yy = cv2.Sobel(smooth, cv2.CV_32F, 0, 2, ksize=1, scale=sigma * sigma)
        xy = cv2.Sobel(smooth, cv2.CV_32F, 1, 1, ksize=1, scale=sigma * sigma / 4)
        m = cv2.addWeighted(xx, 0.5, yy, 0.5, 0)
        d = cv2.magnitude(cv2.addWeighted(xx, 0.5, yy, -0.5, 0), xy)
        large = cv2.add(m, d)
        if is_frangi:
            rb = cv2.divide(cv2.subtract(m, d), large)
            s2 = cv2.add(cv2.multiply(m, m), cv2.multiply(d, d))
            response = cv2.exp(cv2.multiply(rb, rb, scale=-2.0))
            response = cv2.subtract(response, cv2.multiply(response, cv2.exp(cv2.multiply(s2, -1 / 225.0))))
            response[m <= 0] = 0
        else:
            response = large
        result = cv2.max(result, response)
    return result


def main():
    times, quick = ours(sys.argv[1]), "quick" in sys.argv
    print("| case | filter | program | ms | VasoMIM is faster by |\n|---|---|---|---|---|")
    for key, ms in sorted(times.items()):
        print("| %s, sigma 1-%d | %s | VasoMIM, %d thread(s) | %.1f | |" % (key[1], key[2], key[0], key[3], ms))
    found = peers()
    if not found:
        return
    import numpy as np

    for size, largest in CASES:
        width, height, frames = (int(extent) for extent in size.split("x"))
        if quick and (width > 1024 or frames > 1):
            continue
        image = np.random.default_rng(1).integers(0, 256, (height, width)).astype(np.float32)
        sigmas = [float(sigma) for sigma in range(1, largest + 1)]
        for program, filters in found.items():
            for name, function in filters.items():
                if (name, size, largest, 1) not in times:
                    continue
                ms = frames * cpu_ms(lambda: function(image, sigmas))
                ratio = ms / times[name, size, largest, 1]
                print("| %s, sigma 1-%d | %s | %s | %.1f | %.1f |" % (size, largest, name, program, ms, ratio))


if __name__ == "__main__":
    main()
