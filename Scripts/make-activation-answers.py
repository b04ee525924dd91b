#!/usr/bin/env python3
"""Writes what the methods on feature maps and those that replace the derivative of a ReLU give for the tests' networks, in float64.

    python3 Scripts/make-activation-answers.py Tests/ExplainersTests/Resources

Needs from PyPI: torch captum grad-cam h5py. Networks and inputs are those of `make-explainer-fixtures.py`, rebuilt in PyTorch from the
weights in their files. Every answer follows from the formula of its paper, and before it is written it is compared with
pytorch-grad-cam 1.5.7 or Captum 0.9 where these compute the same; where they cannot (three axes, a layer that takes both signs), the script
says so. Per network and space of the score:

* `<method>/<layer>`, signed, at the layer's resolution, for `grad-cam-plus-plus`, `grad-cam-plus-plus-official`, `layer-cam`, `xgrad-cam`,
  `hires-cam`, `eigen-cam`, `ablation-cam`, `score-cam`, `score-cam-torch-cam`; `cam` likewise;
* `score-cam-official/<layer>`, rectified, in the input's resolution;
* `integrated-grad-cam-<rule>-<steps>-<reference>/<layer>`, rectified at every step, at the layer's resolution;
* `fused-<fusion>-<gamma>`: Layer-CAM of all layers, each rectified, resized, divided by its maximum, made tanh(gamma m), fused;
* `guided-backprop`, `deconvnet`, `guided-grad-cam/<layer>` (resized by half-pixel linear interpolation), `smooth-grad-<form>`.
"""

import argparse
import os

import h5py
import numpy as np
import torch
import torch.nn as nn
from captum.attr import Deconvolution, GuidedBackprop, GuidedGradCam
from pytorch_grad_cam import (
    AblationCAM, EigenCAM, GradCAMPlusPlus, HiResCAM, LayerCAM, ScoreCAM, XGradCAM,
)
from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget

from fixtures import compact_hdf5
from fixtures.torch_networks import GlobalMean, Network, Scored

NETWORKS = ["signal-relu", "image-relu", "volume-relu", "signal-sigmoid"]
SMOOTH = {"samples": 5, "noise": 0.2, "seed": 3}


def resized(values, extents):
    """Half-pixel linear interpolation of the last axes, axis by axis, clamped at the border."""
    for axis, extent in zip(range(values.ndim - len(extents), values.ndim), extents):
        length = values.shape[axis]
        at = (np.arange(extent) + 0.5) * length / extent - 0.5
        values = np.apply_along_axis(lambda line: np.interp(at, np.arange(length), line), axis, values)
    return values


def summed(values):
    return values.reshape(values.shape[0], -1).sum(1)


def weighted(weights, maps):
    return np.tensordot(weights, maps, axes=1)


def plus_plus(maps, gradients, official):
    square, cube = gradients**2, gradients**3
    denominator = 2 * square + summed(maps).reshape(-1, *[1] * (maps.ndim - 1)) * cube
    if official:
        alpha = square / np.where(denominator == 0, 1, denominator)
        norm = summed(np.where(gradients > 0, alpha, 0))
        alpha = alpha / np.where(norm == 0, 1, norm).reshape(-1, *[1] * (maps.ndim - 1))
    else:
        alpha = np.where(gradients != 0, square / (denominator + 1e-6), 0)
    return weighted(summed(alpha * np.maximum(gradients, 0)), maps)


def eigen(maps):
    rows = maps.reshape(len(maps), -1).T
    rows = rows - rows.mean(0)
    projection = (rows @ np.linalg.svd(rows, full_matrices=False)[2][0]).reshape(maps.shape[1:])
    return -projection if -projection.min() > projection.max() else projection


def normalised(values):
    """Every map shifted and scaled to 0...1; zeros where it is the same everywhere."""
    flat = values.reshape(len(values), -1)
    low, span = flat.min(1, keepdims=True), np.ptp(flat, axis=1, keepdims=True)
    return ((flat - low) / np.where(span == 0, 1, span)).reshape(values.shape) * (span > 0).reshape(-1, *[1] * (values.ndim - 1))


def softmax(values):
    powers = np.exp(values - values.max())
    return powers / powers.sum()


