#!/usr/bin/env python3
"""Writes the models of Explainers' tests, with what each method must give for them, computed in float64.

    python3 Scripts/make-explainer-fixtures.py Tests/ExplainersTests/Resources

Needs from PyPI: keras (3) tensorflow-cpu h5py. Everything follows from the formulas of the papers by TensorFlow's automatic
differentiation in float64, from exactly the float32 weights of the saved model. Channels last, maps of the input
with their channels:

* `input`, `target` (largest output; 0 for a single one), `logits`, `probabilities` (the output as the file defines
  it), `mean-baseline` (per item and channel, the mean over all positions), `activation/<layer>`;
* under `logit/` and `probability/`: `score`, `score-at-zero-baseline`, `score-at-mean-baseline`, `gradient`,
  `gradient-times-input`;
* `grad-cam/<layer>`: sum over channels of activation times the mean gradient over positions, signed, at the layer's
  resolution; `grad-cam-upsampled/<layer>`: that map, resized to the input by half-pixel linear interpolation;
  `grad-cam-relu-upsampled/<layer>`: its positive part, resized likewise;
* `integrated-gradients/<rule>-<n>` from the zero baseline, `integrated-gradients-mean-baseline/<rule>-<n>` from the mean;
  already times (input - baseline). `trapezoid-50` has 51 nodes and weights that sum to 1;
* for networks of rectifiers and poolings `logit/exact-integrated-gradients` and `logit/exact-integrated-gradients-mean-baseline`:
  the path is bisected until the gradient is the same at both ends of every part.

The probability of a class is written so that neither it nor its derivative cancels where it is nearly 1.
"""

import argparse
import os

from fixtures import keras_float64 as float64  # first: it quietens TensorFlow
import numpy as np
import tensorflow as tf
from keras import layers as L

ITEMS = 2


def signal_relu():
    return (24, 2), [
        L.Conv1D(6, 5, activation="relu", padding="same"),
        L.MaxPooling1D(2),
        L.Conv1D(8, 3, activation="relu", padding="same"),
        L.Flatten(),
        L.Dense(4, activation="softmax"),
    ]


def image_relu():
    return (9, 8, 3), [
        L.Conv2D(4, 3, activation="relu", padding="same"),
        L.MaxPooling2D(2),
        L.Conv2D(6, (2, 3), activation="relu"),
        L.GlobalAveragePooling2D(),
        L.Dense(4, activation="softmax"),
    ]


def volume_relu():
    return (6, 5, 4, 2), [
        L.Conv3D(3, 3, activation="relu", padding="same"),
        L.AveragePooling3D(2),
        L.Flatten(),
        L.Dense(3, activation="softmax"),
    ]


def signal_smooth():
    return (24, 1), [
        L.Conv1D(6, 5, activation="tanh", padding="same"),
        L.AveragePooling1D(2),
        L.Conv1D(6, 3, activation="softplus"),
        L.Flatten(),
        L.Dense(3, activation="softmax"),
    ]


def signal_linear():
    return (20, 2), [L.Conv1D(4, 3, padding="same"), L.AveragePooling1D(2), L.Flatten(), L.Dense(3)]


def signal_sigmoid():
    return (17, 1), [
        L.Conv1D(5, 4, use_bias=False),
        L.BatchNormalization(),
        L.Activation("relu"),
        L.GlobalAveragePooling1D(),
        L.Dense(1, activation="sigmoid"),
    ]


MODELS = {
    "signal-relu": (signal_relu, 1),
    "image-relu": (image_relu, 1),
    "volume-relu": (volume_relu, 1),
    "signal-smooth": (signal_smooth, 1),
    "signal-linear": (signal_linear, 1),
    "signal-sigmoid": (signal_sigmoid, 1),
    "signal-saturated": (signal_relu, 8),
}
"""Per name: the layers, and a factor on the head's weights."""


def weighted(name):
    """The float32 model with its weights drawn, the head's multiplied."""
    make, factor = MODELS[name]
    model = float64.built(make, "float32", name)
    head = model.layers[-1]
    head.set_weights([weight * np.float32(factor) for weight in head.get_weights()])
    return model


