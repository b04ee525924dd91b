#!/usr/bin/env python3
"""Writes what the perturbation methods must give for the tiny models of Explainers' tests, in float64.

    python3 Scripts/make-perturbation-answers.py Tests/ExplainersTests/Resources

Needs from PyPI: torch captum lime scikit-image numpy h5py. Reads `<name>.h5` and the inputs of `<name>.answers.h5`, rebuilds the
network in PyTorch and writes `<name>.perturbation.h5`, one row per item, maps over positions:

* `occlusion-<window>-<stride>`, `feature-ablation-positions`, `feature-ablation-mean-equal-<n>`: Captum;
* `kernel-shap-equal-<n>`: Captum's ShapleyValues over all permutations of the segments;
* `kernel-shap-sampled-<n>`: random coalitions, the constrained equations solved by NumPy with a Lagrange multiplier;
* `lime-equal-<n>`: the authors' `lime` package;
* `rise`, `rise-error`, `rise-course`: the formulas, with masks resized by scikit-image (order 1, mode `reflect`; the course's: `edge`);
* `sise`, `sise-course`, `ada-sise`: the formulas, feature maps resized by scikit-image, gradients by autograd.

Random numbers come from `numpy.random.RandomState`. The parameters stand below.
"""

import argparse
import json
import os
import warnings

import captum.attr
import h5py
import lime.lime_base
import lime.lime_image
import numpy as np
import skimage.transform
import torch

torch.set_default_dtype(torch.float64)
warnings.filterwarnings("ignore", module="captum")

WINDOWS = {"signal-relu": [("5", "2"), ("3", "3"), ("7", "4")], "image-relu": [("3x2", "2x1"), ("4", "3")]}
SEGMENTS = {"signal-relu": 5, "image-relu": 4}
SAMPLED_SEGMENTS = {"signal-relu": 16, "image-relu": 20}
SAMPLED_MASKS, SAMPLED_SEED = 150, 11
LIME_SEGMENTS = {"signal-relu": 12, "image-relu": 12}
LIME_MASKS, LIME_SEED = 80, 5
RISE = {"masks": 60, "cells": 4, "probability": 0.4, "seed": 3}
COURSE = {"masks": 40, "cells": 5, "probability": 0.5, "seed": 4}


class Network:
    """The Keras model of a file, layer by layer, with channels behind the batch axis."""

    def __init__(self, path):
        with h5py.File(path) as file:
            config = json.loads(file.attrs["model_config"])["config"]["layers"]
            self.layers = [self.layer(entry, file["model_weights"]) for entry in config if entry["class_name"] != "InputLayer"]

    def layer(self, entry, weights):
        kind, config = entry["class_name"], entry["config"]
        arrays = {}
        weights[config["name"]].visititems(
            lambda name, item: arrays.update({name.split("/")[-1].split(":")[0]: torch.tensor(item[()].astype("float64"))})
            if isinstance(item, h5py.Dataset)
            else None
        )
        act = torch.relu if config.get("activation") == "relu" else (lambda x: x)
        rank = int(kind[-2]) if kind[-1] == "D" else 0
        if kind.startswith("Conv"):
            kernel = arrays["kernel"].permute(rank + 1, rank, *range(rank))
            run = getattr(torch.nn.functional, f"conv{rank}d")
            return config["name"], lambda x: act(run(x, kernel, arrays["bias"], padding=config["padding"]))
        if kind.startswith("MaxPooling"):
            run = getattr(torch.nn.functional, f"max_pool{rank}d")
            return config["name"], lambda x: run(x, tuple(config["pool_size"]))
        if kind.startswith("GlobalAverage"):
            return config["name"], lambda x: x.mean(dim=tuple(range(2, x.ndim)))
        if kind == "Flatten":
            return config["name"], lambda x: x.permute(0, *range(2, x.ndim), 1).flatten(1)
        if kind == "Dense":
            return config["name"], lambda x: x @ arrays["kernel"] + arrays["bias"]
        raise SystemExit(f"no {kind} here")

    def __call__(self, x, first=0, last=None):
        for _, layer in self.layers[first:last]:
            x = layer(x)
        return x

    def scores(self, space, logits):
        return torch.softmax(logits, dim=-1) if space == "probability" else logits

    def index(self, name):
        return [layer for layer, _ in self.layers].index(name)