class Explained:
    """One item of a network in one space."""

    def __init__(self, network, space, x, target):
        self.model, self.x, self.target = Scored(network, space).eval(), x, target
        self.extents = x.shape[2:]

    def scores(self, x):
        with torch.no_grad():
            return self.model(x)[:, self.target].numpy()

    def at(self, layer, x=None):
        """Feature maps and gradients, channels first."""
        maps = self.model.head(layer, self.x if x is None else x).detach().requires_grad_()
        score = self.model.tail(layer, maps)[:, self.target].sum()
        (gradient,) = torch.autograd.grad(score, maps)
        return maps.detach().numpy(), gradient.numpy()

    def ablation(self, layer, maps):
        with torch.no_grad():
            whole = self.model.tail(layer, torch.tensor(maps)[None])[0, self.target].item()
            repeated = torch.tensor(maps).repeat(len(maps), *[1] * maps.ndim)
            for channel in range(len(maps)):
                repeated[channel, channel] = 0
            without = self.model.tail(layer, repeated)[:, self.target].numpy()
        return weighted((whole - without) / whole, maps)

    def score_cam(self, layer, maps, variant):
        masks = resized(normalised(maps), self.extents) if variant == "torch-cam" else normalised(resized(maps, self.extents))
        scores = self.scores(self.x * torch.tensor(masks)[:, None])
        if variant != "official":
            return weighted(softmax(scores), maps)
        isConstant = np.ptp(maps.reshape(len(maps), -1), axis=1) == 0
        return np.maximum(weighted(np.where(isConstant, 0, scores), resized(maps, self.extents)), 0)

    def integrated(self, layer, positions, reference):
        baseline = self.model.head(layer, torch.zeros_like(self.x)).detach().numpy()[0]
        total = 0
        for position in positions:
            maps, gradients = self.at(layer, self.x * position)
            means = summed(gradients[0]) / np.prod(gradients.shape[2:])
            delta = maps[0] - (baseline if reference == "baseline" else 0)
            total = total + np.maximum(weighted(means, delta), 0) / len(positions)
        return total

    def gradient(self, x):
        x = x.clone().requires_grad_()
        return torch.autograd.grad(self.model(x)[:, self.target].sum(), x)[0].numpy()

    def smooth(self):
        x = self.x.numpy()
        draws = []
        seeds = np.random.RandomState(SMOOTH["seed"]).randint(0, 2**32, SMOOTH["samples"], dtype=np.uint32)
        for seed in seeds:
            last = (*x.shape[2:], x.shape[1])
            noise = np.moveaxis(np.random.RandomState(seed).standard_normal(last), -1, 0)[None]
            noisy = (x + SMOOTH["noise"] * (x.max() - x.min()) * noise).astype("float32").astype("float64")
            draws.append(self.gradient(torch.tensor(noisy))[0])
        draws = np.array(draws)
        error = draws.std(0, ddof=1) / np.sqrt(len(draws))
        return {"mean": draws.mean(0), "squared": (draws**2).mean(0), "variance": draws.var(0), "error": error}

    def rectified(self, rule):
        """The gradient with `rule` in the place of every ReLU's derivative."""
        return {"guided-backprop": GuidedBackprop, "deconvnet": Deconvolution}[rule](self.model).attribute(
            self.x.clone().requires_grad_(), target=self.target).detach().numpy()[0]

    def rectified_by_hand(self, rule):
        """The same by a function of our own that walks the parts back."""

        class Rule(torch.autograd.Function):
            @staticmethod
            def forward(context, x):
                context.save_for_backward(x)
                return torch.clamp(x, min=0)

            @staticmethod
            def backward(context, arriving):
                (x,) = context.saved_tensors
                return arriving * (arriving > 0) * ((x > 0) if rule == "guided-backprop" else 1)

        x = self.x.clone().requires_grad_()
        value = x
        for part in self.model.network.parts.values():
            for module in part:
                value = Rule.apply(value) if isinstance(module, nn.ReLU) else module(value)
        probe = Scored(nn.Identity(), self.model.space)
        probe.network.squash = self.model.network.squash
        return torch.autograd.grad(Scored.forward(probe, value)[:, self.target].sum(), x)[0].numpy()[0]


def agree(name, mine, theirs, bound=2e-6):
    error = np.abs(mine - theirs).max() / max(np.abs(mine).max(), 1e-30)
    if not error <= bound:
        raise SystemExit(f"{name}: other implementations differ by {error}")


def peers(item, layer, found, maps):
    """Compares with pytorch-grad-cam before its own scaling."""
    target = [ClassifierOutputTarget(item.target)]
    module = item.model.network.parts[layer]
    kinds = {"layer-cam": LayerCAM, "hires-cam": HiResCAM, "eigen-cam": EigenCAM}
    if maps.min() >= 0:
        kinds |= {"grad-cam-plus-plus": GradCAMPlusPlus, "xgrad-cam": XGradCAM}
    if maps.ndim == 3 and maps.min() == 0:
        kinds["ablation-cam"] = AblationCAM
    if maps.ndim == 3 and maps.shape[1:] == tuple(item.extents):
        kinds["score-cam"] = ScoreCAM
    for name, kind in kinds.items():
        with kind(item.model, [module]) as cam:
            outputs = cam.activations_and_grads(item.x)
            if cam.uses_gradients:
                target[0](outputs[0]).backward()
            gradients = cam.activations_and_grads.gradients
            theirs = cam.get_cam_image(
                item.x, module, target, cam.activations_and_grads.activations[0].numpy(),
                gradients[0].numpy() if gradients else None, False)[0]
            if name == "eigen-cam" and -theirs.min() > theirs.max():
                theirs = -theirs
            # Scores pass through float32 there.
            agree(f"{layer} {name}", found[name], theirs, 2e-5 if name in ("ablation-cam", "score-cam") else 2e-6)
    return kinds


