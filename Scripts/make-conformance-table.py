#!/usr/bin/env python3
"""Measures how well `lens` agrees with Keras, layer by layer, and writes the table Documentation/conformance.md.

    make-conformance-table.py LENS [--output FILE.md] [--only LAYER,LAYER...]

For every class of layers and set of options (`fixtures/conformance_cases.py`) and every Keras at hand, a tiny model of that layer
and a softmax behind it, with seeded weights, is saved as .h5 or .keras, in turn, and given to `lens predict` and `lens
explain --method gradient --score probability`. Keras answers in 64 bits, or in 32 bits where a layer of it cannot. With
`--only` the results of some layers are printed and nothing is written.

Needs tensorflow, keras 3 and tf_keras (Keras 2).
"""

import argparse
import csv
import glob
import json
import os
import subprocess
import sys
import tempfile
import zlib

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
FORMATS = ["h5", "keras"]
CLASSES = 3
# Processes for each Keras.
SHARES = 3
# What probabilities may differ by, absolutely and as a share, and gradients as a share of the largest.
PREDICTION, SHARE, GRADIENT = 1e-5, 1e-4, 1e-3


def seeded(*names):
    import numpy as np

    return np.random.RandomState(zlib.crc32("/".join(map(str, names)).encode()))


def built(keras, case, precision, order="channels_first"):
    """The model in a precision; with channels first in an order, as TensorFlow computes most layers channels last alone."""
    keras.backend.set_floatx(precision)
    keras.backend.clear_session()
    layers = keras.layers
    is_first = case.is_channels_first and order == "channels_first"
    shape = (case.shape[-1], *case.shape[:-1]) if is_first else case.shape
    x = layers.Input(shape, dtype="int32" if case.values == "indices" else precision)
    y = case.build(x, data_format=order) if case.is_channels_first else case.build(x)
    if len(y.shape) > 2:
        if is_first:
            y = layers.Permute((*range(2, len(y.shape)), 1))(y)
        y = layers.Flatten(data_format="channels_last")(y)
    return keras.Model(x, layers.Dense(CLASSES, activation="softmax")(y))


def weights(model, name):
    """Weights that depend on the name of the case alone; variances are positive, what `adapt` found stays."""
    import numpy as np

    values = []
    for index, weight in enumerate(model.weights):
        own = weight.name.split("/")[-1].split(":")[0]
        shape = tuple(weight.shape)
        # Small sums keep the softmax away from its ends, where gradients are nothing but rounding.
        value = seeded(name, index).standard_normal(shape) * (np.prod(shape[:-1]) ** -0.5 if len(shape) > 1 else 0.4)
        if own in ("mean", "variance", "count"):
            value = weight.numpy()
        values.append(np.abs(value) + 0.5 if own == "moving_variance" else value)
    return [np.asarray(value, "float32") for value in values]


def values(case):
    """The input."""
    import numpy as np

    random = seeded(case.layer, case.options, "input")
    if case.values == "indices":
        x = random.randint(1, 7, (1, *case.shape)).astype("int32")
        x[:, -3:] = 0
        return x
    x = random.standard_normal((1, *case.shape)).astype("float32")
    if case.values == "masked":
        x[:, -3:] = 0
    return x


def answer(keras, model, case, x):
    """The output and the gradient of its largest element, by the input or, of indices, by what the embedding gives."""
    import numpy as np
    import tensorflow as tf

    is_embedded = case.values == "indices"
    with tf.GradientTape() as tape:
        if is_embedded:
            embedding = next(layer for layer in model.layers if isinstance(layer, keras.layers.Embedding))
            point, output = keras.Model(model.input, [embedding.output, model.output])(x, training=False)
        else:
            point = tf.constant(x)
            tape.watch(point)
            output = model(point, training=False)
        score = output[0, int(np.argmax(output.numpy()))]
    gradient = tf.convert_to_tensor(tape.gradient(score, point)).numpy()
    # A map has one value for every index: the sum over what the embedding gives for it.
    return output.numpy()[0], (gradient.sum(-1) if is_embedded else gradient).reshape(-1)


def lens(command, *arguments):
    """Runs the command and gives its complaint, or nothing."""
    run = subprocess.run([command, *arguments, "--quiet"], capture_output=True, text=True)
    return (run.stderr.strip().splitlines() or ["it says nothing"])[-1] if run.returncode else None


def last_columns(path, first):
    with open(path, newline="") as file:
        rows = list(csv.reader(file))[1:]
    return [[float(value) for value in row[first:]] for row in rows]


