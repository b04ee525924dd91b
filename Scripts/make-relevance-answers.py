#!/usr/bin/env python3
"""Writes what zennit and Captum make of the models of Explainers' tests, in float64: relevance, DeepLIFT and the hybrid map.

    python3 Scripts/make-relevance-answers.py Tests/ExplainersTests/Resources

Needs from PyPI: torch zennit captum h5py scipy. Every model is rebuilt in torch from the float32 weights of its Keras file. One file per model,
`<name>.relevance.h5`, one row per item, channels last:

* `input` (float32, exact), `target` (the largest logit), `score` (its logit);
* `lrp/<preset>`: zennit's composites, started with the logit. Normalisations are merged: those behind a linear layer by zennit, those before
  one by the formula; one that cannot be merged has zennit's epsilon rule. `epsilon-gamma-box` takes the item's own range. `lrp/captum`
  is Captum's `LRP` with its default rule on every layer, nothing merged;
* `rules/<text>`: one rule for every convolution and dense layer, `Norm` for sums and means;
* `deep-lift/<space>` from the zero baseline and `deep-lift-ones/<space>` from a baseline of ones, by Captum's `DeepLift`;
* `grad-cam-lrp/<threshold>-<sigma>-<signed or positive>`: the hybrid's formula by NumPy and SciPy, from Grad-CAM at the last convolution by
  automatic differentiation and Captum's relevance.

Inputs are chosen so that float32 falls on the same side of every bend and no denominator is so small that float32 shows.
"""

import json
import os
import sys

from captum.attr import DeepLift, LRP
from captum.attr._utils.custom_modules import Addition_Module
from captum.attr._utils.lrp_rules import EpsilonRule as CaptumEpsilon, IdentityRule
from fixtures import compact_hdf5
import h5py
import numpy as np
from scipy.ndimage import gaussian_filter
import torch
from torch import nn
from zennit.attribution import Gradient
from zennit.composites import EpsilonAlpha2Beta1, EpsilonAlpha2Beta1Flat, EpsilonGammaBox, EpsilonPlus
from zennit.composites import EpsilonPlusFlat, LayerMapComposite, layer_map_base
from zennit.layer import Sum
from zennit.rules import AlphaBeta, Epsilon, Flat, Gamma, Norm, WSquare, ZBox, ZPlus
from zennit.types import BatchNorm, Convolution, Linear

MODELS = ["signal-relu", "image-relu", "signal-smooth", "signal-sigmoid", "signal-residual", "image-residual"]
MODELS += ["signal-normalized", "volume-relu"]
ITEMS = 2
ACTIVATIONS = {"relu": nn.ReLU, "tanh": nn.Tanh, "softplus": nn.Softplus}


def torch_kernel(kernel, groups=1):
    """`[kernel..., in, out]` as `[out, in, kernel...]`."""
    rank = kernel.ndim - 2
    return torch.tensor(np.ascontiguousarray(kernel.transpose(rank + 1, rank, *range(rank))))


