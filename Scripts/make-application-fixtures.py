#!/usr/bin/env python3
"""Stored answers of the networks of keras.applications: Tests/KerasFormatTests/Resources/applications.zip.

The networks are those of the library, at a small input and with few classes. Their weights would take hundreds of
megabytes, so they follow a rule that the tests follow too (Tests/KerasFormatTests/Applications/ApplicationWeights.swift):
one stream of uniform numbers, numpy.random.RandomState(SEED), fills the weights in Keras's order; what the numbers
become is decided by the weight's last name (`filled`). The input comes first in the stream. Batch statistics lie around
the mean and the deviation that one pass in training mode finds over all channels of the layer, so that gradients neither
vanish nor explode. The scale of the last kernel is chosen so that the logits have a deviation of 1.5: neither equal nor
saturated.

Keras computes in 64 bits from the weights rounded to 32.

Members of the archive: <name>.json, the architecture as `to_json` writes it; <name>.answers.json, an object with
    side          the rows and columns of the input
    weights       [{layer, mean, deviation, weights: [{name, shape}]}] in Keras's order; mean and deviation are null
                  where the layer is no batch normalisation
    head          the factor on the last kernel
    low, high     the range of the input
    prediction    the probabilities
    target        the index of the largest
    largest       the largest magnitude in the gradient of that probability
    stride        every how many elements of the flat gradient one is kept
    gradient      the elements kept, divided by `largest`

Usage: make-application-fixtures.py [NAME...]      needs TensorFlow with Keras 3
"""

import json
import os
import sys
import zipfile

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np
import tensorflow as tf

SEED = 1117
CLASSES = 20
STRIDE = 29  # coprime to 3 channels and to every row length
OUTPUT = os.path.join(os.path.dirname(__file__), "../Tests/KerasFormatTests/Resources/applications.zip")

# name: (constructor, side of the input, options, whether pixels are 0...255)
APPLICATIONS = {
    "vgg16": (keras.applications.VGG16, 32, {}, False),
    "vgg19": (keras.applications.VGG19, 32, {}, False),
    "resnet50": (keras.applications.ResNet50, 64, {}, False),
    "resnet50-v2": (keras.applications.ResNet50V2, 64, {}, False),
    "mobilenet": (keras.applications.MobileNet, 64, {"alpha": 0.25}, False),
    "mobilenet-v2": (keras.applications.MobileNetV2, 64, {"alpha": 0.35}, False),
    "mobilenet-v3-small": (keras.applications.MobileNetV3Small, 64, {}, True),
    "mobilenet-v3-large": (keras.applications.MobileNetV3Large, 64, {}, True),
    "densenet121": (keras.applications.DenseNet121, 64, {}, False),
    "efficientnet-b0": (keras.applications.EfficientNetB0, 64, {}, True),
    "xception": (keras.applications.Xception, 75, {}, False),
    "inception-v3": (keras.applications.InceptionV3, 75, {}, False),
}


def filled(name, shape, random, mean=0.0, deviation=1.0):
    """A weight from uniform numbers u of 0...1."""
    u = random.random_sample(int(np.prod(shape, dtype=int))).reshape(shape)
    if name in ("kernel", "pointwise_kernel", "depthwise_kernel"):
        inputs = np.prod(shape[:2] if name == "depthwise_kernel" else shape[:-1])
        value = (2 * u - 1) * np.sqrt(6 / inputs)
    elif name == "moving_variance":
        value = deviation * deviation * (0.5 + u)
    elif name == "moving_mean":
        value = mean + deviation * (0.4 * u - 0.2)
    elif name == "variance":
        value = 1 + 0 * u  # a Normalization keeps to what it was built with until it is loaded from a file
    elif name == "gamma":
        value = 0.75 + 0.5 * u
    elif name in ("bias", "beta"):
        value = 0.4 * u - 0.2
    elif name in ("mean", "count"):
        value = 0 * u
    else:
        raise ValueError(f"no rule for {name}")
    return value.astype(np.float32)


def fill(model, random, statistics):
    for layer in model.layers:
        if layer.weights:
            own = statistics.get(layer.name, (0.0, 1.0))
            layer.set_weights([filled(w.name, w.shape, random, *own) for w in layer.weights])


