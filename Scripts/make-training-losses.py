#!/usr/bin/env python3
"""Writes what Keras gives in fifty steps of training, for the tests of `Training`.

    python3 Scripts/make-training-losses.py

Needs from PyPI: keras (3), tensorflow, h5py, numpy.

Tests/TrainingTests/Resources gets one file of initial weights per network and `losses.h5`: data, the loss of every step of every case and
the weights behind the last step, learning rates of schedules, and when plateaus and early stopping act. Keras computes in 64 bits from
weights of 32. The order of the items is that of `BatchOrder`, written down here once more.
"""

import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import h5py
import keras
import numpy as np
import tensorflow as tf

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Tests", "TrainingTests", "Resources")
ITEMS, BATCH, STEPS, SEED = 50, 16, 50, 7  # the last batch of an epoch has two items
STEPS_PER_EPOCH = -(-ITEMS // BATCH)


def signal(l2, outputs=3, end="softmax"):
    """A network over signals with a batch normalisation."""
    layers, penalty = keras.layers, regularizer(l2)
    return [
        layers.Input((20, 2), name="input"),
        layers.Conv1D(6, 5, padding="same", use_bias=False, kernel_regularizer=penalty(), name="conv1d"),
        layers.BatchNormalization(momentum=0.9, name="batch_normalization"),
        layers.Activation("relu", name="activation"),
        layers.Conv1D(4, 3, strides=2, activation="relu", kernel_regularizer=penalty(), name="conv1d_1"),
        layers.Flatten(name="flatten"),
        layers.Dense(outputs, activation=end, kernel_regularizer=penalty(), name="dense"),
    ]


def image(l2):
    """A network over images."""
    layers, penalty = keras.layers, regularizer(l2)
    return [
        layers.Input((8, 8, 1), name="input"),
        layers.Conv2D(4, 3, padding="same", activation="relu", kernel_regularizer=penalty(), name="conv2d"),
        layers.MaxPooling2D(2, name="max_pooling2d"),
        layers.Conv2D(6, 3, activation="tanh", kernel_regularizer=penalty(), name="conv2d_1"),
        layers.GlobalAveragePooling2D(name="global_average_pooling2d"),
        layers.Dense(3, activation="softmax", kernel_regularizer=penalty(), name="dense"),
    ]


def regularizer(l2):
    return lambda: keras.regularizers.L2(l2) if l2 else None


NETWORKS = {
    "signal": signal,
    "image": image,
    "binary": lambda l2: signal(l2, outputs=1, end="sigmoid"),
}


def cases():
    """Name, network, optimizer and options of every case."""
    optimizers = keras.optimizers
    for network in ("signal", "image"):
        yield f"{network}/sgd", lambda: optimizers.SGD(0.05), {}
        yield f"{network}/momentum", lambda: optimizers.SGD(0.02, momentum=0.9), {}
        yield f"{network}/nesterov", lambda: optimizers.SGD(0.02, momentum=0.9, nesterov=True), {}
        yield f"{network}/adam", lambda: optimizers.Adam(3e-3), {}
        yield f"{network}/adamw", lambda: optimizers.AdamW(3e-3, weight_decay=0.1), {}
    yield "signal/adam-other-betas", lambda: optimizers.Adam(3e-3, beta_1=0.8, beta_2=0.95, epsilon=1e-3), {}
    yield "signal/adamw-kernels", lambda: optimizers.AdamW(3e-3, weight_decay=0.5), {"excluded": ["bias", "gamma", "beta"]}
    yield "signal/clipped", lambda: optimizers.SGD(0.05, global_clipnorm=0.2), {}
    yield "signal/l2", lambda: optimizers.SGD(0.05), {"l2": 0.01}
    yield "signal/label-smoothing", lambda: optimizers.SGD(0.05), {"smoothing": 0.1}
    yield "signal/class-weights", lambda: optimizers.SGD(0.05), {"class_weights": [0.5, 1.0, 3.0]}
    yield "signal/mean-squared-error", lambda: optimizers.SGD(0.5), {"loss": keras.losses.MeanSquaredError}
    yield "signal/ema", lambda: optimizers.SGD(0.05, use_ema=True, ema_momentum=0.9), {}
    yield "signal/exponential", lambda: optimizers.SGD(
        optimizers.schedules.ExponentialDecay(0.1, 2 * STEPS_PER_EPOCH, 0.5)), {}
    yield "signal/recipe", lambda: optimizers.AdamW(
        optimizers.schedules.CosineDecay(0.0, 40, warmup_target=4e-3, warmup_steps=8),
        weight_decay=2e-2, use_ema=True, ema_momentum=0.9), {"smoothing": 0.05, "l2": 1e-3}
    yield "binary/sgd", lambda: optimizers.SGD(0.05), {"loss": keras.losses.BinaryCrossentropy}
    yield "binary/label-smoothing", lambda: optimizers.SGD(0.05), {
        "loss": keras.losses.BinaryCrossentropy, "smoothing": 0.2}


def mixed(bits):
    """The last step of MurmurHash3."""
    bits ^= bits >> 16
    bits = bits * 0x85EBCA6B & 0xFFFFFFFF
    bits ^= bits >> 13
    bits = bits * 0xC2B2AE35 & 0xFFFFFFFF
    return bits ^ bits >> 16


def batches():
    """The items of every step."""
    for epoch in range(-(-STEPS // STEPS_PER_EPOCH)):
        seed = mixed((mixed(SEED) + 0x9E3779B9 * epoch) & 0xFFFFFFFF)
        order = np.random.RandomState(seed).permutation(ITEMS)
        yield from (order[start : start + BATCH] for start in range(0, ITEMS, BATCH))


def network(name, l2=0.0, dtype="float32"):
    keras.config.set_floatx(dtype)
    return keras.Sequential(NETWORKS[name](l2), name=name)


def train(name, weights, x, labels, make, options):
    """The losses of fifty steps and the weights behind them."""
    dtype = "float32" if "l2" in options else "float64"  # Keras's penalty has 32 bits in any case
    model = network(name.split("/")[0], options.get("l2", 0.0), dtype)
    model.set_weights(weights)
    classes = model.output_shape[-1]
    kind = options.get("loss", keras.losses.CategoricalCrossentropy)
    smoothing = {"label_smoothing": options["smoothing"]} if "smoothing" in options else {}
    optimizer = make()
    if "excluded" in options:
        optimizer.exclude_from_weight_decay(var_names=options["excluded"])
    model.compile(optimizer, kind(**smoothing))
    targets = (labels % 2)[:, None] if classes == 1 else np.eye(classes)[labels]
    losses = []
    for _, items in zip(range(STEPS), batches()):
        item_weights = None
        if "class_weights" in options:
            item_weights = tf.constant(np.array(options["class_weights"])[labels[items]])
        inputs, wanted = tf.constant(x[items].astype(dtype)), tf.constant(targets[items].astype(dtype))
        with tf.GradientTape() as tape:
            outputs = model(inputs, training=True)
            loss = model.compute_loss(inputs, wanted, outputs, sample_weight=item_weights)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        losses.append(float(loss))
    optimizer.finalize_variable_values(model.trainable_variables)
    return losses, np.concatenate([value.ravel() for value in model.get_weights()])


def check_class_weights(weights, x, labels):
    """What `fit` calls class weights is what the cases use as weights of items."""
    model = network("signal", 0.0, "float64")
    model.set_weights(weights)
    model.compile(keras.optimizers.SGD(0.05), keras.losses.CategoricalCrossentropy())
    items = next(batches())
    given = {index: value for index, value in enumerate([0.5, 1.0, 3.0])}
    return float(model.train_on_batch(x[items], np.eye(3)[labels[items]], class_weight=given))


def schedules(file):
    """Learning rates of single steps."""
    keras.config.set_floatx("float64")
    kinds = keras.optimizers.schedules
    steps = np.arange(60)
    for name, schedule in {
        "exponential": kinds.ExponentialDecay(0.1, 8, 0.5),
        "steps": kinds.ExponentialDecay(0.1, 8, 0.5, staircase=True),
        "cosine": kinds.CosineDecay(0.1, 40),
        "cosine-final": kinds.CosineDecay(0.1, 40, alpha=0.25),
        "cosine-warm-up": kinds.CosineDecay(0.0, 40, alpha=0.1, warmup_target=0.1, warmup_steps=12),
    }.items():
        file[f"schedules/{name}"] = np.array([float(schedule(int(step))) for step in steps])


def callbacks(file):
    """What plateaus and early stopping make of losses."""
    losses = np.random.RandomState(3).uniform(0.9, 1.1, 60) * np.concatenate([np.linspace(1, 0.5, 20), np.full(40, 0.5)])
    file["callbacks/losses"] = losses
    for name, options in {
        "plateau": {"factor": 0.5, "patience": 2, "cooldown": 0, "min_delta": 1e-4, "min_lr": 0.0},
        "plateau-cooldown": {"factor": 0.3, "patience": 3, "cooldown": 4, "min_delta": 0.02, "min_lr": 0.005},
    }.items():
        model = network("signal", dtype="float64")
        model.compile(keras.optimizers.SGD(0.1), "categorical_crossentropy")
        callback, rates = keras.callbacks.ReduceLROnPlateau(monitor="val_loss", **options), []
        callback.set_model(model)
        callback.on_train_begin()
        for epoch, loss in enumerate(losses):
            callback.on_epoch_end(epoch, {"val_loss": loss})
            rates.append(float(model.optimizer.learning_rate))
        file[f"callbacks/{name}"] = np.array(rates)
    stops = []
    for patience, delta in [(1, 0.0), (3, 0.0), (5, 0.0), (5, 0.05), (12, 0.0)]:
        model = network("signal", dtype="float64")
        model.compile(keras.optimizers.SGD(0.1), "categorical_crossentropy")
        callback = keras.callbacks.EarlyStopping(monitor="val_loss", patience=patience, min_delta=delta)
        callback.set_model(model)
        callback.on_train_begin()
        model.stop_training = False
        epochs = 0
        for epoch, loss in enumerate(losses):
            callback.on_epoch_end(epoch, {"val_loss": loss})
            epochs += 1
            if model.stop_training:
                break
        stops.append([patience, delta, epochs])
    file["callbacks/early-stopping"] = np.array(stops)


def main():
    keras.utils.set_random_seed(0)
    draw = np.random.RandomState(1)
    labels = draw.randint(0, 3, ITEMS)
    # The class shows in the mean, so that there is something to learn.
    data = {
        "signal": draw.normal(0, 1, (ITEMS, 20, 2)) + 0.3 * labels[:, None, None],
        "image": draw.normal(0, 1, (ITEMS, 8, 8, 1)) + 0.3 * labels[:, None, None, None],
    }
    data = {name: values.astype("float32") for name, values in data.items()}
    data["binary"] = data["signal"]
    weights = {}
    for name in NETWORKS:
        model = network(name)
        weights[name] = model.get_weights()
        model.save(os.path.join(FOLDER, f"{name}.h5"))
    with h5py.File(os.path.join(FOLDER, "losses.h5"), "w", track_order=True) as file:
        file["labels"] = labels
        file["data/signal"], file["data/image"] = data["signal"], data["image"]
        for name, make, options in cases():
            own = name.split("/")[0]
            losses, last = train(name, weights[own], data[own], labels, make, options)
            file[f"cases/{name}/losses"] = np.array(losses)
            file[f"cases/{name}/weights"] = last
            print(f"{name}: {losses[0]:.6f} -> {losses[-1]:.6f}", file=sys.stderr)
        same = check_class_weights(weights["signal"], data["signal"], labels)
        assert abs(same - file["cases/signal/class-weights/losses"][0]) < 1e-9 * same, "class weights are something else"
        schedules(file)
        callbacks(file)


if __name__ == "__main__":
    main()
