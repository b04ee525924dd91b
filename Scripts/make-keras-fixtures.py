#!/usr/bin/env python3
"""Writes the model files of KerasFormat's tests, with answers computed by Keras in float64.

    python3 Scripts/make-keras-fixtures.py Tests/KerasFormatTests/Resources

Run once with Keras 3 (PyPI: keras tensorflow-cpu h5py), then once with Keras 2 (PyPI: tensorflow-cpu==2.12.*, which
brings its own Keras), then run make-older-keras-fixtures.py. Each run writes the model files of its Keras:
`<name>-k3.h5`, `<name>-k2.h5`. Keras 3 writes `<name>.answers.h5`; Keras 2 computes its answers too, and writes
`<name>-k2.answers.h5` only where they differ. `index.json` says what there is.

Answers, one row per item: `input`; `output` as the file defines it; `logits`, without the final softmax or sigmoid;
`target`, the class with the largest output (0 for a single one); `gradient` of the target's logit and
`gradient-probability` of the target's output with respect to the input; `activation/<layer>`, what each layer gives that
changes a value.
"""

import argparse
import json
import os

from fixtures import keras_float64 as float64  # first: it quietens TensorFlow
import h5py
import keras
import numpy as np
import tensorflow as tf

from fixtures import compact_hdf5
from fixtures import keras_layer_models  # noqa: F401, registers its models
from fixtures.keras_models import MODELS
import fixtures.keras_sequence_models  # adds the models of sequences to MODELS

ITEMS = 2
AGREEMENT = 1e-6
"""Keras 2 and Keras 3 mean the same where their float64 answers are this close (one GELU holds a float32 constant)."""


def answers(probe, x):
    """Everything the tests compare, for the inputs `x`."""
    x = tf.constant(x, probe.model.inputs[0].dtype)
    output, logits = probe.output(x), probe.logits(x)
    target = tf.argmax(output, axis=1)
    result = {
        "input": x.numpy().astype("float32"),
        "output": output.numpy(),
        "logits": logits.numpy(),
        "target": target.numpy().astype("int32"),
        "gradient": float64.gradient(lambda at: float64.picked(probe.logits(at), target), x).numpy(),
        "gradient-probability": float64.gradient(lambda at: float64.picked(probe.output(at), target), x).numpy(),
    }
    before = x.numpy()
    for layer, values in zip(probe.layers, probe.activations(x)):
        values = values.numpy()
        if not np.array_equal(values.ravel(), before.ravel()):
            result[f"activation/{layer.name}"] = values.astype("float32")
        before = values
    return result


def away_from_bends(single, double, shape, name, shaped):
    """Inputs at which float32 and float64 agree on the side of every ReLU and on every maximum."""
    for attempt in range(100):
        x = shaped(float64.generator(name, "input", attempt).standard_normal((ITEMS, *shape)).astype("float32"))
        rough, exact = answers(single, x), answers(double, x)
        if all(
            np.abs(rough[key] - exact[key]).max() <= 1e-5 * np.abs(exact[key]).max()
            for key in ("logits", "gradient", "gradient-probability")
        ):
            return exact
    raise SystemExit(f"{name}: no inputs away from the bends of its activations")


def described(spec):
    """The model as it is to be saved."""
    model = float64.built(spec["make"], spec.get("precision", "float32"), spec["name"])
    if spec.get("compiled"):
        model.compile(keras.optimizers.SGD(0.0), "categorical_crossentropy", metrics=["accuracy"])
        model.train_on_batch(np.zeros((1, *model.input_shape[1:])), np.zeros((1, *model.output_shape[1:])))
    return model


def disagreement(one, other):
    """Largest difference of two answers, relative to the largest value, over all they hold."""
    return max(
        np.abs(one[key] - other[key]).max() / max(np.abs(one[key]).max(), 1e-30) for key in ("output", "gradient")
    )


def read(path):
    with h5py.File(path) as file:
        return {key: file[key][...] for key in ("input", "output", "gradient")}


def make(spec, directory):
    """Writes one model and, where they are new, its answers; gives the model file's line for the index."""
    name = spec["name"]
    model = described(spec)
    entry = dict(file=f"{name}-k{float64.ERA}.h5", keras=keras.__version__)
    saved = float64.ERA in spec["eras"]
    path = os.path.join(directory, entry["file"])
    if saved:
        model.save(path, **({"save_format": "h5"} if float64.ERA == 2 else {}))
        if spec.get("compact"):
            compact_hdf5.rewritten(path)
    if not spec.get("refused"):
        entry.update(answers=answered(spec, model, directory), head=float64.kind_of_head(model))
        if saved and not spec.get("unreadable"):
            check(path, os.path.join(directory, entry["answers"]), spec)
    return entry if saved else None


