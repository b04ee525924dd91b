#!/usr/bin/env python3
"""Writes the models whose relevance `make-relevance-answers.py` computes: residual and normalised networks as Keras files.

    python3 Scripts/make-relevance-models.py Tests/ExplainersTests/Resources

Needs from PyPI: keras (3) tensorflow-cpu h5py.
"""

import os
import sys

from fixtures import keras_float64 as float64  # first: it quietens TensorFlow
from fixtures import compact_hdf5
import keras
from keras import layers as L


def signal_residual():
    """Normalisations behind convolutions, an addition, poolings by mean and maximum."""
    start = keras.Input((24, 2))
    x = L.Conv1D(6, 3, padding="same", use_bias=False)(start)
    x = L.BatchNormalization()(x)
    shortcut = x = L.Activation("relu")(x)
    x = L.SeparableConv1D(6, 3, padding="same")(x)
    x = L.BatchNormalization()(x)
    x = L.Add()([x, shortcut])
    x = L.Activation("relu")(x)
    x = L.AveragePooling1D(2)(x)
    x = L.Conv1D(5, 3, strides=2, activation="relu")(x)
    x = L.GlobalAveragePooling1D()(x)
    return keras.Model(start, L.Dense(4, activation="softmax")(x))


def image_residual():
    """A shortcut with a convolution of its own, a dilated, a depthwise and a transposed convolution."""
    start = keras.Input((10, 9, 3))
    x = L.Conv2D(4, 3, padding="same")(start)
    x = L.BatchNormalization()(x)
    x = L.Activation("relu")(x)
    shortcut = L.Conv2D(5, 1)(x)
    x = L.Conv2D(5, 3, padding="same", dilation_rate=2)(x)
    x = L.BatchNormalization()(x)
    x = L.Add()([x, shortcut])
    x = L.Activation("relu")(x)
    x = L.MaxPooling2D(2)(x)
    x = L.DepthwiseConv2D(2, activation="relu")(x)
    x = L.Conv2DTranspose(4, 2, strides=2, activation="relu")(x)
    x = L.AveragePooling2D(2)(x)
    x = L.Flatten()(x)
    x = L.Dense(6, activation="relu")(x)
    return keras.Model(start, L.Dense(3, activation="softmax")(x))


def signal_normalized():
    """Normalisations before what they can be merged into, and one between a rectifier and a padded convolution."""
    return (20, 2), [
        L.BatchNormalization(),
        L.Conv1D(5, 4, activation="relu"),
        L.BatchNormalization(),
        L.Conv1D(5, 3, padding="same", activation="relu"),
        L.MaxPooling1D(2),
        L.BatchNormalization(),
        L.Flatten(),
        L.Dense(3, activation="softmax"),
    ]


MODELS = {
    "signal-residual": signal_residual,
    "image-residual": image_residual,
    "signal-normalized": signal_normalized,
}


def main():
    for name, make in MODELS.items():
        path = os.path.join(sys.argv[1], f"{name}.h5")
        float64.built(make, "float32", name).save(path)
        compact_hdf5.rewritten(path)
        print(path)


if __name__ == "__main__":
    main()