def measured(model, x):
    """The mean and deviation over all channels before every batch normalisation, each of them normalising by its own."""
    layers = [layer for layer in model.layers if isinstance(layer, keras.layers.BatchNormalization)]
    for layer in model.layers:
        if isinstance(layer, keras.layers.Dropout):
            layer.rate = 0.0
        elif layer in layers:
            layer.momentum = 0.0
    model(x, training=True)
    statistics = {}
    for layer in layers:
        means, variances = layer.moving_mean.numpy(), layer.moving_variance.numpy()
        deviation = np.sqrt(means.var() + variances.mean())
        statistics[layer.name] = (float(f"{means.mean():.3g}"), float(f"{deviation:.3g}"))
    return statistics


def answers(name):
    build, side, options, is_pixel = APPLICATIONS[name]
    keras.backend.clear_session()
    keras.backend.set_floatx("float32")
    model = build(weights=None, input_shape=(side, side, 3), classes=CLASSES, **options)
    architecture = model.to_json()
    keras.backend.set_floatx("float64")
    keras.backend.clear_session()
    model = build(weights=None, input_shape=(side, side, 3), classes=CLASSES, **options)

    random = np.random.RandomState(SEED)
    low, high = (0, 255) if is_pixel else (-1, 1)
    x = (low + (high - low) * random.random_sample(side * side * 3)).astype(np.float32)
    x = x.reshape(1, side, side, 3)
    drawn = random.get_state()
    fill(model, random, {})
    statistics = measured(model, x)
    random.set_state(drawn)
    fill(model, random, statistics)
    listed = []
    for layer in model.layers:
        if layer.weights:
            mean, deviation = statistics.get(layer.name, (None, None))
            weights = [{"name": f"{layer.name}/{w.name}", "shape": list(w.shape)} for w in layer.weights]
            listed.append({"layer": layer.name, "mean": mean, "deviation": deviation, "weights": weights})

    last = next(layer for layer in reversed(model.layers) if layer.weights)
    is_convolution = isinstance(last, keras.layers.Conv2D)
    features = keras.Model(model.input, last.input)
    kernel, bias = last.get_weights()
    logits = features(x).numpy().reshape(-1) @ kernel.reshape(-1, CLASSES)
    head = float(np.float32(1.5 / logits.std()))
    last.set_weights([(kernel.astype(np.float32) * np.float32(head)), bias])

    point = tf.Variable(x.astype(np.float64))
    with tf.GradientTape() as tape:
        prediction = model(point, training=False)
        target = int(np.argmax(prediction.numpy()))
        score = prediction[0, target]
    gradient = tape.gradient(score, point).numpy().reshape(-1)
    largest = float(np.abs(gradient).max())
    stored = {
        "side": side, "low": low, "high": high, "head": head, "weights": listed,
        "prediction": [float(f"{p:.9g}") for p in prediction.numpy()[0]],
        "target": target, "largest": float(f"{largest:.9g}"), "stride": STRIDE,
        "gradient": [float(f"{g:.7f}") for g in gradient[::STRIDE] / largest],
    }
    print(f"{name}: {len(model.layers)} layers, {model.count_params()} weights, head {head:.4g}, "
          f"top {prediction.numpy().max():.4f}, gradient {largest:.4g}, convolution head {is_convolution}", flush=True)
    return architecture, json.dumps(stored, separators=(",", ":"))


def main():
    names = sys.argv[1:] or list(APPLICATIONS)
    members = {}
    if os.path.exists(OUTPUT):
        with zipfile.ZipFile(OUTPUT) as archive:
            members = {member: archive.read(member).decode() for member in archive.namelist()}
    for name in names:
        members[f"{name}.json"], members[f"{name}.answers.json"] = answers(name)
        with zipfile.ZipFile(OUTPUT, "w", zipfile.ZIP_DEFLATED) as archive:
            for member in sorted(members):
                entry = zipfile.ZipInfo(member, (2024, 1, 1, 0, 0, 0))
                archive.writestr(entry, members[member], zipfile.ZIP_DEFLATED, 9)
    print(f"{os.path.getsize(OUTPUT)} bytes")


main()
