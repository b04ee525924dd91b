#!/usr/bin/env python3
"""Stores gradients of Keras for every kind of layer that can be trained, in 64 bits.

    Scripts/make-training-gradients.py

Writes Tests/KerasFormatTests/Resources/training/<case>.h5, a model with random weights, and answers.h5 with, for every case, a batch, one-hot
labels, the loss (categorical cross-entropy from logits, mean over the batch), its gradient for every trainable array of every layer, and
what batch normalisation keeps after the step. Loss and gradients are computed with `training=True` by a twin in float64 that has the same
weights. Needs tensorflow and keras 3 from PyPI.
"""

import os
import pathlib

os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import h5py
import keras
import numpy as np
import tensorflow as tf
from keras import layers as L

FOLDER = pathlib.Path(__file__).parent.parent / "Tests/KerasFormatTests/Resources/training"
BATCH, CLASSES = 6, 3


def chain(shape, *parts):
    def build():
        x = inputs = keras.Input(shape)
        for part in parts:
            x = part()(x)
        return inputs, x

    return build


def shared():
    """A convolution, a dense layer and a batch normalisation, each used twice."""
    inputs = keras.Input((10, 3))
    convolution = L.Conv1D(3, 3, padding="same", activation="tanh", name="conv")
    norm = L.BatchNormalization(momentum=0.8, name="norm")
    dense = L.Dense(3, activation="elu", name="twice")
    x = norm(convolution(norm(convolution(inputs))))
    return inputs, L.GlobalAveragePooling1D()(dense(dense(x)))


def branches():
    """A residual addition, a concatenation and layers whose value two others read."""
    inputs = keras.Input((8, 7, 2))
    x = L.Conv2D(4, 3, padding="same", activation="relu", name="stem")(inputs)
    y = L.Conv2D(4, 3, padding="same", activation="relu", name="body")(x)
    x = L.ReLU()(L.Add()([x, y]))
    z = L.Conv2D(3, 1, activation="relu", name="side")(x)
    x = L.Concatenate()([L.MaxPooling2D(2)(x), L.AveragePooling2D(2)(z)])
    return inputs, L.GlobalMaxPooling2D()(x)


CASES = {
    "signal": chain(
        (21, 2),
        lambda: L.Conv1D(25, 3, padding="same", activation="relu"),
        lambda: L.Conv1D(6, 4, strides=2, activation="relu"),
        lambda: L.MaxPooling1D(2),
        lambda: L.Flatten(),
    ),
    "signal-dilated": chain(
        (18, 4),
        lambda: L.Conv1D(6, 3, dilation_rate=2, padding="causal", activation="tanh"),
        lambda: L.Conv1D(8, 3, groups=2, use_bias=False, activation="gelu"),
        lambda: L.SeparableConv1D(5, 3, depth_multiplier=2, padding="same", activation="softplus"),
        lambda: L.DepthwiseConv1D(3, activation="relu"),
        lambda: L.GlobalAveragePooling1D(),
    ),
    "image": chain(
        (11, 9, 3),
        lambda: L.Conv2D(4, 3, strides=2, padding="same", activation="relu"),
        lambda: L.Conv2D(6, (2, 3), groups=2, padding="same", activation="swish"),
        lambda: L.AveragePooling2D(2),
        lambda: L.Flatten(),
        lambda: L.Dense(7, activation="relu"),
    ),
    "image-depthwise": chain(
        (9, 8, 3),
        lambda: L.DepthwiseConv2D(3, depth_multiplier=2, padding="same", activation="relu"),
        lambda: L.SeparableConv2D(5, 3, strides=2, activation="relu"),
        lambda: L.GlobalMaxPooling2D(),
    ),
    "volume": chain(
        (5, 6, 4, 2),
        lambda: L.Conv3D(3, 2, padding="same", activation="relu"),
        lambda: L.Conv3D(4, (1, 2, 2), strides=(1, 2, 1), activation="sigmoid"),
        lambda: L.GlobalAveragePooling3D(),
    ),
    "transposed": chain(
        (4, 5, 2),
        lambda: L.Conv2DTranspose(3, 3, strides=2, padding="same", activation="relu"),
        lambda: L.Conv2DTranspose(2, 2, use_bias=False),
        lambda: L.Flatten(),
    ),
    "transposed-signal": chain(
        (6, 3),
        lambda: L.Conv1DTranspose(4, 3, strides=3, activation="tanh"),
        lambda: L.GlobalAveragePooling1D(),
    ),
    "batch-normalization": chain(
        (12, 3),
        lambda: L.Conv1D(5, 3, use_bias=False, padding="same"),
        lambda: L.BatchNormalization(name="norm"),
        lambda: L.ReLU(),
        lambda: L.Conv1D(4, 3),
        lambda: L.BatchNormalization(scale=False, momentum=0.9, epsilon=1e-2, name="unscaled"),
        lambda: L.ELU(),
        lambda: L.GlobalAveragePooling1D(),
        lambda: L.BatchNormalization(center=False, momentum=0.7, name="last"),
    ),
    "batch-normalization-image": chain(
        (7, 6, 2),
        lambda: L.Conv2D(4, 3, padding="same"),
        lambda: L.BatchNormalization(momentum=0.8, name="norm"),
        lambda: L.ReLU(max_value=6.0),
        lambda: L.MaxPooling2D(2),
        lambda: L.Conv2D(3, 2, activation="relu"),
        lambda: L.BatchNormalization(scale=False, center=False, name="plain"),
        lambda: L.Flatten(),
    ),
    "frozen": chain(
        (12, 3),
        lambda: L.Conv1D(5, 3, activation="relu", name="first", trainable=False),
        lambda: L.BatchNormalization(name="norm", trainable=False),
        lambda: L.Conv1D(4, 3, name="middle"),
        lambda: L.BatchNormalization(name="kept", trainable=False),
        lambda: L.ReLU(),
        lambda: L.Conv1D(4, 3, activation="relu", name="last", trainable=False),
        lambda: L.GlobalAveragePooling1D(),
    ),
    "slopes": chain(
        (8, 3),
        lambda: L.Conv1D(4, 3),
        lambda: L.PReLU(name="slopes"),
        lambda: L.Conv1D(4, 3),
        lambda: L.PReLU(shared_axes=[1], name="shared"),
        lambda: L.Flatten(),
    ),
    "layer-normalization": chain(
        (6, 5, 3),
        lambda: L.Conv2D(4, 3, activation="tanh"),
        lambda: L.LayerNormalization(name="last-axis"),
        lambda: L.LayerNormalization(axis=[1, 2], center=False, name="positions"),
        lambda: L.GroupNormalization(2, name="groups"),
        lambda: L.Flatten(),
    ),
    "shared": shared,
    "branches": branches,
}


