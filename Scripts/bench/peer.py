"""The PyTorch side of the comparison: does jobs that come as lines of JSON, as `lens-bench worker` does; `peer_keras.py` is that of Keras.

A job may have a `setting`: `layout` (channels-first, channels-last) and `batch`, the number of items or steps in one pass.
"""

import argparse
import copy
import json
import resource
import sys
import time

import numpy as np
import torch
from captum.attr import IntegratedGradients
from pytorch_grad_cam import GradCAM
from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget

import networks


def index_of(names, layer):
    """The module that gives a layer's value, with its activation."""
    return names.index(layer + "/relu") if layer + "/relu" in names else names.index(layer)


def otsu(values, bins=256):
    """The largest value of the lower class that Otsu's threshold makes of a histogram between the extremes."""
    values = values.numpy().astype("float32").ravel().astype("float64")
    low, high = values.min(), values.max()
    places = np.minimum(((values - low) * bins / (high - low)).astype(int), bins - 1)
    counts = np.bincount(places, minlength=bins).astype("float64")
    below, sums = np.cumsum(counts)[:-1], np.cumsum(counts * np.arange(bins))
    above = counts.sum() - below
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = below * above * (sums[:-1] / below - (sums[-1] - sums[:-1]) / above) ** 2
    return values[places <= int(np.nanargmax(spread))].max()


