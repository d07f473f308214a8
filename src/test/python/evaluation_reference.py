"""Makes src/test/resources/evaluation with numpy and scikit-image 0.25, from drawn truth of ARCADE.

    python src/test/python/evaluation_reference.py <folder of ARCADE's syntax/val>

Needs numpy, Pillow, scipy and scikit-image. Each PNG holds the prediction on the left and the truth on the right: 0 and 255
in masks, SYNTAX segments renumbered 1 to 7 in labels. expected.json has the scores of each image and their statistics in
float64, by the formulas as published: Dice of each image, clDice as in jocpae/clDice.
"""
import json
import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw
from scipy.ndimage import binary_dilation, shift
from skimage.morphology import skeletonize

OUT = Path(__file__).resolve().parents[1] / "resources/evaluation"

SIDE, STEP = 512, 3

CLASSES = [1, 2, 3, 5, 6, 7, 13]  # category ids of SYNTAX segments 1 to 3, 5 to 7 and 11

NUMBERS = 7, 45, 59, 26


# ------------------------------------------------------------------------------------------------------------- scores

KEYS = "dice", "precision", "recall", "clDice", "topologyPrecision", "topologySensitivity"


def ratio(part, whole):
    return float(part / whole) if whole else 0.0


def scores(p, t):
    """Where the published formulas divide 0 by 0: 1 if both masks are empty, else 0."""
    if not p.any() and not t.any():
        return dict.fromkeys(KEYS, 1.0)
    line_p, line_t = skeletonize(p), skeletonize(t)
    # jocpae/clDice calls the first sensitivity and the second precision; here they are as in the paper.
    precision, sensitivity = ratio(np.sum(t & line_p), np.sum(line_p)), ratio(np.sum(p & line_t), np.sum(line_t))
    both, predicted, positive = np.sum(p & t), np.sum(p), np.sum(t)
    return dict(zip(KEYS, (ratio(2 * both, predicted + positive), ratio(both, predicted), ratio(both, positive),
                           ratio(2 * precision * sensitivity, precision + sensitivity), precision, sensitivity)))


def mean(rows):
    return {key: float(np.mean([row[key] for row in rows])) for key in rows[0]}


def summary(images):
    """Over the images that have a row; the sample deviation."""
    names = sorted({name for image in images for name in image})
    table = {}
    for name in names:
        rows = [image[name] for image in images if name in image]
        std = {key: float(np.std([row[key] for row in rows], ddof=1)) for key in rows[0]}
        table[name] = dict(count=len(rows), mean=mean(rows), std=std)
    return table


def of_labels(p, t):
    classes = sorted((set(np.unique(p)) | set(np.unique(t))) - {0})
    rows = {f"class {c}": scores(p == c, t == c) for c in classes}
    # Two empty images agree.
    macro = mean(list(rows.values()) or [dict.fromkeys(KEYS, 1.0)])
    return {"mean of classes": macro, "union of classes": scores(p > 0, t > 0), **rows}


# ------------------------------------------------------------------------------------------------------------- images

def labels(data, number):
    """The segments of the image, every third pixel; later polygons over earlier ones."""
    image = next(i for i in data["images"] if i["file_name"] == f"{number}.png" or i["file_name"] == f"{number}.jpg")
    picture = Image.new("L", (SIDE, SIDE))
    draw = ImageDraw.Draw(picture)
    for a in data["annotations"]:
        if a["image_id"] == image["id"] and a["category_id"] in CLASSES:
            for polygon in a["segmentation"]:
                draw.polygon(list(map(int, polygon)), fill=1 + CLASSES.index(a["category_id"]))
    return np.array(picture)[::STEP, ::STEP]


def moved(picture, *by):
    return shift(picture, by, order=0)


def without(picture, *classes):
    return np.where(np.isin(picture, classes), 0, picture)


def exchanged(picture, a, b):
    return np.choose((picture == a) + 2 * (picture == b), (picture, b, a)).astype(np.uint8)


def save(name, prediction, truth, factor):
    picture = Image.fromarray((factor * np.hstack((prediction, truth))).astype(np.uint8))
    picture.save(OUT / (name + ".png"), optimize=True)


def main(folder):
    data = json.loads(next((folder / "annotations").glob("*.json")).read_text())
    right, left, other, thin = (labels(data, n) for n in NUMBERS)
    none = np.zeros_like(right)
    masks = {"moved": (moved(left, 1, -1) > 0, left > 0),
             "wide": (binary_dilation(right > 0), right > 0),
             "broken": ((other > 0) & (np.arange(other.size).reshape(other.shape) % 17 > 2), other > 0),
             "apart": (moved(thin, 0, 40) > 0, thin > 0),
             "blank": (none > 0, right > 0),
             "invented": (left > 0, none > 0),
             "nothing": (none > 0, none > 0)}
    several = {"labels-moved": (moved(left, -1, 1), left),
               "labels-exchanged": (exchanged(moved(right, 0, 1), 1, 2), right),
               "labels-missing": (without(other, other[other > 0].max()), other),
               "labels-invented": (np.where((moved(other, 9, 9) > 0) & (right == 0), 4, right), right),
               "labels-nothing": (none, none)}
    OUT.mkdir(exist_ok=True)
    for name, (p, t) in masks.items():
        save("mask-" + name, p, t, 255)
    for name, (p, t) in several.items():
        save(name, p, t, 1)
    of_masks = {"mask-" + name: {"vessel": scores(*pair)} for name, pair in masks.items()}
    of_several = {name: of_labels(*pair) for name, pair in several.items()}
    expected = {"masks": dict(images=of_masks, summary=summary(list(of_masks.values()))),
                "labels": dict(images=of_several, summary=summary(list(of_several.values())))}
    (OUT / "expected.json").write_text(json.dumps(expected, indent="\t") + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
