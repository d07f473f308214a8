"""Makes src/test/resources/skeleton and src/test/resources/metrics with scikit-image 0.25.

    python src/test/python/segmentation_reference.py

Needs numpy, Pillow, scipy and scikit-image. A skeleton's picture holds the mask and its skeleton: 0 outside, 128 in the
mask, 255 on the skeleton. A pair's picture holds 85 where the prediction is, 170 where the truth is, 255 where both are;
scores.json has the measures of all pairs, clDice as in jocpae/clDice.
"""
import json
from pathlib import Path

import numpy as np
from PIL import Image
from scipy.ndimage import gaussian_filter, shift
from skimage.filters import sato
from skimage.morphology import skeletonize

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "main/resources/samples/arcade"
OUT = ROOT / "test/resources"

KEYS = "dice", "iou", "precision", "recall", "clDice", "topologyPrecision", "topologySensitivity"

rng = np.random.default_rng(20260201)


def save(folder, name, picture):
    (OUT / folder).mkdir(exist_ok=True)
    Image.fromarray(picture.astype(np.uint8)).save(OUT / folder / (name + ".png"), optimize=True)


def arcade(name):
    return np.array(Image.open(SAMPLES / (name + "-mask.png"))) > 0


# ------------------------------------------------------------------------------------------------------ skeletons

def lines():
    """One to five px wide, at 36 angles, each in a field of its own; some are cut by the image's border."""
    mask = np.zeros((180, 180), bool)
    y, x = np.mgrid[:30, :30] - 14.5
    for i, angle in enumerate(np.linspace(0, np.pi, 36, endpoint=False)):
        across = np.abs(x * np.sin(angle) - y * np.cos(angle))
        along = np.abs(x * np.cos(angle) + y * np.sin(angle))
        row, column = divmod(i, 6)
        mask[30 * row:30 * row + 30, 30 * column:30 * column + 30] = (across <= 0.5 + i % 5 / 2) & (along <= 13 + i % 3)
    return mask


def skeletons():
    yield "noise", rng.random((128, 256)) < np.linspace(0.05, 0.95, 256)
    for sigma in (1, 2, 4):
        yield f"blobs-{sigma}", gaussian_filter(rng.normal(size=(128, 128)), sigma) > 0
    yield "holes", gaussian_filter(rng.normal(size=(96, 96)), 1.5) > -0.15
    yield "lines", lines()
    yield "full", np.ones((41, 64), bool)
    yield "row", rng.random((1, 64)) < 0.8
    yield "column", rng.random((64, 1)) < 0.8
    yield "two-rows", np.ones((2, 17), bool)
    yield "square", np.pad(np.ones((2, 2), bool), 1)
    yield "pixel", np.ones((1, 1), bool)
    yield "empty", np.zeros((5, 7), bool)
    for name in ("val-030", "val-046", "val-152", "val-193"):
        yield name, arcade(name)


# --------------------------------------------------------------------------------------------------------- scores

def cl_score(mask, skeleton):
    return np.sum(mask & skeleton) / np.sum(skeleton)


def scores(prediction, truth):
    if not prediction.any() or not truth.any():
        return dict.fromkeys(KEYS, 0.0)
    tp, fp, fn = (int(np.sum(m)) for m in (prediction & truth, prediction & ~truth, ~prediction & truth))
    precision, sensitivity = cl_score(truth, skeletonize(prediction)), cl_score(prediction, skeletonize(truth))
    values = (2 * tp / (2 * tp + fp + fn), tp / (tp + fp + fn), tp / (tp + fp), tp / (tp + fn),
              2 * precision * sensitivity / (precision + sensitivity), precision, sensitivity)
    return dict(zip(KEYS, map(float, values)))


def by_class(predicted, true):
    """Of the classes that are in one of the images or in both."""
    classes = sorted((set(np.unique(predicted)) | set(np.unique(true))) - {0})
    return {int(c): scores(predicted == c, true == c) for c in classes}


def statistic(rows, function):
    return dict(zip(KEYS, function([list(row.values()) for row in rows], axis=0)))


def ridges(name):
    """A prediction as a filter makes it: the strongest 8 % of the ridge response."""
    image = np.array(Image.open(SAMPLES / (name + ".jpg")).convert("L")).astype(float)
    response = sato(image, sigmas=(2, 3), black_ridges=True)
    return response >= np.percentile(response, 92)


def pairs():
    yield "ridges", ridges("val-030"), arcade("val-030")
    yield "shifted", shift(arcade("val-161").astype(float), (2, -3), order=0) > 0, arcade("val-161")
    broken = arcade("val-189") & (gaussian_filter(rng.normal(size=(512, 512)), 6) > -0.04)
    yield "broken", broken, arcade("val-189")


if __name__ == "__main__":
    for name, mask in skeletons():
        save("skeleton", name, 128 * mask + 127 * skeletonize(mask))
    table = {}
    for name, prediction, truth in pairs():
        save("metrics", name, 85 * prediction + 170 * truth)
        # Four classes, by columns; those of the prediction begin 10 px further to the left.
        x = np.arange(512)
        predicted, true = prediction * (1 + (x + 10) // 140), truth * (1 + x // 140)
        classes = by_class(predicted, true)
        table[name] = {"mask": scores(prediction, truth), "classes": classes,
                       "macro": statistic(classes.values(), np.mean)}
    masks = [image["mask"] for image in table.values()]
    summary = {"mean": statistic(masks, np.mean), "std": statistic(masks, lambda a, axis: np.std(a, axis, ddof=1))}
    (OUT / "metrics/scores.json").write_text(json.dumps({"images": table, "masks": summary}, indent="\t") + "\n")
