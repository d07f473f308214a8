"""Makes detection.safetensors, boxes.safetensors and vitdet_base.txt in src/test/resources/reference: detectron2's own classes in float64.

    PYTHONPATH=<detectron2's sources> python src/test/python/detection_reference.py

Needs PyTorch 2.7.1, torchvision 0.22.1, numpy, Pillow, timm, safetensors, and detectron2 with fvcore, iopath, omegaconf,
cloudpickle; its Python sources are enough, nothing of it needs to be compiled. Weights are drawn, not detectron2's own
start, so that nothing is zero. Random choices are made by given noise in place of torch.randperm.
"""
import math
from functools import partial
from pathlib import Path

import numpy as np
import torch
import torch.nn as nn
import torchvision
from detectron2.layers import ShapeSpec
from detectron2.modeling import GeneralizedRCNN, SimpleFeaturePyramid, ViT
from detectron2.modeling.anchor_generator import DefaultAnchorGenerator
from detectron2.modeling.backbone.fpn import LastLevelMaxPool
from detectron2.modeling.box_regression import Box2BoxTransform
from detectron2.modeling.matcher import Matcher
from detectron2.modeling.poolers import ROIPooler, assign_boxes_to_levels
from detectron2.modeling.proposal_generator import RPN, StandardRPNHead, proposal_utils, rpn
from detectron2.modeling.roi_heads import FastRCNNConvFCHead, FastRCNNOutputLayers, StandardROIHeads, fast_rcnn, roi_heads
from detectron2.structures import Boxes, Instances, pairwise_iou
from detectron2.utils.events import EventStorage
from PIL import Image
from safetensors.torch import save_file

OUT = Path(__file__).resolve().parents[1] / "resources" / "reference"
rng = np.random.default_rng(20260203)
STRIDES = [4, 8, 16, 32, 64]

# The network of FasterRcnnTest.
SIZE, WIDTH, DEPTH, HEADS, WINDOW, GLOBAL, GRID, PYRAMID, HIDDEN, CLASSES = 256, 16, 3, 2, 5, (1,), 7, 8, 12, 2
ANCHOR, DRAWN_ANCHORS, PER_LEVEL, PROPOSALS, REGIONS = 16, 64, 60, 100, 32


def vitdet(size, width, depth, heads, window, whole, grid, pyramid, hidden, classes, anchor, drawn, per_level, proposals,
           regions):
    """configs/common/models/mask_rcnn_vitdet.py without the mask head."""
    vit = ViT(img_size=size, embed_dim=width, depth=depth, num_heads=heads, window_size=window,
              norm_layer=partial(nn.LayerNorm, eps=1e-6), use_rel_pos=True, pretrain_img_size=16 * grid,
              window_block_indexes=[i for i in range(depth) if i not in whole])
    backbone = SimpleFeaturePyramid(vit, "last_feat", pyramid, (4.0, 2.0, 1.0, 0.5), LastLevelMaxPool(), "LN", size)
    generator = RPN(
        in_features=["p2", "p3", "p4", "p5", "p6"],
        head=StandardRPNHead(in_channels=pyramid, num_anchors=3, conv_dims=[-1, -1]),
        anchor_generator=DefaultAnchorGenerator(sizes=[[anchor << i] for i in range(5)], aspect_ratios=[0.5, 1.0, 2.0],
                                                strides=STRIDES, offset=0.0),
        anchor_matcher=Matcher([0.3, 0.7], [0, -1, 1], True), box2box_transform=Box2BoxTransform((1.0, 1.0, 1.0, 1.0)),
        batch_size_per_image=drawn, positive_fraction=0.5, pre_nms_topk=(per_level, per_level),
        post_nms_topk=(proposals, proposals), nms_thresh=0.7)
    heads = StandardROIHeads(
        num_classes=classes, batch_size_per_image=regions, positive_fraction=0.25,
        proposal_matcher=Matcher([0.5], [0, 1], False), box_in_features=["p2", "p3", "p4", "p5"],
        box_pooler=ROIPooler(7, [1 / s for s in STRIDES[:4]], 0, "ROIAlignV2"),
        box_head=FastRCNNConvFCHead(ShapeSpec(channels=pyramid, height=7, width=7), conv_dims=[pyramid] * 4,
                                    fc_dims=[hidden], conv_norm="LN"),
        box_predictor=FastRCNNOutputLayers(ShapeSpec(channels=hidden), test_score_thresh=0.05, num_classes=classes,
                                           box2box_transform=Box2BoxTransform((10.0, 10.0, 5.0, 5.0))))
    return GeneralizedRCNN(backbone=backbone, proposal_generator=generator, roi_heads=heads, input_format="RGB",
                           pixel_mean=[123.675, 116.28, 103.53], pixel_std=[58.395, 57.12, 57.375])