def compared(command, model, data, output, gradient):
    """The errors of one file, or why there are none."""
    import numpy as np

    with tempfile.TemporaryDirectory() as folder:
        complaint = lens(command, "predict", model, data, "--output", f"{folder}/p.csv") or lens(
            command, "explain", model, data, "--method", "gradient", "--score", "probability", "--channels", "keep",
            "--figures", "none", "--output", f"{folder}/maps")
        if complaint:
            return {"complaint": complaint.replace(model, "FILE")}
        found = np.array(last_columns(f"{folder}/p.csv", -CLASSES)[0])
        map_ = np.array(last_columns(glob.glob(f"{folder}/maps/*.gradient.csv")[0], -1))[:, 0]
    if map_.shape != gradient.shape:
        return {"complaint": f"a map of {map_.size} values where Keras has {gradient.size}"}
    largest = np.abs(gradient).max() or 1
    errors = np.abs(found - output)
    return {
        "prediction": float(errors.max()), "gradient": float(np.abs(map_ - gradient).max() / largest),
        "agrees": bool((errors <= PREDICTION + SHARE * output).all() and np.abs(map_ - gradient).max() <= GRADIENT * largest),
    }


def measured(era, command, only, share):
    """A share of the cases of one version of Keras, a JSON object a line."""
    if era == "2":
        import tf_keras as keras
    else:
        import keras
    import numpy as np
    import tensorflow as tf

    from fixtures.conformance_cases import cases

    print(json.dumps({"version": keras.__version__, "tensorflow": tf.__version__}))
    with tempfile.TemporaryDirectory() as folder:
        for number, case in enumerate(cases(keras)):
            if only and case.layer not in only or number % SHARES != share:
                continue
            name = f"{case.layer} {case.options}"
            about = {"number": number, "kind": case.kind, "layer": case.layer, "options": case.options}
            try:
                model = built(keras, case, "float32")
                model.set_weights(weights(model, name))
            except Exception as error:  # this Keras has no such layer or option
                print(f"Keras {era} has no {name}: {type(error).__name__} {str(error)[:80]!r}", file=sys.stderr)
                continue
            x = values(case)
            np.save(f"{folder}/x.npy", np.moveaxis(x, -1, 1) if case.is_channels_first else x)
            suffix = FORMATS[number // SHARES % len(FORMATS)]
            try:
                model.save(f"{folder}/model.{suffix}")
            except Exception as error:  # a model that Keras builds and cannot save
                print(f"Keras {era} has no file for {name}: {type(error).__name__} {str(error)[:200]!r}", file=sys.stderr)
                continue
            try:
                exact = built(keras, case, "float64", "channels_last")
                exact.set_weights(weights(model, name))
                output, gradient = answer(keras, exact, case, x if case.values == "indices" else x.astype("float64"))
            except Exception as error:  # a layer that computes in 32 bits whatever they are told
                print(f"Keras {era} in 32 bits for {name}: {type(error).__name__} {str(error)[:80]!r}", file=sys.stderr)
                try:
                    plain = built(keras, case, "float32", "channels_last")
                    plain.set_weights(weights(model, name))
                    output, gradient = answer(keras, plain, case, x)
                except Exception as error:  # a model that Keras builds and cannot run
                    print(f"Keras {era} has no answer for {name}: {type(error).__name__} {str(error)[:200]!r}", file=sys.stderr)
                    continue
            result = compared(command, f"{folder}/model.{suffix}", f"{folder}/x.npy", output, gradient)
            print(json.dumps({**about, "format": suffix, **result}), flush=True)


def started(era, share, command, only):
    """A process that measures with one Keras; only one fits into a process."""
    arguments = ["--era", era, "--share", str(share)] + (["--only", ",".join(only)] if only else [])
    return subprocess.Popen([sys.executable, __file__, command, *arguments], stdout=subprocess.PIPE, text=True)


def results(processes):
    """What processes have printed: about Keras, and the results in the order of the cases."""
    lines = []
    for process in processes:
        lines += [json.loads(line) for line in process.communicate()[0].splitlines() if line.startswith("{")]
        if process.returncode:
            sys.exit(f"a process with one Keras ended with {process.returncode}")
    return lines[0], sorted((line for line in lines if "number" in line), key=lambda line: line["number"])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lens")
    parser.add_argument("--output", default=os.path.join(os.path.dirname(__file__), "../Documentation/conformance.md"))
    parser.add_argument("--only", type=lambda text: text.split(","), default=[])
    parser.add_argument("--era", help=argparse.SUPPRESS)
    parser.add_argument("--share", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    command = os.path.abspath(arguments.lens)
    if arguments.era:
        return measured(arguments.era, command, arguments.only, arguments.share)
    processes = {
        era: [started(era, share, command, arguments.only) for share in range(SHARES)] for era in ("2", "3")}
    eras = {era: results(found) for era, found in processes.items()}
    if arguments.only:
        for era, (_, found) in eras.items():
            for result in found:
                print(era, json.dumps(result))
        return
    from fixtures.conformance_table import table

    os.makedirs(os.path.dirname(os.path.abspath(arguments.output)), exist_ok=True)
    version = subprocess.run([command, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    with open(arguments.output, "w") as file:
        file.write(table(eras, version))


if __name__ == "__main__":
    main()
