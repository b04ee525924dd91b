#!/usr/bin/env python3
"""Writes models that are graphs, in every format that Keras saves, with the answers of Keras.

    python3 Scripts/make-graph-fixtures.py Tests/KerasFormatTests/Resources/graphs 3
    python3 Scripts/make-graph-fixtures.py Tests/KerasFormatTests/Resources/graphs 2

A third argument names the only model to write. Needs from PyPI: tensorflow-cpu keras tf_keras h5py. The first run writes what Keras 3 saves, the second what Keras 2 (tf_keras) does,
and then some of that in older layouts. Models: see `fixtures/graph_models.py`.

`<name>-<era>.answers.h5` holds `input/<i>` and `output/<i>` in the order of the model, `cotangent`, drawn for the first output, and
`gradient/<i>`, what TensorFlow makes of it at every input; all float32. `index.json` lists the files.
"""

import json
import os
import sys
import zlib

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
ERA = int(sys.argv[2])
if ERA == 2:
    import tf_keras as keras
else:
    import keras
import h5py
import numpy as np
import tensorflow as tf

from fixtures import compact_hdf5, graph_models, older_graphs


def random(*names):
    return np.random.default_rng(zlib.crc32("/".join(map(str, names)).encode()))


def drawn(model, name):
    """The model with weights that depend on its name alone; variances are positive."""
    values = []
    for index, weight in enumerate(model.weights):
        value = random(name, index).standard_normal(weight.shape) * 0.5
        values.append(np.abs(value) + 0.5 if "variance" in weight.name else value)
    model.set_weights(values)
    return model


def answers(model, name):
    """Inputs, outputs and the gradients of the first output."""
    inputs = [random(name, "input", i).standard_normal((2, *x.shape[1:])).astype("float32") for i, x in enumerate(model.inputs)]
    tensors = [tf.constant(x) for x in inputs]
    with tf.GradientTape() as tape:
        tape.watch(tensors)
        outputs = model(tensors if len(tensors) > 1 else tensors[0], training=False)
        outputs = outputs if isinstance(outputs, (list, tuple)) else [outputs]
        cotangent = random(name, "cotangent").standard_normal(outputs[0].shape).astype("float32")
        score = tf.reduce_sum(outputs[0] * cotangent)
    gradients = tape.gradient(score, tensors)
    return {
        **{f"input/{i}": x for i, x in enumerate(inputs)},
        **{f"output/{i}": x.numpy() for i, x in enumerate(outputs)},
        **{f"gradient/{i}": x.numpy() for i, x in enumerate(gradients)},
        "cotangent": cotangent,
    }


def write_answers(path, values):
    with compact_hdf5.create(path) as file:
        for key, value in values.items():
            compact_hdf5.dataset(file, key, np.ascontiguousarray(value))


def saved(model, stem, formats):
    """Saves a model; gives a line of the index for every file."""
    lines = []
    for form in formats:
        path = f"{stem}.{form}"
        line = {"file": os.path.basename(path)}
        if "weights" in form:
            model.save_weights(path)
            line["architecture"] = os.path.basename(stem) + ".json"
            with open(f"{stem}.json", "w") as file:
                file.write(model.to_json())
        elif form == "h5" and ERA == 2:
            model.save(path, save_format="h5")
        else:
            model.save(path)
        lines.append(line)
    return lines


def main():
    directory = sys.argv[1]
    os.makedirs(directory, exist_ok=True)
    path = os.path.join(directory, "index.json")
    index = json.load(open(path)) if os.path.exists(path) else []
    only = sys.argv[3] if len(sys.argv) > 3 else ""
    index = [line for line in index if f"{only}-k{ERA}" not in line["file"]]
    for name, (make, formats) in graph_models.models(keras, tf, ERA).items():
        if only not in ("", name):
            continue
        keras.backend.clear_session()
        model = drawn(make(), name)
        stem = os.path.join(directory, f"{name}-k{ERA}")
        exact = make("float32") if name == "starts" else model
        exact.set_weights(model.get_weights())
        write_answers(f"{stem}.answers.h5", answers(exact, name))
        for line in saved(model, stem, formats):
            index.append({**line, "answers": f"{name}-k{ERA}.answers.h5"})
    index += [] if only else older_graphs.rewritten(directory, ERA)
    with open(path, "w") as file:
        json.dump(sorted(index, key=lambda line: line["file"]), file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main()
