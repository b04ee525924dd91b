#!/usr/bin/env python3
"""Rewrites some of make-keras-fixtures.py's files the way older or larger Keras files are laid out.

    python3 Scripts/make-older-keras-fixtures.py Tests/KerasFormatTests/Resources

Needs from PyPI: h5py. Run it last. The weights stay the same, and so do the answers:

* Keras 2.2 has no InputLayer; the first layer carries `batch_input_shape`. Names are strings of a fixed length.
* Keras 2.0 also gives a bare list of layers, and leaves out keys that later versions added.
* Where the names of all layers exceed 64 kB, Keras splits the attribute: `layer_names0`, `layer_names1` ...; likewise
  `weight_names`. Here it is split early, so that the file stays small.
"""

import json
import os
import sys

import h5py
import numpy as np

NEWER_KEYS = ("groups", "dtype", "ragged", "keepdims")


def rewritten(source, target, change, version=None):
    """Copies a model file, with its configuration passed through `change`."""
    with h5py.File(source) as old, h5py.File(target, "w") as new:
        for name in old:
            old.copy(name, new)
        for name, value in old.attrs.items():
            new.attrs[name] = value
        new.attrs["model_config"] = json.dumps(change(json.loads(old.attrs["model_config"])))
        if version:
            new.attrs["keras_version"] = version
            new["model_weights"].attrs["keras_version"] = version
            fix_lengths(new["model_weights"])


def fix_lengths(group):
    """Stores the lists of names as older h5py did: strings of the longest one's length; no names are numbers."""
    for holder, key in [(group, "layer_names"), *((child, "weight_names") for child in group.values())]:
        names = [name.encode() if isinstance(name, str) else bytes(name) for name in holder.attrs[key]]
        del holder.attrs[key]
        holder.attrs[key] = np.array(names) if names else np.zeros(0)


def without_input_layer(config):
    """As Keras 2.2 writes it."""
    first, second, *rest = config["config"]["layers"]
    second["config"]["batch_input_shape"] = first["config"]["batch_input_shape"]
    config["config"]["layers"] = [second, *rest]
    return config


def bare_list(config):
    """As Keras 2.0 writes it."""
    layers = without_input_layer(config)["config"]["layers"]
    for index, layer in enumerate(layers):
        for key in NEWER_KEYS:
            if key != "dtype" or index > 0:
                layer["config"].pop(key, None)
        if layer["class_name"].endswith("1D"):
            layer["config"].pop("data_format", None)
    return {"class_name": "Sequential", "config": layers}


def split(attributes, name):
    """Replaces an attribute that holds names by two that hold a part each."""
    names = attributes[name]
    del attributes[name]
    attributes[f"{name}0"], attributes[f"{name}1"] = names[:1], names[1:]


def in_parts(source, target):
    """As Keras writes it when the names are many and long."""
    rewritten(source, target, lambda config: config)
    with h5py.File(target, "a") as file:
        weights = file["model_weights"]
        split(weights.attrs, "layer_names")
        split(weights["conv1d"].attrs, "weight_names")


def main():
    directory = sys.argv[1]
    path = os.path.join(directory, "index.json")
    with open(path) as file:
        index = json.load(file)
    forms = [
        ("signal-global-average", "k22", "2.2.4", without_input_layer),
        ("head-softmax-activation", "k20", "2.0.6", bare_list),
        ("head-sigmoid-activation", "k2-parts", None, None),
    ]
    for name, form, version, change in forms:
        entry = next(entry for entry in index["models"] if entry["name"] == name)
        line = next(line for line in entry["files"] if line["file"] == f"{name}-k2.h5")
        source, target = (os.path.join(directory, f"{name}-{suffix}.h5") for suffix in ("k2", form))
        if change:
            rewritten(source, target, change, version)
        else:
            in_parts(source, target)
        added = dict(line, file=os.path.basename(target), keras=version or line["keras"])
        entry["files"] = [other for other in entry["files"] if other["file"] != added["file"]] + [added]
    with open(path, "w") as file:
        json.dump(index, file, indent=2)
        file.write("\n")


if __name__ == "__main__":
    main()
