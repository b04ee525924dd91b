"""Writes what tf-explain shows as integrated gradients: `tf-explain.answers.h5`.

    python3 Scripts/make-tf-explain-answers.py Tests/ExplainersTests/Resources

Needs from PyPI: tf-explain 0.3.1 opencv-python-headless keras (3) tensorflow-cpu h5py. For the networks `signal-saturated` and `image-relu` of
make-explainer-fixtures.py, as `<network>/...` and one row per item:

* `input`, and `target`, the predicted class;
* `gradient`: the absolute mean gradient at 10 points, summed over channels, by that library's `get_integrated_gradients`;
* `saturated` and `wrapped`: that map in 8 bits, standardised by TensorFlow and cast by NumPy as the two kinds of TensorFlow do it.

The library leaves the cast to TensorFlow, which does not define it for numbers that do not fit. On processors without graphics (none other
was tried) version 2.12 wraps; 2.21 saturates whole vectors of 64 values and wraps what is left over behind them. The script compares the library's own `transform_to_normalized_grayscale` with both: every value is one of them.

The values of the second item are larger: its probability is nearly 1, and its gradient so small that its deviation is below the least that
standardisation divides by. The script prints what the items try. Items are drawn until no value lies so near a step between
two levels that rounding could change it.
"""

import argparse
import os

from fixtures import compact_hdf5
from fixtures import keras_float64  # noqa: F401, first: it quietens TensorFlow
import keras
import numpy as np
import tensorflow as tf
from tf_explain.core.integrated_gradients import IntegratedGradients
from tf_explain.utils.image import transform_to_normalized_grayscale

STEPS = 10
SCALES = [0.1, 3]


def gradient(model, item, target):
    """The absolute mean gradient over the path, with channels."""
    points = IntegratedGradients.generate_interpolations(item[None], STEPS)
    return tf.abs(IntegratedGradients.get_integrated_gradients(points, model, target, STEPS)).numpy()[0]


def image(magnitudes):
    """What is cast to 8 bits, and what the library makes of it; a signal is an image one value high."""
    planes = tf.constant(magnitudes if magnitudes.ndim == 3 else magnitudes[None])
    exact = 255 * tf.image.per_image_standardization(tf.reduce_sum(tf.cast(planes, tf.float64), axis=-1)[None])
    return [x.numpy().reshape(magnitudes.shape[:-1]) for x in (exact, transform_to_normalized_grayscale(planes[None]))]


def item(name, model, scale, random):
    """An input with its class, its magnitudes, and these in 8 bits."""
    while True:
        x = (scale * random.uniform(-1, 1, model.input_shape[1:])).astype("float32")
        target = int(model(x[None]).numpy()[0].argmax())
        found = gradient(model, x, target)
        exact, own = image(found)
        if np.abs(exact - np.round(exact)).min() > 0.01 and len(np.unique(np.trunc(exact))) > 5:
            break
    saturated, wrapped = np.clip(np.trunc(exact), 0, 255), np.trunc(exact).astype("int64") % 256
    assert ((own == saturated) | (own == wrapped)).all()
    deviation = found.sum(-1).std() * np.sqrt(exact.size)
    print(
        f"{name}, times {scale}: {exact.min():.0f} to {exact.max():.0f}, deviation {deviation:.2f} of the least; "
        f"this TensorFlow saturates {(own == saturated).mean():.2f}, wraps {(own == wrapped).mean():.2f}")
    return x, target, found.sum(-1), saturated, wrapped


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory")
    directory = parser.parse_args().directory
    path = os.path.join(directory, "tf-explain.answers.h5")
    kinds = {"input": "float32", "target": "int32", "gradient": "float32", "saturated": "uint8", "wrapped": "uint8"}
    with compact_hdf5.create(f"{path}.partial") as file:
        for name in ["signal-saturated", "image-relu"]:
            model = keras.models.load_model(os.path.join(directory, f"{name}.h5"), compile=False)
            random = np.random.RandomState(5)
            items = [item(name, model, scale, random) for scale in SCALES]
            for (what, kind), rows in zip(kinds.items(), zip(*items)):
                compact_hdf5.dataset(file, f"{name}/{what}", np.array(rows).astype(kind))
    os.replace(f"{path}.partial", path)


if __name__ == "__main__":
    main()