class Network:
    """A Sequential model cut where we need it, with its head's softmax or sigmoid taken off."""

    def __init__(self, model):
        self.layers = float64.computing(model)
        self.squash = self.layers[-1].activation.__name__
        self.layers[-1].activation = tf.identity

    def run(self, x, first=0, last=None):
        for layer in self.layers[first:last]:
            x = layer(x, training=False)
        return x

    def probabilities(self, logits):
        if self.squash == "linear":
            return logits
        return tf.nn.softmax(logits) if self.squash == "softmax" else tf.sigmoid(logits)

    def score(self, space, logits, target):
        """The target's score, one per row."""
        chosen = float64.picked(logits, target)
        if space == "logit" or self.squash == "linear":
            return chosen
        margin = chosen
        if self.squash == "softmax":
            others = tf.one_hot(target, logits.shape[-1], on_value=-np.inf, off_value=0.0, dtype=logits.dtype)
            margin = chosen - tf.reduce_logsumexp(logits + others, axis=-1)
        return tf.exp(-tf.nn.softplus(-margin))

    def is_piecewise_linear(self):
        """Whether every activation function is linear or a rectifier."""
        names = [getattr(layer, "activation", tf.identity).__name__ for layer in self.layers]
        return all(name in ("identity", "linear", "relu") for name in names)

    def spatial(self):
        """The positions and layers whose output has spatial axes."""
        return [(index, layer) for index, layer in enumerate(self.layers) if len(layer.output.shape) > 2]


def rules():
    """Per name: nodes in 0...1 and weights that sum to 1."""
    steps = np.arange(50)
    trapezoid = np.full(51, 1 / 50)
    trapezoid[[0, -1]] /= 2
    yield "left-50", steps / 50, np.full(50, 1 / 50)
    yield "right-50", (steps + 1) / 50, np.full(50, 1 / 50)
    yield "midpoint-50", (steps + 0.5) / 50, np.full(50, 1 / 50)
    yield "trapezoid-50", np.arange(51) / 50, trapezoid
    for count in (20, 50):
        nodes, weights = np.polynomial.legendre.leggauss(count)
        yield f"gauss-legendre-{count}", (1 + nodes) / 2, weights / 2


def integrated(gradient, x, baseline, nodes, weights):
    """(x - baseline) times the weighted mean of the gradients at the nodes of the straight path; all nodes in one pass."""
    path = np.concatenate([baseline + node * (x - baseline) for node in nodes])
    gradients = gradient(path, len(nodes)).reshape(len(nodes), *x.shape)
    return (x - baseline) * np.tensordot(weights, gradients, axes=1)


def integrated_exactly(gradient, x, baseline):
    """(x - baseline) times the integral of a gradient that is constant but for jumps: parts with a jump inside are halved."""

    def at(positions):
        path = np.concatenate([baseline + position * (x - baseline) for position in positions])
        return gradient(path, len(positions)).reshape(len(positions), *x.shape)

    ends = np.arange(65) / 64
    slopes = at(ends)
    low, high, low_slopes, high_slopes = ends[:-1], ends[1:], slopes[:-1], slopes[1:]
    axes = tuple(range(1, slopes.ndim))
    threshold = 1e-12 * np.abs(slopes).max()
    integral = np.zeros_like(x)
    for _ in range(36):
        jumps = np.abs(low_slopes - high_slopes).max(axis=axes) > threshold
        widths = (high - low)[~jumps]
        integral += np.tensordot(widths / 2, (low_slopes + high_slopes)[~jumps], axes=1)
        low, high, low_slopes, high_slopes = low[jumps], high[jumps], low_slopes[jumps], high_slopes[jumps]
        if not len(low):
            break
        middle = (low + high) / 2
        slopes = at(middle)
        low, high = np.concatenate([low, middle]), np.concatenate([middle, high])
        low_slopes, high_slopes = np.concatenate([low_slopes, slopes]), np.concatenate([slopes, high_slopes])
    integral += np.tensordot((high - low) / 2, low_slopes + high_slopes, axes=1)
    return (x - baseline) * integral


def resized(maps, extents):
    """Half-pixel linear interpolation of every map to the extents, axis by axis, clamped at the border."""
    for axis, extent in enumerate(extents, start=1):
        length = maps.shape[axis]
        at = (np.arange(extent) + 0.5) * length / extent - 0.5
        maps = np.apply_along_axis(lambda line: np.interp(at, np.arange(length), line), axis, maps)
    return maps


