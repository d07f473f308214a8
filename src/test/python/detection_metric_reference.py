"""Makes src/test/resources/metrics/detections.json.gz: random boxes and what pycocotools says of them.

    python src/test/python/detection_metric_reference.py

Needs numpy and pycocotools (2.0.11). Among the cases: crowds, ignored boxes, images and classes without truth or without
detections, equal scores, overlaps that equal a threshold, and more than 100 detections of a class in an image.
"""
import contextlib
import gzip
import io
import json
from pathlib import Path

import numpy as np
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

OUT = Path(__file__).resolve().parents[1] / "resources" / "metrics" / "detections.json.gz"
CASES = 200
# pycocotools has no flag for an ignored box that is no crowd; it ignores boxes whose area is out of range.
OUT_OF_RANGE = 2e10

rng = np.random.default_rng(20260202)


def box():
    x, y, w, h = rng.integers(0, 60), rng.integers(0, 60), rng.integers(4, 41), rng.integers(4, 41)
    return [float(v) for v in (x, y, w, h)]


def near(of):
    """A box beside another; every second one shares its corner and is a simple share of it."""
    if rng.random() < 0.5:
        share = rng.choice([0.5, 0.55, 0.75, 0.8, 0.95, 1])
        return [of[0], of[1], round(of[2] * share, 3), of[3]]
    moved = np.array(of) + rng.normal(0, rng.choice([0.5, 2, 5]), 4)
    return [round(float(v), 1) for v in (moved[0], moved[1], max(moved[2], 1), max(moved[3], 1))]


def image(classes, crowded):
    truth = [[*box(), int(rng.integers(1, classes + 1)), int(rng.random() < 0.1), int(rng.random() < 0.1)]
             for _ in range(rng.integers(0, 7))]
    if rng.random() < 0.1:
        truth = []
    found = []
    for t in truth:
        for _ in range(rng.integers(0, 4)):
            label = t[4] if rng.random() < 0.9 else int(rng.integers(1, classes + 1))
            found.append([*near(t[:4]), label])
    found += [[*box(), int(rng.integers(1, classes + 2))] for _ in range(rng.integers(0, 5))]
    if crowded:
        found += [[*near(t[:4]), 1] for t in truth for _ in range(130 // len(truth))]
    rng.shuffle(found)
    return {"truth": truth, "detections": [[*d[:4], int(d[4]), round(float(rng.random()), 2)] for d in found]}


def scores(images, classes):
    """mAP, mAP50 and mAP75; -1 where pycocotools has no value."""
    truth, found = [], []
    for i, picture in enumerate(images):
        for x, y, w, h, label, crowd, ignored in picture["truth"]:
            truth.append({"id": len(truth) + 1, "image_id": i, "category_id": label, "bbox": [x, y, w, h],
                          "area": OUT_OF_RANGE if ignored else w * h, "iscrowd": crowd})
        for x, y, w, h, label, score in picture["detections"]:
            found.append({"image_id": i, "category_id": label, "bbox": [x, y, w, h], "score": score})
    coco = COCO()
    coco.dataset = {"images": [{"id": i} for i in range(len(images))], "annotations": truth,
                    "categories": [{"id": c} for c in classes]}
    with contextlib.redirect_stdout(io.StringIO()):
        coco.createIndex()
        detected = COCO()
        detected.dataset = {**coco.dataset, "annotations": [
            {**f, "id": n + 1, "area": f["bbox"][2] * f["bbox"][3], "iscrowd": 0} for n, f in enumerate(found)]}
        detected.createIndex()
        evaluation = COCOeval(coco, detected, "bbox")
        evaluation.evaluate()
        evaluation.accumulate()
        evaluation.summarize()
    return [float(v) for v in evaluation.stats[:3]]


def case(n):
    classes = int(rng.integers(1, 4))
    images = [image(classes, n % 40 == 7 and i == 0) for i in range(rng.integers(1, 6))]
    labels = list(range(1, classes + 1))
    return {"images": images, "mean": scores(images, labels),
            "classes": {c: scores(images, [c]) for c in labels},
            "single": [scores([i], labels) for i in images]}


cases = [case(n) for n in range(CASES)]
text = json.dumps(cases, separators=(",", ":")).encode()
OUT.write_bytes(gzip.compress(text, 9, mtime=0))
crowded = sum(max((sum(d[4] == 1 for d in i["detections"]) for i in c["images"]), default=0) > 100 for c in cases)
print(len(cases), "cases,", OUT.stat().st_size, "bytes;", crowded, "with more than 100 detections of a class;",
      sum(c["mean"][0] < 0 for c in cases), "without truth; mean mAP", np.mean([c["mean"][0] for c in cases]))