class Network(nn.Module):
    """A Keras model's graph up to its logits; tensors are channels first until they are flattened."""

    def __init__(self, path, dtype, additions=Sum, copies=False):
        super().__init__()
        self.additions = additions
        self.copies = copies
        self.steps = []
        with h5py.File(path) as file:
            config = json.loads(file.attrs["model_config"])
            sequential = config["class_name"] == "Sequential"
            before = None
            for layer in config["config"]["layers"]:
                settings = layer["config"]
                name, kind = settings["name"], layer["class_name"]
                inputs = [before] if sequential else histories(layer["inbound_nodes"])
                if kind == "InputLayer":
                    self.shape = settings["batch_shape"][1:]
                    self.start = name
                else:
                    weights = {}
                    file["model_weights"][name].visititems(
                        lambda key, value: weights.update({key.split("/")[-1]: value[()].astype(dtype)})
                        if isinstance(value, h5py.Dataset)
                        else None
                    )
                    self.put(name, kind, settings, weights, inputs)
                before = name
        self.last = before
        self.rank = len(self.shape) - 1

    def step(self, name, module, inputs, via="module"):
        if module is not None:
            setattr(self, name, module)
        self.steps.append((name, via, inputs))

    def put(self, name, kind, settings, weights, inputs):
        rank = len(self.shape) - 1
        conv = [nn.Conv1d, nn.Conv2d, nn.Conv3d][rank - 1]
        activation = settings.get("activation", "linear")
        fused = kind != "Activation" and activation not in ("linear", "softmax", "sigmoid")
        inner = f"{name}_linear" if fused else name
        if kind.startswith("Separable"):
            depthwise = weights["depthwise_kernel"]
            self.convolve(conv, f"{name}_depthwise", depthwise, None, settings, inputs, depthwise.shape[-2])
            plain = {**settings, "strides": [1] * rank, "dilation_rate": [1] * rank, "padding": "valid"}
            pointwise = weights["pointwise_kernel"]
            self.convolve(conv, inner, pointwise, weights.get("bias"), plain, [f"{name}_depthwise"], 1)
        elif kind.startswith("Depthwise"):
            kernel = weights.get("kernel", weights.get("depthwise_kernel"))
            self.convolve(conv, inner, kernel, weights.get("bias"), settings, inputs, kernel.shape[-2])
        elif kind.endswith("Transpose"):
            kernel = weights["kernel"]
            module = [nn.ConvTranspose1d, nn.ConvTranspose2d][rank - 1](
                kernel.shape[-1], kernel.shape[-2], kernel.shape[:-2], stride=tuple(settings["strides"]))
            axes = (rank + 1, rank, *range(rank))
            module.weight.data = torch.tensor(np.ascontiguousarray(kernel.transpose(axes)))
            module.bias.data = torch.tensor(weights["bias"])
            self.step(inner, module, inputs)
        elif kind.startswith("Conv"):
            self.convolve(conv, inner, weights["kernel"], weights.get("bias"), settings, inputs, 1)
        elif kind == "Dense":
            module = nn.Linear(*weights["kernel"].shape)
            module.weight.data = torch.tensor(weights["kernel"].T.copy())
            module.bias.data = torch.tensor(weights["bias"])
            self.step(inner, module, inputs)
        elif kind == "BatchNormalization":
            norm = [nn.BatchNorm1d, nn.BatchNorm2d][rank - 1](len(weights["gamma"]), eps=settings["epsilon"])
            norm.weight.data, norm.bias.data = torch.tensor(weights["gamma"]), torch.tensor(weights["beta"])
            norm.running_mean = torch.tensor(weights["moving_mean"])
            norm.running_var = torch.tensor(weights["moving_variance"])
            self.step(name, norm, inputs)
        elif kind.startswith("MaxPooling"):
            self.step(name, [nn.MaxPool1d, nn.MaxPool2d][rank - 1](tuple(settings["pool_size"])), inputs)
        elif kind.startswith("AveragePooling"):
            pool = [nn.AvgPool1d, nn.AvgPool2d, nn.AvgPool3d][rank - 1]
            self.step(name, pool(tuple(settings["pool_size"])), inputs)
        elif kind.startswith("GlobalAverage"):
            pool = [nn.AdaptiveAvgPool1d, nn.AdaptiveAvgPool2d][rank - 1]
            self.step(f"{name}_pool", pool(1), inputs)
            self.step(name, None, [f"{name}_pool"], "flatten")
        elif kind == "Flatten":
            self.step(name, None, inputs, "flatten")
        elif kind == "Add":
            self.step(name, self.additions(), inputs, "add")
        elif kind == "Activation":
            self.step(name, ACTIVATIONS[activation](), inputs)
        else:
            raise SystemExit(f"no torch layer for {kind}")
        if inner != name:
            self.step(name, ACTIVATIONS[activation](), [inner])

    def convolve(self, conv, name, kernel, bias, settings, inputs, groups):
        rank = kernel.ndim - 2
        if groups > 1:
            kernel = kernel.reshape(*kernel.shape[:rank], 1, -1)
        dilation = settings["dilation_rate"]
        reach = [(size - 1) * step for size, step in zip(kernel.shape, dilation)]
        same = settings["padding"] == "same" and any(reach)
        assert not same or all(size % 2 == 0 for size in reach), name
        module = conv(
            kernel.shape[-2] * groups, kernel.shape[-1], kernel.shape[:rank], stride=tuple(settings["strides"]),
            padding=tuple(size // 2 for size in reach) if same else 0, dilation=tuple(dilation), groups=groups,
            bias=bias is not None)
        module.weight.data = torch_kernel(kernel)
        if bias is not None:
            module.bias.data = torch.tensor(bias)
        self.step(name, module, inputs)

    def forward(self, x):
        values = {self.start: x}
        for name, via, inputs in self.steps:
            read = [values[key] for key in inputs]
            if via == "flatten":
                values[name] = torch.movedim(read[0], 1, -1).flatten(1)
            elif via == "add" and self.additions is Sum:
                values[name] = getattr(self, name)(torch.stack(read, dim=-1))
            elif via == "add":
                values[name] = getattr(self, name)(*read)
            else:
                # DeepLift's hooks on a rectifier's output and on the pooling that reads it get into each other's way without a copy;
                # LRP's hooks count on there being none.
                values[name] = getattr(self, name)(read[0].clone() if self.copies else read[0])
        self.values = values
        return values[self.last]

    def merged(self):
        """Normalisations merged into the linear layers beside them, where that is exact; the others stay."""
        readers = {name: [key for key, _, inputs in self.steps if name in inputs] for name, _, _ in self.steps}
        first = {name: inputs[0] for name, _, inputs in self.steps}
        linear = (nn.Linear, nn.Conv1d, nn.Conv2d, nn.Conv3d)
        norms = [name for name, _, _ in self.steps if isinstance(getattr(self, name, None), BatchNorm)]
        for name in norms:
            norm = getattr(self, name)
            scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
            shift = norm.bias - norm.running_mean * scale
            before = getattr(self, first[name], None)
            if isinstance(before, linear) and readers[first[name]] == [name]:
                bias = before.bias if before.bias is not None else torch.zeros_like(shift)
                before.weight.data = before.weight * scale.reshape(-1, *[1] * (before.weight.ndim - 1))
                before.bias = nn.Parameter((bias * scale + shift).data)
                setattr(self, name, nn.Identity())
                continue
            behind = readers[name][0]
            while getattr(self, behind, None) is None:
                behind = readers[behind][0]
            behind = getattr(self, behind)
            if len(readers[name]) == 1 and isinstance(behind, linear) and not any(getattr(behind, "padding", ())):
                repeats = behind.weight.shape[1] // len(scale)
                shape = (1, -1) + (1,) * (behind.weight.ndim - 2)
                shifts = shift.repeat(repeats).reshape(shape)
                bias = behind.bias + (behind.weight * shifts).sum(tuple(range(1, behind.weight.ndim)))
                behind.bias = nn.Parameter(bias.data)
                behind.weight.data = behind.weight * scale.repeat(repeats).reshape(shape)
                setattr(self, name, nn.Identity())
        return self


def histories(nodes):
    """The names of the layers that a Keras 3 node reads."""
    found = []

    def walk(value):
        if isinstance(value, dict) and "keras_history" in value.get("config", {}):
            found.append(value["config"]["keras_history"][0])
        elif isinstance(value, dict):
            for inner in value.values():
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    for node in nodes:
        walk(node["args"])
    return found


NORMALIZATION = [(BatchNorm, Epsilon(epsilon=1e-6))]


def composites(x):
    """Zennit's composites with their defaults for one item."""
    box = {"low": torch.full_like(x, x.min().item()), "high": torch.full_like(x, x.max().item())}
    options = {"layer_map": NORMALIZATION}
    return {
        "lrp/epsilon": LayerMapComposite(NORMALIZATION + layer_map_base() + [(Linear, Epsilon())]),
        "lrp/epsilon-plus": EpsilonPlus(**options),
        "lrp/epsilon-plus-flat": EpsilonPlusFlat(**options),
        "lrp/epsilon-alpha2-beta1": EpsilonAlpha2Beta1(**options),
        "lrp/epsilon-alpha2-beta1-flat": EpsilonAlpha2Beta1Flat(**options),
        "lrp/epsilon-gamma-box": EpsilonGammaBox(**box, **options),
        **{
            f"rules/any: {text}": LayerMapComposite(NORMALIZATION + layer_map_base() + [(Linear, rule)])
            for text, rule in {
                "zero": Epsilon(epsilon=1e-12),
                "epsilon(0.25)": Epsilon(epsilon=0.25),
                "gamma(0.5)": Gamma(gamma=0.5),
                "z-plus": ZPlus(),
                "alpha-beta(3,2)": AlphaBeta(alpha=3, beta=2),
                "w-square": WSquare(),
                "flat": Flat(),
            }.items()
        },
    }


def channels_last(tensor):
    return np.moveaxis(tensor.detach().numpy(), 1, -1)


def relevance(path, dtype, x, target):
    result = {}
    for name, composite in composites(x).items():
        network = Network(path, dtype).merged().eval()
        logits = network(x)
        start = torch.zeros_like(logits)
        start[0, target] = logits[0, target]
        with Gradient(model=network, composite=composite) as attributor:
            result[name] = channels_last(attributor(x, start)[1])
    network = Network(path, dtype, Addition_Module).eval()
    for module in network.modules():
        if isinstance(module, (nn.Softplus,)):
            module.rule = IdentityRule()
        elif not isinstance(module, (nn.ReLU, nn.Tanh, Network)):
            module.rule = CaptumEpsilon()
    result["lrp/captum"] = channels_last(LRP(network).attribute(x.clone().requires_grad_(), target=target))
    return result


class Probabilities(nn.Module):
    def __init__(self, network):
        super().__init__()
        self.network = network
        self.softmax = nn.Softmax(dim=1)

    def forward(self, x):
        return self.softmax(self.network(x))


def deep_lift(path, dtype, x, target):
    result = {}
    for suffix, baseline in (("", torch.zeros_like(x)), ("-ones", torch.ones_like(x))):
        network = Network(path, dtype, copies=True).eval()
        result[f"deep-lift{suffix}/logit"] = DeepLift(network).attribute(x.clone(), baseline, target=target)
        if network(x).shape[1] > 1:
            network = Probabilities(Network(path, dtype, copies=True)).eval()
            found = DeepLift(network, eps=1e-10).attribute(x.clone(), baseline, target=target)
            result[f"deep-lift{suffix}/probability"] = found
    return {name: channels_last(value) for name, value in result.items()}


def hybrid(path, dtype, x, target, handed_back):
    """The formula on Grad-CAM at the last convolution with what belongs to it, and Captum's relevance."""
    network = Network(path, dtype).eval()
    logits = network(x)
    last = [name for name, _, _ in network.steps if isinstance(getattr(network, name, None), Convolution)][-1]
    while True:
        readers = [name for name, _, inputs in network.steps if last in inputs]
        module = getattr(network, readers[0], None)
        if len(readers) != 1 or not isinstance(module, (nn.ReLU, nn.Tanh, nn.Softplus, BatchNorm, Sum)):
            break
        last = readers[0]
    maps = network.values[last]
    gradient = torch.autograd.grad(logits[0, target], maps)[0]
    positions = tuple(range(2, maps.ndim))
    cam = (gradient.mean(positions, keepdim=True) * maps).sum(1).relu()[0].detach().numpy()
    for axis, extent in enumerate(x.shape[2:]):
        at = (np.arange(extent) + 0.5) * cam.shape[axis] / extent - 0.5
        length = cam.shape[axis]
        cam = np.apply_along_axis(lambda line: np.interp(at, np.arange(length), line), axis, cam)
    cam = (cam - cam.min()) / (cam.max() - cam.min())
    mean = handed_back[0].mean(-1)
    result = {}
    for threshold in (0.0, 0.2, 0.5):
        for sigma in (0.0, 1.0, 2.0):
            product = np.where(cam >= threshold, cam, 0) * mean
            rectified = np.where(cam >= threshold, cam, 0) * np.maximum(mean, 0)
            for name, values in (("signed", product), ("positive", rectified)):
                blurred = gaussian_filter(values, sigma) if sigma else values
                result[f"grad-cam-lrp/{threshold}-{sigma}-{name}"] = blurred[None, ..., None]
    return result


def answers(path, dtype, x):
    network = Network(path, dtype).eval()
    shape = (1, *network.shape)
    at = torch.tensor(np.ascontiguousarray(np.moveaxis(x.reshape(shape), -1, 1).astype(dtype)))
    logits = network(at)[0]
    target = int(logits.argmax())
    result = deep_lift(path, dtype, at, target)
    if len(network.shape) <= 3:
        result |= relevance(path, dtype, at, target)
        result |= hybrid(path, dtype, at, target, result["lrp/captum"])
    return {"target": np.array([target]), "score": logits[target].detach().numpy().reshape(1), **result}


def main():
    torch.set_num_threads(1)
    folder = sys.argv[1]
    for name in MODELS:
        path = os.path.join(folder, f"{name}.h5")
        shape = Network(path, "float64").shape
        rows, random = [], np.random.default_rng(11)
        for attempt in range(400):
            x = random.standard_normal(shape).astype("float32")
            exact, rough = answers(path, "float64", x), answers(path, "float32", x)
            errors = {
                key: np.abs(rough[key] - exact[key]).max() / np.abs(exact[key]).max()
                for key in exact
                if exact[key].ndim > 1
            }
            # Captum's quotients of differences lose digits in float32 that ours keep; they count for less.
            worst = max(error / (10 if "deep-lift" in key else 1) for key, error in errors.items())
            if os.environ.get("VERBOSE"):
                print(attempt, sorted(errors.items(), key=lambda pair: -pair[1])[:3])
            if worst < 3e-6:
                rows.append({"input": x[None], **exact})
            if len(rows) == ITEMS:
                break
        else:
            raise SystemExit(f"{name}: no inputs away from the bends")
        target = os.path.join(folder, f"{name}.relevance.h5")
        with compact_hdf5.create(target) as file:
            for key in rows[0]:
                values = np.concatenate([row[key] for row in rows])
                kind = "int32" if key == "target" else "float64" if key == "score" else "float32"
                compact_hdf5.dataset(file, key, np.ascontiguousarray(values.astype(kind)))
        print(name, "after", attempt + 1, "draws", flush=True)


if __name__ == "__main__":
    main()
