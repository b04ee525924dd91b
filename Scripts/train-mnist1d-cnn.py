#!/usr/bin/env python3
"""Trains the network of data/models/mnist1d-cnn.h5.

    lens dataset mnist1d --output mnist1d.h5
    python3 Scripts/train-mnist1d-cnn.py mnist1d.h5 data/models/mnist1d-cnn.h5

Needs from PyPI: keras (3), tf_keras, tensorflow-cpu, h5py, numpy. Some four minutes on two cores.

The architecture is that of the network the XAI-Methods-for-CNN course published for this data set: three
convolutions of 25 maps and one dense layer. Training shifts, scales, tilts and disturbs every sequence anew at each
visit, drops part of the dense layer's input, decays the learning rate along a cosine and averages the weights of the
last steps. The saved file holds the averaged weights in a network without the drop-out layer, in the format of Keras 2, which
Keras 3 reads too.

The settings below were chosen on the last 800 training sequences (`--validate`); the final run uses all of them. The
test sequences are looked at once, to print the accuracy.
"""

import argparse
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import h5py
import keras
import numpy as np
import tf_keras

from fixtures import keras_2_file

EPOCHS = 200
BATCH = 100
LEARNING_RATE = 4e-3
WEIGHT_DECAY = 2e-2
LABEL_SMOOTHING = 0.05
DROP_OUT = 0.2
AVERAGING = 0.998


class Disturbed(keras.utils.PyDataset):
    """Batches in a fresh order, each sequence disturbed the way the generator varies its own."""

    def __init__(self, sequences, labels, generator):
        super().__init__()
        self.sequences, self.labels, self.generator = sequences, labels, generator
        self.on_epoch_end()

    def __len__(self):
        return len(self.sequences) // BATCH

    def on_epoch_end(self):
        self.order = self.generator.permutation(len(self.sequences))

    def __getitem__(self, index):
        rows = self.order[index * BATCH : (index + 1) * BATCH]
        return disturb(self.sequences[rows], self.generator)[..., None], self.labels[rows]


def disturb(sequences, generator):
    """Cyclic shift, scale, tilt and noise, drawn per sequence."""
    count, length = sequences.shape
    shift = generator.integers(0, length, (count, 1))
    shifted = np.take_along_axis(sequences, (np.arange(length) + shift) % length, axis=1)
    scale = 1 + 0.2 * generator.uniform(-1, 1, (count, 1))
    tilt = 0.75 * generator.uniform(-1, 1, (count, 1)) * np.linspace(-1, 1, length)
    noise = 0.12 * generator.standard_normal((count, length))
    return (scale * shifted + tilt + noise).astype("float32")


def network(library, drop_out=0.0):
    """The reference architecture built with one of the two Keras libraries, with drop-out before the dense layer."""
    layers = library.layers
    first = layers.Input((40, 1), name="input")
    convolutions = [
        layers.Conv1D(25, width, activation="relu", padding="same", name=name)
        for name, width in [("conv1d", 5), ("conv1d_1", 3), ("conv1d_2", 3)]
    ]
    dropped = [layers.Dropout(drop_out, name="dropout")] if drop_out else []
    head = [layers.Flatten(name="flatten"), *dropped, layers.Dense(10, activation="softmax", name="dense")]
    return library.Sequential([first, *convolutions, *head], name="mnist1d_cnn")


def train(sequences, labels, seed):
    """Fits the network and returns a copy with averaged weights and no drop-out."""
    keras.utils.set_random_seed(seed)
    batches = Disturbed(sequences, np.eye(10, dtype="float32")[labels], np.random.default_rng(seed))
    steps = EPOCHS * len(batches)
    model = network(keras, DROP_OUT)
    model.compile(
        keras.optimizers.AdamW(
            keras.optimizers.schedules.CosineDecay(0.0, steps, warmup_target=LEARNING_RATE, warmup_steps=steps // 20),
            weight_decay=WEIGHT_DECAY,
            use_ema=True,
            ema_momentum=AVERAGING,
        ),
        keras.losses.CategoricalCrossentropy(label_smoothing=LABEL_SMOOTHING),
    )
    model.fit(batches, epochs=EPOCHS, verbose=0, shuffle=False)
    plain = network(keras)
    plain.set_weights(model.get_weights())
    return plain


def accuracy(model, sequences, labels):
    """Share of sequences whose most probable class is the label."""
    outputs = model.predict(sequences[..., None].astype("float32"), batch_size=500, verbose=0)
    return float((outputs.argmax(axis=1) == labels).mean())


def main():
    parser = argparse.ArgumentParser(description="Trains the network of data/models/mnist1d-cnn.h5.")
    parser.add_argument("dataset", help="what `lens dataset mnist1d` wrote")
    parser.add_argument("model", nargs="?", help="the .h5 file to write")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--validate", action="store_true", help="hold out the last 800 training sequences, write nothing"
    )
    options = parser.parse_args()
    with h5py.File(options.dataset) as file:
        data = {name: file[name][...] for name in ("x", "y", "x_test", "y_test")}
    if options.validate:
        model = train(data["x"][:-800], data["y"][:-800], options.seed)
        print(f"validation accuracy {accuracy(model, data['x'][-800:], data['y'][-800:]):.4f}")
        return
    model = train(data["x"], data["y"], options.seed)
    print(f"training accuracy {accuracy(model, data['x'], data['y']):.4f}")
    print(f"test accuracy {accuracy(model, data['x_test'], data['y_test']):.4f}")
    if options.model:
        keras_2_file.save(network(tf_keras), model.get_weights(), options.model)


if __name__ == "__main__":
    main()