def grad_cam(network, space, x, target, index):
    """The signed map of one layer: activations weighted by the mean gradient over positions."""
    activation = network.run(x, last=index + 1)
    gradient = float64.gradient(
        lambda maps: network.score(space, network.run(maps, first=index + 1), target), activation
    ).numpy()
    positions = tuple(range(1, gradient.ndim - 1))
    return (gradient.mean(axis=positions, keepdims=True) * activation.numpy()).sum(axis=-1)


def explained(network, space, x, target, baselines):
    """All that is stored under the name of one score space."""

    def gradient(at, copies=1):
        targets = tf.tile(target, [copies])
        return float64.gradient(lambda at: network.score(space, network.run(at), targets), tf.constant(at)).numpy()

    def score(at):
        return network.score(space, network.run(tf.constant(at)), target).numpy()

    slope = gradient(x)
    result = {"score": score(x), "gradient": slope, "gradient-times-input": slope * x}
    for name, baseline in baselines.items():
        result[f"score-at-{name}-baseline"] = score(baseline)
        suffix = "" if name == "zero" else f"-{name}-baseline"
        for rule, nodes, weights in rules():
            values = integrated(gradient, x, baseline, nodes.astype(x.dtype), weights)
            result[f"integrated-gradients{suffix}/{rule}"] = values
        if space == "logit" and x.dtype == np.float64 and network.is_piecewise_linear():
            result[f"exact-integrated-gradients{suffix}"] = integrated_exactly(gradient, x, baseline)
    for index, layer in network.spatial():
        signed = grad_cam(network, space, tf.constant(x), target, index)
        result[f"grad-cam/{layer.name}"] = signed
        result[f"grad-cam-upsampled/{layer.name}"] = resized(signed, x.shape[1:-1])
        result[f"grad-cam-relu-upsampled/{layer.name}"] = resized(np.maximum(signed, 0), x.shape[1:-1])
    return result


def answers(network, x):
    """Everything the tests compare, for the inputs `x` (their type decides the precision)."""
    logits = network.run(tf.constant(x))
    probabilities = network.probabilities(logits)
    target = tf.argmax(probabilities, axis=1)
    means = x.mean(axis=tuple(range(1, x.ndim - 1)), keepdims=True)
    baselines = {"zero": np.zeros_like(x), "mean": np.broadcast_to(means, x.shape)}
    result = {
        "input": x.astype("float32"),
        "target": target.numpy().astype("int32"),
        "logits": logits.numpy(),
        "probabilities": probabilities.numpy(),
        "mean-baseline": baselines["mean"],
    }
    for index, layer in network.spatial():
        result[f"activation/{layer.name}"] = network.run(tf.constant(x), last=index + 1).numpy().astype("float32")
    for space in ("logit", "probability"):
        for name, values in explained(network, space, x, target, baselines).items():
            result[f"{space}/{name}"] = values
    return result


def away_from_bends(single, double, shape, name):
    """Answers for inputs at which float32 falls on the same side of every ReLU, along the whole path."""
    for attempt in range(100):
        x = float64.generator(name, "input", attempt).standard_normal((ITEMS, *shape)).astype("float32")
        rough, exact = answers(single, x), answers(double, x.astype("float64"))
        worst = max(
            np.abs(rough[key] - exact[key]).max() / np.abs(exact[key]).max()
            for key in rough
            if key.startswith("logit/")
        )
        if worst < 1e-5:
            return exact
    raise SystemExit(f"{name}: no inputs away from the bends of its activations")


def main():
    parser = argparse.ArgumentParser(description="Writes the models of Explainers' tests, with float64 answers.")
    parser.add_argument("directory")
    directory = parser.parse_args().directory
    for name, (make, _) in MODELS.items():
        model = weighted(name)
        model.save(os.path.join(directory, f"{name}.h5"))
        double = Network(float64.twin(make, model, name))
        exact = away_from_bends(Network(model), double, model.input_shape[1:], name)
        stored = {
            key: values.astype("float32") if values.ndim > 1 and "/" in key else values
            for key, values in exact.items()
        }
        float64.write(os.path.join(directory, f"{name}.answers.h5"), stored)
        print(name, "probability of the target", exact["probability/score"], flush=True)


if __name__ == "__main__":
    main()