def answered(spec, model, directory):
    """The name of the file with the model's answers, written unless there is one that holds for this Keras too."""
    name = spec["name"]
    first = bool(spec.get("channels_first"))
    compiled = first or bool(spec.get("compiled_answers"))
    double = float64.Probe(float64.twin(spec["make"], model, name), compiled)
    shared = f"{name}.answers.h5"
    if float64.ERA == 2 and os.path.exists(os.path.join(directory, shared)):
        before = read(os.path.join(directory, shared))
        after = answers(double, before["input"])
        if disagreement(before, after) <= AGREEMENT:
            return shared
        own = f"{name}-k2.answers.h5"
        float64.write(os.path.join(directory, own), after)
        return own
    single = float64.built(spec["make"], "float32", name)
    single.set_weights([weight.astype("float32") for weight in model.get_weights()])
    shape = tuple(model.inputs[0].shape[1:])
    shaped = spec.get("shaped", lambda x: x)
    found = away_from_bends(float64.Probe(single, compiled), double, shape, name, shaped)
    if spec.get("explained_at"):
        found["gradient-inside"] = gradient_inside(double, spec["explained_at"], found)
    float64.write(os.path.join(directory, shared), channels_behind(found, spec.get("unmoved", ())) if first else found)
    return shared


def channels_behind(answers, unmoved):
    """The answers with the channels last, as our models take and give them wherever there are spatial axes.

    The output stays as the file defines it, and so does what the layers `unmoved` give, which read and write the order
    of the file.
    """
    stay = {"output", *(f"activation/{layer}" for layer in unmoved)}
    return {
        name: np.moveaxis(values, 1, -1) if values.ndim > 2 and name not in stay else values
        for name, values in answers.items()
    }


def gradient_inside(probe, layer_name, found):
    """The gradient of the target's logit with respect to the output of a layer: of a zero that is added to it."""
    layer = probe.model.get_layer(layer_name)
    x, target = tf.constant(found["input"], "float64"), tf.constant(found["target"])
    call = layer.call
    with tf.GradientTape() as tape:
        zero = tf.zeros(call(x).shape, "float64")
        tape.watch(zero)
        layer.call = lambda inputs, **options: call(inputs, **options) + zero
        score = tf.reduce_sum(float64.picked(probe.logits(x), target))
    layer.call = call
    return tape.gradient(score, zero).numpy()


def check(path, answers_path, spec):
    """Reads the file back with Keras and compares its float32 output with the answers."""
    keras.backend.clear_session()
    model = keras.models.load_model(path, compile=False)
    with h5py.File(answers_path) as file:
        x, expected = file["input"][...], file["output"][...]
    if spec.get("channels_first") or spec.get("compiled_answers"):
        x = np.moveaxis(x, -1, 1) if spec.get("channels_first") else x
        found = tf.function(lambda at: model(at, training=False), jit_compile=True)(tf.constant(x)).numpy()
    else:
        found = model(tf.constant(x), training=False).numpy()
    rough = "float16" in spec.get("precision", "")
    assert np.abs(found - expected).max() < (0.05 if rough else 1e-5), f"{path}: Keras reads it back differently"


def main():
    parser = argparse.ArgumentParser(description="Writes the model files of KerasFormat's tests.")
    parser.add_argument("directory")
    parser.add_argument("--only", help="one model by name")
    options = parser.parse_args()
    index_path = os.path.join(options.directory, "index.json")
    index = {}
    if os.path.exists(index_path):
        with open(index_path) as file:
            index = {entry["name"]: entry for entry in json.load(file)["models"]}
    for name, spec in MODELS.items():
        if options.only not in (None, name) or float64.ERA < spec["since"]:
            continue
        entry = index.setdefault(name, dict(name=name, files=[]))
        entry.update(covers=spec["covers"], now=spec["now"])
        files = {line["file"]: line for line in entry["files"]}
        line = make(spec, options.directory)
        if line:
            files[line["file"]] = line
        entry["files"] = [files[key] for key in sorted(files)]
        print(name, line or "", flush=True)
    ordered = [index[name] for name in MODELS if name in index]
    with open(index_path, "w") as file:
        json.dump({"models": ordered}, file, indent=2)
        file.write("\n")


if __name__ == "__main__":
    main()