def sample_by(noises):
    """detectron2's subsample_labels with the least noise first, one row of noise a call."""
    rows = iter(noises)

    def subsample_labels(labels, num_samples, positive_fraction, bg_label):
        noise = next(rows)[:len(labels)]
        positive = torch.nonzero((labels != -1) & (labels != bg_label))[:, 0]
        negative = torch.nonzero(labels == bg_label)[:, 0]
        num_pos = min(len(positive), int(num_samples * positive_fraction))
        num_neg = min(len(negative), num_samples - num_pos)
        return positive[noise[positive].argsort()][:num_pos], negative[noise[negative].argsort()][:num_neg]

    return subsample_labels


def nms_float32(boxes, scores, index, threshold):
    return torchvision.ops.batched_nms(boxes.float(), scores.float(), index, threshold)


def drawn(name, shape):
    """Values of the size that keeps activations about 1."""
    if len(shape) == 1:
        return rng.normal(float(name.endswith("weight")), 0.1, shape)
    if "rel_pos" in name or "pos_embed" in name:
        return rng.normal(0, 0.2, shape)
    return rng.normal(0, {"cls_score": 2.0, "bbox_pred": 1.0, "anchor_deltas": 0.5}.get(name.split(".")[-2], 1.0)
                      / math.sqrt(np.prod(shape[1:])), shape)


def rounded(values):
    return torch.tensor(np.asarray(values).astype(np.float32), dtype=torch.float64)


def boxes_in(count, height, width, least, most):
    side = rng.uniform(least, most, (count, 2))
    corner = rng.uniform(0, 1, (count, 2)) * (np.array([width, height]) - side)
    return rounded(np.concatenate([corner, corner + side], 1))


def save(name, tensors):
    stored = {n: (v.float() if v.dtype == torch.float64 else v).contiguous() for n, v in tensors.items()}
    save_file(stored, OUT / (name + ".safetensors"))
    print(name, sum(v.numel() * v.element_size() for v in stored.values()), "bytes")