def blocks(extents, count):
    """The labels of about equal blocks: the axis with the longest blocks is divided further while there are not too many."""
    parts = [1] * len(extents)
    while True:
        open_axes = [axis for axis in range(len(extents)) if parts[axis] < extents[axis]]
        if not open_axes:
            break
        axis = max(open_axes, key=lambda axis: extents[axis] / parts[axis])
        if np.prod(parts) // parts[axis] * (parts[axis] + 1) > count:
            break
        parts[axis] += 1
    label = np.zeros(extents, dtype=int)
    for axis, (extent, part) in enumerate(zip(extents, parts)):
        starts = [index * extent // part for index in range(part)]
        along = np.searchsorted(starts, np.arange(extent), side="right") - 1
        label = label * part + along.reshape([-1 if a == axis else 1 for a in range(len(extents))])
    return label


def normalized(values):
    return (values - values.min()) / (values.max() - values.min())


class Item:
    """One item with its target's score in one space."""

    def __init__(self, network, x, space):
        self.network, self.x, self.space = network, x, space
        self.extents = x.shape[:-1]
        self.seen = torch.tensor(np.moveaxis(x, -1, 0)[None])
        self.target = int(network(self.seen).argmax())

    def forward(self, seen):
        return self.network.scores(self.space, self.network(seen))

    def masked(self, masks, fill=0.0):
        """The target's score at every mask over positions."""
        items = [mask[..., None] * self.x + (1 - mask[..., None]) * fill for mask in masks]
        return self.forward(torch.tensor(np.moveaxis(np.stack(items), -1, 1)))[:, self.target].numpy()

    def captum_map(self, tensor):
        return tensor[0, 0].detach().numpy()

    def occlusion(self, window, stride):
        def full(text):
            numbers = [int(number) for number in text.split("x")]
            return tuple(numbers * (len(self.extents) // len(numbers)))

        return self.captum_map(
            captum.attr.Occlusion(self.forward).attribute(
                self.seen, (self.x.shape[-1], *full(window)), (1, *full(stride)), target=self.target
            )
        )

    def ablation(self, labels, fill=None):
        mask = torch.tensor(labels)[None, None].expand(self.seen.shape).contiguous()
        baseline = 0 if fill is None else torch.tensor(np.moveaxis(fill, -1, 0)[None])
        method = captum.attr.FeatureAblation(self.forward)
        return self.captum_map(
            method.attribute(self.seen, target=self.target, feature_mask=mask, baselines=baseline, perturbations_per_eval=16)
        )

    def sampled_shapley(self, labels):
        random = np.random.RandomState(SAMPLED_SEED)
        players = labels.max() + 1
        sizes = np.arange(1, players)
        shares = (players - 1) / (sizes * (players - sizes))
        cumulative = np.cumsum(shares) / shares.sum()
        z = np.zeros((SAMPLED_MASKS, players))
        for row in z:
            size = np.searchsorted(cumulative, random.random_sample(), side="right") + 1
            row[random.permutation(players)[:size]] = 1
        y = self.masked(row[labels] for row in z)
        everything, nothing = self.masked([np.ones(self.extents), np.zeros(self.extents)])
        system = np.zeros((players + 1, players + 1))
        system[:-1, :-1] = 2 * z.T @ z
        system[-1, :-1] = system[:-1, -1] = 1
        right = np.append(2 * z.T @ (y - nothing), everything - nothing)
        return np.linalg.solve(system, right)[:-1][labels]

    def lime(self, labels):
        random = np.random.RandomState(LIME_SEED)

        def classify(images):
            images = np.asarray(images).reshape(len(images), *self.x.shape)
            return self.forward(torch.tensor(np.moveaxis(images, -1, 1))).numpy()

        if self.x.shape[-1] == 3 and self.x.ndim == 3:
            explainer = lime.lime_image.LimeImageExplainer(random_state=random)
            explanation = explainer.explain_instance(
                self.x,
                classify,
                labels=(self.target,),
                num_samples=LIME_MASKS,
                segmentation_fn=lambda image: labels,
                random_seed=0,
            )
            pairs = explanation.local_exp[self.target]
        else:
            segments = labels.max() + 1
            z = random.randint(0, 2, LIME_MASKS * segments).reshape(LIME_MASKS, segments)
            z[0] = 1
            fill = np.zeros_like(self.x)
            for label in range(segments):
                fill[labels == label] = self.x[labels == label].mean(axis=0)
            shown = np.stack([np.where((row[labels] == 1)[..., None], self.x, fill) for row in z])
            lengths = np.sqrt(z.sum(axis=1))
            distances = 1 - lengths / np.sqrt(segments)
            base = lime.lime_base.LimeBase(lambda d: np.sqrt(np.exp(-(d**2) / 0.25**2)), random_state=random)
            pairs = base.explain_instance_with_data(z, classify(shown), distances, self.target, 100000)[1]
        coefficients = dict(pairs)
        return np.vectorize(lambda label: coefficients[label])(labels)

    def rise(self, masks, cells, probability, seed):
        random = np.random.RandomState(seed)
        grid = [min(cells, extent) for extent in self.extents]
        size = [-(-extent // count) for extent, count in zip(self.extents, grid)]
        made = []
        for _ in range(masks):
            small = (random.random_sample(grid) < probability).astype(float)
            offsets = [random.randint(0, step) for step in size]
            large = skimage.transform.resize(
                small, [(count + 1) * step for count, step in zip(grid, size)], order=1, mode="reflect", anti_aliasing=False
            )
            made.append(large[tuple(slice(at, at + extent) for at, extent in zip(offsets, self.extents))])
        weighted = self.masked(made).reshape(-1, *[1] * len(self.extents)) * np.stack(made)
        error = weighted.std(axis=0, ddof=1) / np.sqrt(masks) / probability
        return weighted.sum(axis=0) / (masks * probability), error

    def rise_course(self, masks, cells, probability, seed):
        random = np.random.RandomState(seed)
        grid = [min(cells, extent) for extent in self.extents]
        made = []
        for _ in range(masks):
            small = random.choice([0, 1], size=grid, p=[1 - probability, probability]).astype(float)
            offsets = [random.randint(0, count + 1) for count in reversed(grid)][::-1]
            large = skimage.transform.resize(
                small, [extent + count for extent, count in zip(self.extents, grid)], order=1, mode="edge", anti_aliasing=False
            )
            mask = large[tuple(slice(at, at + extent) for at, extent in zip(offsets, self.extents))]
            made.append(mask / mask.max() if mask.max() > 0 else mask)
        return normalized(np.tensordot(self.masked(made), np.stack(made), axes=1))

    def layer_map(self, layer, adaptive):
        """The map of one layer of SISE, and the number of masks."""
        last = self.network.index(layer) + 1
        maps = self.network(self.seen, last=last).detach().requires_grad_(True)
        score = self.network.scores(self.space, self.network(maps, first=last))[0, self.target]
        means = torch.autograd.grad(score, maps)[0][0].flatten(1).mean(dim=1).numpy()
        shares = means / means.max()
        keep = shares > (otsu(shares[shares > 0]) if adaptive else 0)
        masks = []
        for feature in maps.detach().numpy()[0][keep]:
            large = skimage.transform.resize(feature, self.extents, order=1, mode="edge", anti_aliasing=False)
            if np.ptp(feature) > 0:
                masks.append((large - large.min()) / (np.ptp(large) + 1e-6))
        scores = self.masked(masks)
        return normalized(sum(s * m / (m.sum() + 1e-6) for s, m in zip(scores, masks))), len(masks)

    def sise(self, layers, adaptive=False, course=False):
        fused, count = None, 0
        for layer in layers:
            values, masks = self.layer_map(layer, adaptive)
            count += masks
            if fused is None:
                fused = values
            elif course:
                fused = (fused + values) / (1 + np.exp(-100 * (values - course_otsu(values))))
            else:
                fused = (fused + values) * (values > otsu(values))
        return fused, count


def otsu(values):
    """The largest value of the lower class of Otsu's split of a histogram of 256 bins."""
    values = np.asarray(values, dtype="float64").ravel()
    if np.ptp(values) == 0:
        return values[0]
    counts, edges = np.histogram(values, 256)
    bins = np.arange(256)
    spreads = []
    for split in range(1, 256):
        low, high = counts[:split], counts[split:]
        if low.sum() == 0 or high.sum() == 0:
            spreads.append(-1)
            continue
        means = (low * bins[:split]).sum() / low.sum(), (high * bins[split:]).sum() / high.sum()
        spreads.append(low.sum() * high.sum() * (means[0] - means[1]) ** 2)
    return values[values < edges[int(np.argmax(spreads)) + 1]].max()


def course_otsu(values):
    """The modified threshold of the course, from its description."""
    levels = np.minimum(np.rint(256 * values).ravel(), 255)
    counts, _ = np.histogram(levels, bins=256, range=(0, 256))
    bins = np.arange(256)
    spreads = np.zeros(256)
    for split in range(1, 256):
        low, high = counts[:split], counts[split:]
        difference = (low * bins[:split]).sum() / low.sum() - (high * bins[split:]).sum() / high.sum()
        spreads[split] = low.sum() * high.sum() * difference**2
    split = int(np.argmax(spreads[1:])) + 1
    share = (levels >= np.rint(1.5 * split)).mean()
    return (1.5 * split if share < 0.1 else split) / 256


def answers(item, name):
    result = {}
    for window, stride in WINDOWS[name]:
        result[f"occlusion-{window}-{stride}"] = item.occlusion(window, stride)
    positions = np.arange(np.prod(item.extents)).reshape(item.extents)
    result["feature-ablation-positions"] = item.ablation(positions)
    labels = blocks(item.extents, SEGMENTS[name])
    axes = tuple(range(len(item.extents)))
    mean = np.broadcast_to(item.x.mean(axis=axes), item.x.shape).copy()
    result[f"feature-ablation-mean-equal-{SEGMENTS[name]}"] = item.ablation(labels, mean)
    result[f"kernel-shap-equal-{SEGMENTS[name]}"] = shapley_values(item, labels)
    result[f"kernel-shap-sampled-{SAMPLED_SEGMENTS[name]}"] = item.sampled_shapley(blocks(item.extents, SAMPLED_SEGMENTS[name]))
    result[f"lime-equal-{LIME_SEGMENTS[name]}"] = item.lime(blocks(item.extents, LIME_SEGMENTS[name]))
    result["rise"], result["rise-error"] = item.rise(**RISE)
    result["rise-course"] = item.rise_course(**COURSE)
    layers = [layer for layer, _ in item.network.layers if layer.startswith("conv")]
    result["sise"], plain = item.sise(layers)
    result["sise-course"], _ = item.sise(layers, course=True)
    result["ada-sise"], fewer = item.sise(layers, adaptive=True)
    result["masks"] = np.array([plain, fewer])
    return result


def shapley_values(item, labels):
    mask = torch.tensor(labels)[None, None].expand(item.seen.shape).contiguous()
    method = captum.attr.ShapleyValues(item.forward)
    return item.captum_map(
        method.attribute(item.seen, target=item.target, feature_mask=mask, perturbations_per_eval=5)
    )


def main():
    parser = argparse.ArgumentParser(description="Writes what the perturbation methods must give for tiny models.")
    parser.add_argument("directory")
    directory = parser.parse_args().directory
    for name in WINDOWS:
        network = Network(os.path.join(directory, f"{name}.h5"))
        with h5py.File(os.path.join(directory, f"{name}.answers.h5")) as file:
            inputs = file["input"][()].astype("float64")
            logits = file["logits"][()]
        with h5py.File(os.path.join(directory, f"{name}.perturbation.h5"), "w") as file:
            for space in ("logit", "probability"):
                items = [Item(network, x, space) for x in inputs]
                found = network(torch.cat([item.seen for item in items])).numpy()
                assert np.abs(found - logits).max() < 1e-9, "the network is not the one of the file"
                rows = [answers(item, name) for item in items]
                for key in rows[0]:
                    file[f"{space}/{key}"] = np.stack([row[key] for row in rows])
                print(name, space, [row["masks"].tolist() for row in rows], flush=True)


if __name__ == "__main__":
    main()
