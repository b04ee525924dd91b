#!/usr/bin/env python3
"""Trains the network of data/models/beats-cnn.h5 on synthetic heartbeats.

    lens dataset beats --output beats.h5
    python3 Scripts/train-beats-cnn.py beats.h5 data/models/beats-cnn.h5

Needs from PyPI: keras (3), tf_keras, tensorflow-cpu, h5py, numpy. About a minute on two cores.

Three convolutions (16, 24 and 24 maps, widths 9, 7 and 7), the first two with pooling behind them, global average pooling and one
dense softmax layer over the five classes: so that class activation maps exist. The test beats are looked at once, to print the accuracy.
"""

import argparse
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import h5py
import keras
import numpy as np
import tf_keras

from fixtures import keras_2_file

EPOCHS = 40
BATCH = 50
LEARNING_RATE = 3e-3


def network(library, length, classes):
    """The architecture built with one of the two Keras libraries."""
    layers = library.layers
    return library.Sequential(
        [
            layers.Input((length, 1), name="input"),
            layers.Conv1D(16, 9, activation="relu", padding="same", name="conv1d"),
            layers.MaxPooling1D(2, name="max_pooling1d"),
            layers.Conv1D(24, 7, activation="relu", padding="same", name="conv1d_1"),
            layers.MaxPooling1D(2, name="max_pooling1d_1"),
            layers.Conv1D(24, 7, activation="relu", padding="same", name="conv1d_2"),
            layers.GlobalAveragePooling1D(name="global_average_pooling1d"),
            layers.Dense(classes, activation="softmax", name="dense"),
        ],
        name="beats_cnn",
    )


def train(beats, labels, seed):
    """Fits the network."""
    keras.utils.set_random_seed(seed)
    model = network(keras, beats.shape[1], int(labels.max()) + 1)
    steps = EPOCHS * (len(beats) // BATCH)
    model.compile(
        keras.optimizers.AdamW(keras.optimizers.schedules.CosineDecay(LEARNING_RATE, steps), weight_decay=1e-3),
        "sparse_categorical_crossentropy",
    )
    model.fit(beats[..., None].astype("float32"), labels, epochs=EPOCHS, batch_size=BATCH, verbose=0)
    return model


def accuracy(model, beats, labels):
    """Share of beats whose most probable class is the label."""
    outputs = model.predict(beats[..., None].astype("float32"), batch_size=500, verbose=0)
    return float((outputs.argmax(axis=1) == labels).mean())


def main():
    parser = argparse.ArgumentParser(description="Trains the network of data/models/beats-cnn.h5.")
    parser.add_argument("dataset", help="what `lens dataset beats` wrote")
    parser.add_argument("model", nargs="?", help="the .h5 file to write")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    with h5py.File(options.dataset) as file:
        data = {name: file[name][...] for name in ("x", "y", "x_test", "y_test")}
    model = train(data["x"], data["y"], options.seed)
    print(f"training accuracy {accuracy(model, data['x'], data['y']):.4f}")
    print(f"test accuracy {accuracy(model, data['x_test'], data['y_test']):.4f}")
    if options.model:
        plain = network(tf_keras, data["x"].shape[1], int(data["y"].max()) + 1)
        keras_2_file.save(plain, keras_2_file.centered(model.get_weights()), options.model)


if __name__ == "__main__":
    main()