def model(build):
    """The model, and the one that ends in its logits."""
    inputs, features = build()
    logits = L.Dense(CLASSES, name="logits")(features)
    return keras.Model(inputs, L.Softmax(name="probabilities")(logits)), keras.Model(inputs, logits)


def randomise(model, random):
    for layer in model.layers:
        for variable in layer.weights:
            values = random.uniform(-0.5, 0.5, variable.shape)
            if variable.name == "moving_variance":
                values = values + 1
            elif variable.name in ("gamma", "scale"):
                values = values + 1
            variable.assign(values.astype("float32"))


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    with h5py.File(FOLDER / "answers.h5", "w") as answers:
        for number, (name, build) in enumerate(CASES.items()):
            random = np.random.default_rng(100 + number)
            keras.utils.clear_session()
            keras.backend.set_floatx("float32")
            whole, _ = model(build)
            randomise(whole, random)
            whole.save(FOLDER / f"{name}.h5", include_optimizer=False)
            keras.utils.clear_session()
            keras.backend.set_floatx("float64")
            _, twin = model(build)
            twin.set_weights([w.astype("float64") for w in whole.get_weights()])
            x = random.standard_normal((BATCH, *twin.input_shape[1:])).astype("float32")
            y = np.eye(CLASSES)[random.integers(0, CLASSES, BATCH)]
            with tf.GradientTape() as tape:
                logits = twin(x.astype("float64"), training=True)
                loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(y, logits))
            variables = twin.trainable_variables
            found = {id(v): g for v, g in zip(variables, tape.gradient(loss, [v.value for v in variables]))}
            group = answers.create_group(name)
            group["x"], group["y"], group["loss"] = x, y, [float(loss)]
            for layer in twin.layers:
                for place, variable in enumerate(layer.trainable_variables):
                    gradient = tf.convert_to_tensor(found[id(variable)]).numpy()
                    assert np.isfinite(gradient).all() and np.abs(gradient).max() > 0, (name, variable.path)
                    group[f"gradients/{layer.name}/{place}"] = gradient
                if isinstance(layer, L.BatchNormalization):
                    group[f"statistics/{layer.name}/mean"] = layer.moving_mean.numpy()
                    group[f"statistics/{layer.name}/variance"] = layer.moving_variance.numpy()
            print(name, float(loss), len(found))


main()
