#!/usr/bin/env python3
"""Measures how well `lens` agrees with Keras, layer by layer, and writes the table Documentation/conformance.md.

    make-conformance-table.py LENS [OUTPUT.md]

For every layer class and set of options (`fixtures/conformance_cases.py`) and every Keras at hand, a tiny model of that layer
and a softmax behind it, with seeded weights, is saved in every format that Keras has and given to `lens predict` and `lens
explain --method gradient --score probability`. Keras answers in 64 bits, or in 32 bits where a layer of it cannot.

Needs tensorflow-cpu, keras 3 and tf_keras (Keras 2).
"""

import csv
import glob
import json
import os
import subprocess
import sys
import tempfile
import zlib

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
FORMATS = {"2": ["h5"], "3": ["h5", "keras"]}
HEADING = """# Conformance with Keras

Made by `Scripts/make-conformance-table.py`. Every row is a class of layers; a set of options is a model with that layer, read from a
file that Keras saved. Errors are the largest over all sets and files, as a share of the largest right value: of the probabilities,
and of the gradient of the predicted class's probability with respect to the input. `a/b` is "a of b files agree" to 1e-4 of the
largest value in both; a dash says that this version of Keras has no such layer. What does not agree is listed below the table.
"""


def seeded(*names):
    import numpy as np

    return np.random.RandomState(zlib.crc32("/".join(map(str, names)).encode()))


def built(keras, shape, layer, precision):
    """The model in a precision."""
    keras.backend.set_floatx(precision)
    keras.backend.clear_session()
    x = keras.layers.Input(shape)
    y = layer(x)
    if len(y.shape) > 2:
        y = keras.layers.Flatten()(y)
    return keras.Model(x, keras.layers.Dense(3, activation="softmax")(y))


def weights(model, name):
    """Weights that depend on the name of the case alone; variances are positive."""
    import numpy as np

    values = []
    for index, weight in enumerate(model.weights):
        value = seeded(name, index).standard_normal(weight.shape) * 0.4
        values.append(np.abs(value) + 0.5 if "variance" in weight.name else value)
    return [value.astype("float32") for value in values]


def answer(model, x):
    """The output and the gradient of its largest element."""
    import numpy as np
    import tensorflow as tf

    point = tf.Variable(x)
    with tf.GradientTape() as tape:
        output = model(point, training=False)
        score = output[0, int(np.argmax(output.numpy()))]
    return output.numpy()[0], tape.gradient(score, point).numpy().reshape(-1)


def lens(command, *arguments):
    """Runs the command and gives its complaint, or nothing."""
    run = subprocess.run([command, *arguments, "--quiet"], capture_output=True, text=True)
    return run.stderr.strip().splitlines()[-1] if run.returncode else None


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
        found = np.array(last_columns(f"{folder}/p.csv", 3)[0])
        map_ = np.array(last_columns(glob.glob(f"{folder}/maps/*.gradient.csv")[0], -1))[:, 0]
    return {
        "prediction": float(np.abs(found - output).max() / np.abs(output).max()),
        "gradient": float(np.abs(map_ - gradient).max() / max(np.abs(gradient).max(), 1e-30)),
    }


def measured(era, command):
    """All cases of one version of Keras, a JSON object a line."""
    if era == "2":
        import tf_keras as keras
    else:
        import keras
    import numpy as np

    from fixtures.conformance_cases import cases

    print(json.dumps({"version": keras.__version__}))
    with tempfile.TemporaryDirectory() as folder:
        for layer_class, options, shape, layer in cases(keras):
            name = f"{layer_class} {options}"
            try:
                model = built(keras, shape, layer, "float32")
            except (AttributeError, TypeError, ValueError):
                continue  # this Keras has no such layer or option
            model.set_weights(weights(model, name))
            x = seeded(name, "input").standard_normal((1, *shape)).astype("float32")
            np.save(f"{folder}/x.npy", x)
            files = []
            for suffix in FORMATS[era]:
                files.append((suffix, f"{folder}/model.{suffix}"))
                model.save(files[-1][1])
            try:
                exact = built(keras, shape, layer, "float64")
                exact.set_weights(weights(exact, name))
                output, gradient = answer(exact, x.astype("float64"))
            except Exception:  # layers that compute in 32 bits whatever they are told
                keras.backend.set_floatx("float32")
                output, gradient = answer(model, x)
            for suffix, path in files:
                result = compared(command, path, f"{folder}/x.npy", output, gradient)
                print(json.dumps({"class": layer_class, "options": options, "format": suffix, **result}), flush=True)


def agrees(result):
    return "complaint" not in result and result["prediction"] <= 1e-4 and result["gradient"] <= 1e-4


def table(eras):
    """The document from the results of every era."""
    versions = {era: results[0]["version"] for era, results in eras.items()}
    classes = {}
    for era, results in eras.items():
        for result in results[1:]:
            classes.setdefault(result["class"], {}).setdefault(era, []).append(result)
    head = ["Layer", "Option sets", *(f"Keras {versions[era]}" for era in eras), "Prediction error", "Gradient error"]
    lines = [HEADING, "| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    exceptions = []
    for name in sorted(classes):
        found = [result for results in classes[name].values() for result in results]
        cells = [f"`{name}`", str(len({result["options"] for result in found}))]
        for era in eras:
            results = classes[name].get(era, [])
            cells.append(f"{sum(map(agrees, results))}/{len(results)}" if results else "-")
        for kind in ("prediction", "gradient"):
            errors = [result[kind] for result in found if kind in result]
            cells.append(f"{max(errors):.1e}" if errors else "-")
        lines.append("| " + " | ".join(cells) + " |")
        for era, results in classes[name].items():
            for result in results:
                if not agrees(result):
                    why = result.get("complaint") or f"errors {result['prediction']:.1e} and {result['gradient']:.1e}"
                    exceptions.append(f"- `{name}`, {result['options']}, Keras {versions[era]}, .{result['format']}: {why}")
    lines += ["", "## What does not agree", "", *(exceptions or ["Nothing."])]
    return "\n".join(lines) + "\n"


def main():
    if sys.argv[1] == "--era":
        return measured(sys.argv[2], sys.argv[3])
    command = os.path.abspath(sys.argv[1])
    output = sys.argv[2] if len(sys.argv) > 2 else os.path.join(os.path.dirname(__file__), "../Documentation/conformance.md")
    eras = {}
    for era in FORMATS:
        run = subprocess.run([sys.executable, __file__, "--era", era, command], stdout=subprocess.PIPE, text=True, check=True)
        eras[era] = [json.loads(line) for line in run.stdout.splitlines() if line.startswith("{")]
    os.makedirs(os.path.dirname(os.path.abspath(output)), exist_ok=True)
    with open(output, "w") as file:
        file.write(table(eras))


main()
