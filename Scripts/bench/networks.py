"""Keras models of convolutions, poolings and dense layers as PyTorch modules, and one such file with random weights."""

import json

import h5py
import numpy as np
import torch
from torch import nn


class ChannelsLastFlatten(nn.Module):
    """Flattens in Keras's order: channels fastest."""

    def forward(self, x):
        return x.movedim(1, -1).flatten(1)


class GlobalMean(nn.Module):
    """The mean over all positions."""

    def forward(self, x):
        return x.flatten(2).mean(2)


def _layers(path):
    with h5py.File(path) as file:
        layers = json.loads(file.attrs["model_config"])["config"]["layers"]
        group = file["model_weights"]
        for layer in layers:
            weights = {}
            if layer["config"]["name"] in group:
                own = group[layer["config"]["name"]]
                for name in own.attrs["weight_names"]:
                    name = name.decode() if isinstance(name, bytes) else name
                    weights[name.split("/")[-1].split(":")[0]] = own[name][()]
            yield layer["class_name"], layer["config"], weights


def _convolution(rank, config, weights):
    kernel = torch.tensor(np.moveaxis(weights["kernel"], (-1, -2), (0, 1)).copy())
    make = {1: nn.Conv1d, 2: nn.Conv2d}[rank]
    layer = make(
        kernel.shape[1], kernel.shape[0], tuple(kernel.shape[2:]), stride=tuple(config["strides"]),
        padding=config["padding"], bias="bias" in weights)
    layer.weight.data = kernel
    if "bias" in weights:
        layer.bias.data = torch.tensor(weights["bias"])
    return layer


def read(path):
    """The network up to its logits, and the names of its layers in order."""
    modules, names = [], []
    for kind, config, weights in _layers(path):
        if kind in ("Conv1D", "Conv2D"):
            modules.append(_convolution(int(kind[4]), config, weights))
        elif kind in ("MaxPooling1D", "MaxPooling2D"):
            modules.append({1: nn.MaxPool1d, 2: nn.MaxPool2d}[int(kind[10])](config["pool_size"], config["strides"]))
        elif kind.startswith("GlobalAveragePooling"):
            modules.append(GlobalMean())
        elif kind == "Flatten":
            modules.append(ChannelsLastFlatten())
        elif kind == "Dense":
            layer = nn.Linear(*weights["kernel"].shape)
            layer.weight.data = torch.tensor(weights["kernel"].T.copy())
            layer.bias.data = torch.tensor(weights["bias"])
            modules.append(layer)
        elif kind == "Dropout":
            modules.append(nn.Dropout(config["rate"]))
        elif kind != "InputLayer":
            raise SystemExit(f"{path}: the benchmark does not read layers of class {kind}")
        else:
            continue
        names.append(config["name"])
        if config.get("activation") == "relu":
            modules.append(nn.ReLU())
            names.append(config["name"] + "/relu")
    network = nn.Sequential(*modules).eval()
    for parameter in network.parameters():
        parameter.requires_grad_(False)
    return network, names


def batch_order(seed, epoch, count):
    """The order of the items of an epoch, that of `BatchOrder`."""
    def mixed(bits):
        bits ^= bits >> 16
        bits = bits * 0x85EBCA6B & 0xFFFFFFFF
        bits ^= bits >> 13
        bits = bits * 0xC2B2AE35 & 0xFFFFFFFF
        return bits ^ bits >> 16

    return np.random.RandomState(mixed((mixed(seed) + 0x9E3779B9 * epoch) & 0xFFFFFFFF)).permutation(count)


def write_vgg7(path):
    """The reference architecture for images, 224x224x3 and eight classes, with random weights."""
    generator = np.random.default_rng(0)
    layers, arrays, channels = [], {}, 3

    def add(kind, name, **config):
        layers.append({"class_name": kind, "config": {"name": name, "dtype": "float32", **config}})

    def weigh(name, *shape):
        fan_in = int(np.prod(shape[:-1]))
        kernel = generator.standard_normal(shape).astype("float32") * np.float32((2 / fan_in) ** 0.5)
        arrays[name] = [("kernel", kernel), ("bias", generator.normal(0, 0.1, shape[-1]).astype("float32"))]

    add("InputLayer", "input", batch_input_shape=[None, 224, 224, 3])
    for index, filters in enumerate((32, 32, 64, 64)):
        name = f"conv2d_{index}" if index else "conv2d"
        add("Conv2D", name, filters=filters, kernel_size=[3, 3], strides=[1, 1], padding="same",
            data_format="channels_last", dilation_rate=[1, 1], groups=1, activation="relu", use_bias=True)
        weigh(name, 3, 3, channels, filters)
        channels = filters
        if index % 2:
            add("MaxPooling2D", f"max_pooling2d_{index // 2}", pool_size=[2, 2], strides=[2, 2], padding="valid",
                data_format="channels_last")
    add("GlobalAveragePooling2D", "global_average_pooling2d", data_format="channels_last")
    add("Dense", "dense", units=8, activation="softmax", use_bias=True)
    weigh("dense", 64, 8)
    config = {"class_name": "Sequential", "config": {"name": "vgg7", "layers": layers}}
    with h5py.File(path, "w") as file:
        file.attrs["model_config"] = json.dumps(config)
        file.attrs["keras_version"] = "2.4.0"
        file.attrs["backend"] = "tensorflow"
        group = file.create_group("model_weights")
        group.attrs["layer_names"] = np.array([layer["config"]["name"] for layer in layers], dtype="S")
        for layer in layers:
            name = layer["config"]["name"]
            own = group.create_group(name)
            own.attrs["weight_names"] = np.array([f"{name}/{key}:0" for key, _ in arrays.get(name, [])], dtype="S")
            for key, values in arrays.get(name, []):
                own.create_dataset(f"{name}/{key}:0", data=values)