def answers(item):
    """All answers for one item, with channels last where there are some, and what they were compared with."""
    result, compared = {}, {}
    scaled = []
    for layer in item.model.network.spatial:
        maps, gradients = (values[0] for values in item.at(layer))
        found = {
            "layer-cam": (np.maximum(gradients, 0) * maps).sum(0),
            "hires-cam": (gradients * maps).sum(0),
            "eigen-cam": eigen(maps),
            "ablation-cam": item.ablation(layer, maps),
            "score-cam": item.score_cam(layer, maps, "paper"),
            "score-cam-torch-cam": item.score_cam(layer, maps, "torch-cam"),
            "score-cam-official": item.score_cam(layer, maps, "official"),
            "integrated-grad-cam-midpoint-20-baseline": item.integrated(layer, (np.arange(20) + 0.5) / 20, "baseline"),
            "integrated-grad-cam-left-50-zero": item.integrated(layer, np.arange(50) / 50, "zero"),
        }
        if maps.min() >= 0:
            found["grad-cam-plus-plus"] = plus_plus(maps, gradients, official=False)
            found["grad-cam-plus-plus-official"] = plus_plus(maps, gradients, official=True)
            found["xgrad-cam"] = weighted(summed(gradients * maps) / (summed(maps) + 1e-7), maps)
        compared[layer] = peers(item, layer, found, maps)
        coarse = np.maximum(weighted(summed(gradients) / np.prod(maps.shape[1:]), maps), 0)
        guided = item.rectified_by_hand("guided-backprop")
        found["guided-grad-cam"] = np.moveaxis(resized(coarse, item.extents) * guided, 0, -1)
        if maps.ndim == 3:
            theirs = GuidedGradCam(item.model, item.model.network.parts[layer]).attribute(
                item.x.clone().requires_grad_(), item.target, interpolate_mode="bilinear").detach().numpy()[0]
            agree(f"{layer} guided-grad-cam", found["guided-grad-cam"], np.moveaxis(theirs, 0, -1), 1e-12)
        for name, values in found.items():
            result[f"{name}/{layer}"] = values
        over = resized(np.maximum(found["layer-cam"], 0), item.extents)
        scaled.append(over / over.max() if over.max() > 0 else over)
    result["fused-mean-0"] = np.mean(scaled, axis=0)
    result["fused-max-2"] = np.max(np.tanh(2 * np.array(scaled)), axis=0)
    for rule in ("guided-backprop", "deconvnet"):
        found = item.rectified_by_hand(rule)
        agree(rule, found, item.rectified(rule), 1e-12)
        result[rule] = np.moveaxis(found, 0, -1)
    for form, values in item.smooth().items():
        result[f"smooth-grad-{form}"] = np.moveaxis(values, 0, -1)
    parts = list(item.model.network.parts)
    if any(isinstance(module, GlobalMean) for part in item.model.network.parts.values() for module in part):
        layer = item.model.network.spatial[-1]
        maps = item.model.head(layer, item.x).detach().numpy()[0]
        dense = item.model.network.parts[parts[-1]][0].weight.detach().numpy()[item.target]
        result["cam"] = weighted(dense, maps)
    return result, compared


def main():
    parser = argparse.ArgumentParser(description="Writes answers of methods on feature maps, computed in float64.")
    parser.add_argument("directory")
    directory = parser.parse_args().directory
    datasets = {}
    for name in NETWORKS:
        network = Network(os.path.join(directory, f"{name}.h5")).eval()
        with h5py.File(os.path.join(directory, f"{name}.answers.h5")) as known:
            inputs, targets = known["input"][()].astype("float64"), known["target"][()]
            logits = known["logits"][()]
        x = torch.tensor(np.moveaxis(inputs, -1, 1))
        if x.ndim == 3:
            x = x[:, :, None]
        with torch.no_grad():
            assert np.abs(network(x).numpy() - logits).max() < 1e-12, name
        for space in ("logit", "probability"):
            rows = {}
            for index, target in enumerate(targets):
                result, compared = answers(Explained(network, space, x[index:index + 1], int(target)))
                for key, values in result.items():
                    rows.setdefault(key, []).append(values)
            print(name, space, {layer: sorted(kinds) for layer, kinds in compared.items()}, flush=True)
            for key, values in rows.items():
                datasets[f"{name}/{space}/{key}"] = np.array(values).astype("float32")
    path = os.path.join(directory, "activation.answers.h5")
    with compact_hdf5.create(f"{path}.partial") as file:
        for name, values in datasets.items():
            compact_hdf5.dataset(file, name, np.ascontiguousarray(values))
    os.replace(f"{path}.partial", path)


if __name__ == "__main__":
    main()
