#!/usr/bin/env python3
"""Writes models with `lens convert` and compares what Keras 3, Keras 2 and the original file answer.

    Scripts/check-written-models.py LENS [MODEL ...]

LENS is the built command; without models all those among the tests' resources that `lens` reads and the Keras that is installed can
open. Needs tensorflow, keras 3 and tf_keras (Keras 2) from PyPI. Prints the largest difference of predictions for every model as a share
of the largest prediction (where no Keras opens the original, of one version from the other), and ends with 1 when one exceeds 1e-5 (2e-3 for originals in half precision) or a file is refused. The configurations of SNAPSHOTS, once both accepted
them, are stored in Tests/KerasFormatTests/Resources/written, where a test compares them with what is written.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

TESTS = pathlib.Path(__file__).parent.parent / "Tests"
SNAPSHOTS = [
    "signal-convolution-k3",
    "signal-batch-normalization-k2",
    "image-pooling-k3",
    "image-dropout-k3",
    "volume-zero-padding-k3",
    "merges-k3",
    "signal-transposed-k3",
    "image-transposed-k3",
    "group-normalization-k3",
    "unit-normalization-k3",
    "signal-shapes-k3",
    "image-shapes-k3",
    "image-upsampling-k3",
    "sequence-simple-k2",
    "sequence-lstm-k3",
    "sequence-gru-k3",
    "sequence-bidirectional-k3",
    "sequence-steps-k3",
    "sequence-cells-k3",
    "sequence-convolutional-k3",
    "attention-dot-k3",
    "attention-dense-k3",
    "attention-heads-k3",
    "attention-causal-k2",
    "embedding-masked-k3",
    "mask-recurrent-k3",
    "mask-bidirectional-k2",
    "mask-zero-output-k3",
    "softmax-axes-k3",
    "feature-normalization-k3",
    "activations-hard-sigmoid-k3",
    "shared-k3",
]
# Originals that Keras reads otherwise than they were saved: it loses lists of several axes, and does not turn the kernels of Theano.
MISREAD = {"softmax-axes-k3", "unit-normalization-k3", "theano-keras-2"}
# TensorFlow has no dilated transposed convolutions on processors, neither for the original nor for what is written.
UNRUNNABLE = {"image-transposed-k3", "signal-transposed-k3"}
TOLERANCE = 1e-5
# Where the original computes in half precision.
HALF_TOLERANCE = 2e-3


def answers(kind, jobs):
    """Predictions of one Keras, in a process of its own because only one fits into a process; an error where a file is refused."""
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "jobs.json").write_text(json.dumps(jobs))
        subprocess.run([sys.executable, __file__, "--answer", kind, folder], check=True)
        return json.loads(pathlib.Path(folder, "answers.json").read_text())


def parts(layers):
    """Layers with those inside of them."""
    for layer in layers:
        yield layer
        yield from parts(getattr(layer, "layers", []))


def fitting(random, shape, model):
    """An input: indices where the model embeds them, and at the end steps that are masked."""
    inner = list(parts(model.layers))
    known = [layer.input_dim for layer in inner if type(layer).__name__ == "Embedding"]
    if known and len(shape) == 1:
        values = random.integers(1, min(known), (3, *shape)).astype("float32")
        values[0, -2:] = 0
        return values
    values = random.standard_normal((3, *shape)).astype("float32")
    for layer in inner:
        if type(layer).__name__ == "Masking" and len(shape) == 2:
            values[0, -2:] = layer.mask_value
    return values


def answer(kind, folder):
    """The part that runs in the process with one Keras."""
    import numpy as np

    if kind == "keras2":
        import tf_keras as keras
    else:
        import keras
    found = []
    for path in json.loads(pathlib.Path(folder, "jobs.json").read_text()):
        try:
            model = keras.models.load_model(path, compile=False)
            random = np.random.default_rng(11)
            inputs = [fitting(random, tensor.shape[1:], model) for tensor in model.inputs]
            # Called rather than made to predict, which compiles for a second or two.
            outputs = model(inputs if len(inputs) > 1 else inputs[0], training=False)
            outputs = outputs if isinstance(outputs, (list, tuple)) else [outputs]
            found.append([np.asarray(output, "float64").ravel().tolist() for output in outputs])
        except Exception as error:  # Keras raises whatever it likes; the message is the result.
            found.append(f"{type(error).__name__}: {str(error).strip().splitlines()[0][:200]}")
    pathlib.Path(folder, "answers.json").write_text(json.dumps(found))


def difference(one, other):
    """The largest difference as a share of the largest value, or what was said instead of an answer."""
    for side in (one, other):
        if isinstance(side, str):
            return side
    largest = max((abs(value) for output in one for value in output), default=0) or 1
    return max(abs(a - b) for x, y in zip(one, other, strict=True) for a, b in zip(x, y, strict=True)) / largest


def main(lens, models):
    import h5py

    resources = TESTS / "KerasFormatTests/Resources"
    models = [pathlib.Path(model) for model in models] or sorted(
        path
        for path in resources.rglob("*")
        if path.suffix in (".h5", ".keras") and "answers" not in path.name
        and ".weights" not in path.name and "legacy-weights" not in path.name
    )
    with tempfile.TemporaryDirectory() as folder:
        written = {}
        for index, model in enumerate(models):
            target = f"{folder}/{index}.h5"
            run = subprocess.run([lens, "convert", str(model), "--output", target], capture_output=True, text=True)
            if run.returncode:
                print(f"{model.name:44} not written: {run.stderr.strip()[:150]}")
            else:
                written[model] = target
        originals = dict(zip(written, answers("keras3", [str(model) for model in written])))
        older = dict(zip(written, answers("keras2", [str(model) for model in written])))
        three = dict(zip(written, answers("keras3", list(written.values()))))
        two = dict(zip(written, answers("keras2", list(written.values()))))
        failed = False
        for model in written:
            if model.stem in UNRUNNABLE:
                print(f"{model.name:44} no Keras runs the original")
                continue
            # The version that wrote a file decides what its functions mean.
            by_version = [older, originals] if "-k2" in model.name else [originals, older]
            original = next((found[model] for found in by_version if not isinstance(found[model], str)), "no Keras opens the original")
            results = [difference(original, three[model]), difference(original, two[model])]
            if model.stem in MISREAD:
                original = "Keras misreads the original"
            if isinstance(original, str):
                # The two at least agree.
                results = [difference(three[model], two[model])] * 2
            tolerance = HALF_TOLERANCE if b"float16" in model.read_bytes() else TOLERANCE
            is_good = all(isinstance(result, float) and result <= tolerance for result in results)
            failed |= not is_good
            shown = "   ".join(result if isinstance(result, str) else f"{result:8.1e}" for result in results)
            against = " against each other" if isinstance(original, str) else ""
            print(f"{model.name:44} {'good' if is_good else 'BAD '}  Keras 3, Keras 2: {shown}{against}")
            if is_good and model.stem in SNAPSHOTS and model.suffix == ".h5":
                text = h5py.File(written[model]).attrs["model_config"]
                place = resources / "written" / f"{model.stem}.json"
                place.parent.mkdir(exist_ok=True)
                place.write_text(text if isinstance(text, str) else text.decode())
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    if sys.argv[1] == "--answer":
        answer(sys.argv[2], sys.argv[3])
    else:
        main(sys.argv[1], sys.argv[2:])
