#!/usr/bin/env python3
"""Writes model files as Keras 1 laid them out, and others that only Keras 2 converts, with the answers of Keras 2.

    python3 Scripts/make-keras-1-fixtures.py Tests/KerasFormatTests/Resources/older

Needs from PyPI: tensorflow-cpu tf_keras h5py. Configurations and weights are written by hand, with the names, the order and the axes
of Keras 1. The answers are those of the same model built with today's layers, into which tf_keras has loaded the weights of the
file, so that it converts them by its own rules (`preprocess_weights_for_loading`). Convolutions with the channels first, which
TensorFlow does not compute on a processor without XLA, are compiled with it.

`<name>.answers.h5` holds `input/<i>`, `output/<i>`, `cotangent` and `gradient/<i>` as `make-graph-fixtures.py` writes them, with the
channels last. `index.json` lists the files.
"""

import json
import os
import sys
import zlib

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import h5py
import numpy as np
import tensorflow as tf
import tf_keras as keras
from tf_keras.src.saving.legacy import hdf5_format

from fixtures import compact_hdf5, keras_1_models


def random(*names):
    return np.random.default_rng(zlib.crc32("/".join(map(str, names)).encode()))


def drawn(name, weight, shape):
    """Values of a weight; variances, which Keras 1 called running_std, are positive."""
    values = 0.5 * random(name, weight).standard_normal(shape)
    return (np.abs(values) + 0.5 if weight.endswith("running_std:0") else values).astype("float32")


def write(path, name, spec):
    """The file: configuration, and the weights of every layer in their order."""
    with compact_hdf5.create(path) as file:
        file.attrs["model_config"] = json.dumps(spec["config"])
        group = file.create_group("model_weights")
        for key, value in spec.get("attributes", {}).items():
            file.attrs[key] = value
            group.attrs[key] = value
        group.attrs["layer_names"] = np.array([layer.encode() for layer in spec["weights"]])
        for layer, weights in spec["weights"].items():
            inner = group.create_group(layer)
            names = list(weights)
            inner.attrs["weight_names"] = np.array([weight.encode() for weight in names]) if names else np.zeros(0)
            for weight, shape in weights.items():
                compact_hdf5.dataset(inner, weight, drawn(name, weight, shape))


def load(group, model, layers):
    """Loads weights as tf_keras does; into given layers, where their order is not that of the model."""
    if layers is None:
        hdf5_format.load_weights_from_hdf5_group(group, model)
        return
    for layer, name in zip(layers, group.attrs["layer_names"], strict=True):
        weights = [group[name.decode()][weight.decode()][...] for weight in group[name.decode()].attrs["weight_names"]]
        layer.set_weights(hdf5_format.preprocess_weights_for_loading(layer, weights, "1"))


def answers(model, name, spec):
    """Inputs, outputs and the gradients of the first output, with the channels last."""
    first = spec.get("channels_first", False)
    inputs = [random(name, "input", i).standard_normal((2, *x.shape[1:])).astype("float32") for i, x in enumerate(model.inputs)]
    cotangent = random(name, "cotangent").standard_normal((2, *model.outputs[0].shape[1:])).astype("float32")

    @tf.function(jit_compile=first)
    def run(*tensors):
        with tf.GradientTape() as tape:
            tape.watch(tensors)
            output = model(list(tensors) if len(tensors) > 1 else tensors[0], training=False)
            score = tf.reduce_sum(output * cotangent)
        return output, tape.gradient(score, tensors)

    output, gradients = run(*[tf.constant(x) for x in inputs])
    last = (lambda x: np.moveaxis(x, 1, -1)) if first else (lambda x: x)
    return {
        **{f"input/{i}": last(x) for i, x in enumerate(inputs)},
        "output/0": output.numpy(),
        **{f"gradient/{i}": last(x.numpy()) for i, x in enumerate(gradients)},
        "cotangent": cotangent,
    }


def turned(kernel):
    """A kernel as Keras on Theano wrote it (`conv_utils.convert_kernel` of Keras 2.3): all of its positions turned round."""
    return kernel[tuple(slice(None, None, -1) for _ in kernel.shape[:-2])]


def main():
    directory = sys.argv[1]
    os.makedirs(directory, exist_ok=True)
    index = []
    for name, make in keras_1_models.MODELS.items():
        keras.backend.clear_session()
        spec = make(keras)
        path = os.path.join(directory, f"{name}.h5")
        write(path, name, spec)
        model = spec["model"]
        with h5py.File(path) as file:
            load(file["model_weights"], model, spec.get("layers"))
        if spec.get("theano"):
            with h5py.File(path, "a") as file:
                for layer, weight in spec["theano"]:
                    stored = file[f"model_weights/{layer}/{weight}"]
                    stored[...] = turned(stored[...])
        with compact_hdf5.create(os.path.join(directory, f"{name}.answers.h5")) as file:
            for key, value in answers(model, name, spec).items():
                compact_hdf5.dataset(file, key, np.ascontiguousarray(value))
        index.append({"file": f"{name}.h5", "answers": f"{name}.answers.h5"})
        print(name, flush=True)
    with open(os.path.join(directory, "index.json"), "w") as file:
        json.dump(index, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main()