class Bench:
    def __init__(self):
        self.kept = {}

    def model(self, path, layout):
        key = ("model", path, layout)
        if key not in self.kept:
            network, names = networks.read(path)
            if layout == "channels-last":
                network = network.to(memory_format=torch.channels_last)
            self.kept[key] = network, names
        return self.kept[key]

    def array(self, path, layout):
        """Items with the channels in the second axis, as PyTorch wants them, in memory as the layout says."""
        key = ("array", path, layout)
        if key not in self.kept:
            x = torch.tensor(np.load(path)).movedim(-1, 1).contiguous()
            self.kept[key] = x.to(memory_format=torch.channels_last) if layout == "channels-last" else x
        return self.kept[key]

    def prepare(self, job):
        layout = job.get("setting", {}).get("layout", "channels-first")
        network, names = self.model(job["model"], layout)
        x = self.array(job["input"], layout)[: job.get("items")]
        masks = self.array(job["masks"], layout) if "masks" in job else None
        return network, names, x, masks, job.get("setting", {}).get("batch", len(x))

    def run(self, job, network, names, x, masks, batch):
        if job["kind"] == "forward":
            with torch.inference_mode():
                return torch.cat([torch.softmax(network(part), 1) for part in x.split(batch)])
        if job["kind"] == "train":
            return self.train(job, network, x)
        if job["kind"] == "masked":
            return self.masked(job, network, x[:1], masks, batch)
        if job["method"] == "sise":
            return torch.cat([self.sise(job, network, names, item, batch) for item in x.split(1)])
        return getattr(self, job["method"].replace("-", "_"))(job, network, names, x, batch)

    def train(self, job, network, x):
        """The loss of every epoch of Adam, from the weights of the file, with the items of every step that SignalLens takes."""
        network = copy.deepcopy(network).train()
        for parameter in network.parameters():
            parameter.requires_grad_(True)
        labels = torch.tensor(np.load(job["labels"])[: len(x)].astype("int64"))
        optimizer = torch.optim.Adam(network.parameters(), lr=1e-3, eps=1e-7, fused=True)
        losses = []
        for epoch in range(job["epochs"]):
            total = 0.0
            for part in torch.tensor(networks.batch_order(0, epoch, len(x))).split(job["batch"]):
                optimizer.zero_grad()
                loss = torch.nn.functional.cross_entropy(network(x[part]), labels[part])
                loss.backward()
                optimizer.step()
                total += loss.item() * len(part)
            losses.append(total / len(x))
        return torch.tensor(losses)

    def masked(self, job, network, x, masks, batch):
        with torch.inference_mode():
            target = network(x).argmax(1)
            total = torch.zeros_like(masks[0], dtype=torch.float64)
            for first in range(0, job["copies"], batch):
                part = masks[torch.arange(first, min(first + batch, job["copies"])) % len(masks)]
                scores = torch.softmax(network(x * part), 1)[:, target[0]]
                total += torch.tensordot(scores.double(), part.double(), 1)
            return (total / job["copies"])[None]

    def sise(self, job, network, names, x, batch):
        """SISE by the paper's formula: one forward and backward pass, then a forward pass for every feature map that becomes a mask."""
        layers = [index_of(names, name) for name in job["settings"]["layers"].split(",")]
        value, features = x.clone().requires_grad_(True), []
        for index, module in enumerate(network):
            value = module(value)
            if index in layers:
                features.append(value)
        probabilities = torch.softmax(value, 1)
        target = int(probabilities.argmax())
        gradients = torch.autograd.grad(probabilities[0, target], features)
        fused = None
        with torch.inference_mode():
            for maps, gradient in zip(features, gradients):
                used = (gradient.mean((2, 3))[0] > 0) & (maps.amax((2, 3)) > maps.amin((2, 3)))[0]
                if not used.any():
                    continue
                masks = torch.nn.functional.interpolate(maps[:, used], x.shape[2:], mode="bilinear")[0][:, None]
                low, high = masks.amin((2, 3), keepdim=True), masks.amax((2, 3), keepdim=True)
                masks = (masks - low) / (high - low + 1e-6)
                scores = torch.cat([torch.softmax(network(x * part), 1)[:, target] for part in masks.split(batch)])
                weights = scores / (masks.sum((1, 2, 3)) + 1e-6)
                layer = torch.tensordot(weights.double(), masks.double(), 1)
                layer = (layer - layer.min()) / (layer.max() - layer.min())
                fused = layer if fused is None else (fused + layer) * (layer > otsu(layer))
        return fused[None].float()

    def gradient(self, job, network, names, x, batch):
        x = x.clone().requires_grad_(True)
        logits = network(x)
        scores = logits if job.get("space", "logit") == "logit" else torch.softmax(logits, 1)
        return torch.autograd.grad(scores.gather(1, logits.argmax(1, keepdim=True)).sum(), x)[0]

    def integrated_gradients(self, job, network, names, x, batch):
        def score(x):
            logits = network(x)
            return logits if job.get("space", "logit") == "logit" else torch.softmax(logits, 1)

        with torch.inference_mode():
            target = network(x).argmax(1)
        settings = job["settings"]
        methods = {"midpoint": "riemann_middle", "left": "riemann_left", "right": "riemann_right",
                   "trapezoid": "riemann_trapezoid", "gauss-legendre": "gausslegendre"}
        return IntegratedGradients(score).attribute(
            x, target=target, n_steps=int(settings["steps"]), method=methods[settings["rule"]],
            internal_batch_size=batch).detach().float()

    def grad_cam(self, job, network, names, x, batch):
        index = index_of(names, job["settings"]["layer"])
        if job.get("atLayer"):
            return self.grad_cam_at_layer(network[: index + 1], network[index + 1:], x)
        layer, maps = network[index], []
        for part in x.split(batch):
            with torch.inference_mode():
                targets = [ClassifierOutputTarget(int(index)) for index in network(part).argmax(1)]
            part = part.clone().requires_grad_(True)  # the weights are frozen
            with GradCAM(model=network, target_layers=[layer]) as method:
                maps.append(torch.tensor(method(input_tensor=part, targets=targets)))
        return torch.cat(maps)[:, None]

    def grad_cam_at_layer(self, before, behind, x):
        """The signed maps at the layer's resolution."""
        with torch.no_grad():
            features = before(x)
        features.requires_grad_(True)
        logits = behind(features)
        gradients = torch.autograd.grad(logits.max(1).values.sum(), features)[0]
        weights = gradients.flatten(2).mean(2).view(*gradients.shape[:2], *[1] * (gradients.dim() - 2))
        return (weights * features).sum(1, keepdim=True).detach()


def main():
    parser = argparse.ArgumentParser(description="Does jobs that come as lines of JSON on standard input.")
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    torch.set_num_threads(parser.parse_args().threads)
    bench = Bench()
    for line in sys.stdin:
        job = json.loads(line)
        prepared = bench.prepare(job)
        start = time.perf_counter()
        result = bench.run(job, *prepared)
        seconds = time.perf_counter() - start
        if "output" in job:
            channels_last = result.movedim(1, -1) if result.ndim > 2 else result
            channels_last.contiguous().numpy().astype("float32").tofile(job["output"])
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        print(json.dumps({"seconds": seconds, "peakBytes": peak}), flush=True)


if __name__ == "__main__":
    main()