def network():
    model = vitdet(SIZE, WIDTH, DEPTH, HEADS, WINDOW, GLOBAL, GRID, PYRAMID, HIDDEN, CLASSES, ANCHOR, DRAWN_ANCHORS,
                   PER_LEVEL, PROPOSALS, REGIONS).double()
    for name, p in model.named_parameters():
        p.data = rounded(drawn(name, tuple(p.shape)))
    weights = {n: p.data for n, p in model.named_parameters()}
    coarse = torch.tensor(rng.integers(0, 256, (2, 32, 32)), dtype=torch.uint8)  # each value is 8 x 8 px
    extent = [(256, 256), (200, 232)]
    image = [c.repeat_interleave(8, 0).repeat_interleave(8, 1)[None, :h, :w].repeat(3, 1, 1).double()
             for c, (h, w) in zip(coarse, extent)]
    truth = [boxes_in(3, 256, 256, 15, 60), boxes_in(2, 200, 232, 50, 190)]
    labels = [torch.tensor([0, 1, 1]), torch.tensor([1, 0])]
    inputs = [{"image": x, "height": h, "width": w, "instances": Instances((h, w), gt_boxes=Boxes(t), gt_classes=c)}
              for x, (h, w), t, c in zip(image, extent, truth, labels)]
    anchors = 3 * sum((SIZE // s) ** 2 for s in STRIDES)
    anchor_noise = rounded(rng.permuted(np.tile((np.arange(anchors) + 0.5) / anchors, (2, 1)), axis=1))
    region_noise = rounded(rng.uniform(0, 1, (2, PROPOSALS + 3)))
    numbers = {"in.coarse": coarse, "in.extent": rounded(extent), "in.anchor_noise": anchor_noise,
               "in.region_noise": region_noise}
    for i in range(2):
        numbers |= {f"in.boxes.{i}": truth[i], f"in.labels.{i}": labels[i]}

    rpn.subsample_labels, roi_heads.subsample_labels = sample_by(anchor_noise), sample_by(region_noise)
    model.train()
    with EventStorage() as storage:
        losses = model(inputs)
        print("drawn regions on a true box:", storage.latest()["roi_head/num_fg_samples"][0] * 2)
    losses = [losses[n] for n in ("loss_rpn_cls", "loss_rpn_loc", "loss_cls", "loss_box_reg")]
    numbers["out.losses"] = torch.stack([sum(losses), *losses]).detach()
    gradients = torch.autograd.grad(sum(losses), list(model.parameters()))
    numbers |= {"gradient." + n: g for n, g in zip(weights, gradients)}
    print([v.item() for v in losses])
    model.eval()
    with torch.no_grad():
        images = model.preprocess_image(inputs)
        features = model.backbone(images.tensor)
        proposals, _ = model.proposal_generator(images, features)
        numbers["out.last"] = model.backbone.net(images.tensor)["last_feat"][:1, :, ::2, ::2]
        numbers |= {"out." + n: v[:1, :, ::4, ::4] if n in ("p2", "p3") else v for n, v in features.items()}
        for i in range(2):
            # One image at a time, as it is detected: at its own size the network's input is not padded otherwise.
            found = model(inputs[i:i + 1])[0]["instances"]
            print("proposals", len(proposals[i]), "found", len(found), found.scores[:5].tolist())
            numbers |= {f"out.proposals.{i}": proposals[i].proposal_boxes.tensor, f"out.found.{i}": found.pred_boxes.tensor,
                        f"out.scores.{i}": found.scores, f"out.classes.{i}": found.pred_classes}
        # Images of other sizes and shapes, resized as detectron2 does. Of their own generator: what was drawn stays.
        for name, (rows, columns) in (("wide", (12, 19)), ("tall", (52, 37))):
            small = np.random.default_rng(rows).integers(0, 256, (rows, columns), dtype=np.uint8)
            grey = small.repeat(8, 0).repeat(8, 1)
            scale = SIZE / max(grey.shape)
            height, width = (int(n * scale + 0.5) for n in grey.shape)
            resized = np.array(Image.fromarray(grey).resize((width, height), Image.BILINEAR))
            found = model([{"image": torch.tensor(resized)[None].repeat(3, 1, 1).double(), "height": grey.shape[0],
                            "width": grey.shape[1]}])[0]["instances"]
            print(name, resized.shape, "found", len(found), found.scores[:5].tolist())
            numbers |= {f"in.{name}": torch.tensor(small), f"out.{name}.found": found.pred_boxes.tensor,
                        f"out.{name}.scores": found.scores, f"out.{name}.classes": found.pred_classes}
    save("detection", weights | numbers)


def operations():
    """Each rule by itself, from torchvision where it has it."""
    numbers = {}
    a, b = boxes_in(7, 256, 256, 30, 120), boxes_in(120, 256, 256, 5, 120)
    b[5] = b[6] = b[torchvision.ops.box_iou(a, b)[2].argmax()]  # ties
    numbers |= {"in.a": a, "in.b": b, "out.iou": torchvision.ops.box_iou(a, b)}
    index, kind = Matcher([0.3, 0.7], [0, -1, 1], True)(pairwise_iou(Boxes(a), Boxes(b)))
    numbers |= {"out.match": index, "out.kind": kind.long()}
    index, kind = Matcher([0.5], [0, 1], False)(pairwise_iou(Boxes(a), Boxes(b)))
    numbers |= {"out.region_kind": kind.long()}
    for name, weights in (("anchor", (1.0, 1.0, 1.0, 1.0)), ("region", (10.0, 10.0, 5.0, 5.0))):
        coder = torchvision.models.detection._utils.BoxCoder(weights, math.log(1000 / 16))
        deltas = rounded(rng.normal(0, 3, (7, 4)) * np.array(weights))  # some beyond the clamp
        numbers |= {f"out.{name}.encoded": coder.encode_single(a, b[:7]), f"in.{name}.deltas": deltas,
                    f"out.{name}.decoded": coder.decode_single(deltas, b[:7])}
    crowd = boxes_in(600, 256, 256, 20, 60)
    for threshold in (0.3, 0.5, 0.7):
        keep = torchvision.ops.nms(crowd.float(), torch.arange(600, 0, -1).float(), threshold)
        numbers[f"out.nms.{threshold}"] = torch.zeros(600, dtype=torch.bool).scatter(0, keep, True)
    numbers["in.crowd"] = crowd
    features = [torch.zeros(1, 1, 64 // (2 ** i), 96 // (2 ** i)) for i in range(5)]
    anchors = DefaultAnchorGenerator(sizes=[[32], [64], [128], [256], [512]], aspect_ratios=[0.5, 1.0, 2.0],
                                     strides=STRIDES, offset=0.0)(features)
    numbers["out.anchors"] = torch.cat([x.tensor for x in anchors])[::97]

    sizes = np.array([3, 20, 111.9, 112.1, 223, 224.1, 300, 447, 448.5, 700, 1000])
    squares = rounded(np.stack([sizes * 0, sizes * 0, sizes * 1.3, sizes / 1.3], 1))
    numbers |= {"in.squares": squares, "out.levels": assign_boxes_to_levels([Boxes(squares)], 2, 5, 224, 4)}
    feature = rounded(rng.normal(0, 1, (1, 5, 24, 30))).requires_grad_()
    # Whole map, less than a cell, elongated, at the borders, beyond them
    region = torch.cat([boxes_in(12, 96, 120, 2, 90), rounded([[0, 0, 120, 96], [7, 9, 8.5, 9.5], [3, 50, 118, 54],
                                                                [50, 1, 53, 95], [100, 80, 120, 96], [-9, -8, 40, 30],
                                                                [90, 70, 130, 104]])])
    pooled = torchvision.ops.roi_align(feature, [region], 7, 0.25, 0, True)
    weight = rounded(rng.normal(0, 1, tuple(pooled.shape)))
    slope, = torch.autograd.grad((pooled * weight).sum(), feature)
    numbers |= {"in.feature": feature.detach()[0], "in.regions": region, "in.weight": weight,
                "out.pooled": pooled.detach(), "out.slope": slope[0]}
    # Without extent, in one axis and in both; of one cell; outside of the map
    flat = rounded([[10, 10, 10, 20], [10, 10, 20, 10], [5, 5, 5, 5], [119, 95, 119.5, 95.5], [200, 200, 210, 210]])
    numbers |= {"in.flat": flat, "out.flat": torchvision.ops.roi_align(feature, [flat], 7, 0.25, 0, True).detach()}

    grey = rng.integers(0, 256, (50, 70)).astype(np.uint8)
    numbers["in.grey"] = torch.tensor(grey)
    for name, (height, width), top, left, flip in (("larger", (90, 126), 20, 31, True), ("smaller", (21, 30), 0, 0, False),
                                                    ("fitting", (48, 67), 0, 3, True)):
        picture = Image.fromarray(grey[:, ::-1] if flip else grey).resize((width, height), Image.BILINEAR)
        cut = np.array(picture)[top:top + 64, left:left + 64]
        canvas = np.zeros((64, 64), np.uint8)
        canvas[:cut.shape[0], :cut.shape[1]] = cut
        numbers |= {f"in.{name}": rounded([height, width, top, left, flip]), f"out.{name}": torch.tensor(canvas)}
    save("boxes", numbers)


def names():
    """The published size for one class: names and shapes."""
    model = vitdet(1024, 768, 12, 12, 14, (2, 5, 8, 11), 14, 256, 1024, 1, 32, 256, 2000, 1000, 512)
    rows = [f"{n} {list(p.shape)}\n" for n, p in model.named_parameters()]
    (OUT / "vitdet_base.txt").write_text("".join(sorted(rows)))
    print(sum(p.numel() for p in model.parameters()), "parameters")


for module in (proposal_utils, fast_rcnn):
    module.batched_nms = nms_float32
names()
network()
operations()
