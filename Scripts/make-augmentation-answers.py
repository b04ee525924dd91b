#!/usr/bin/env python3
"""Writes Tests/TrainingTests/Resources/affine.h5: items resampled by SciPy and by Keras, in float64.

    python3 Scripts/make-augmentation-answers.py Tests/TrainingTests/Resources/affine.h5

Needs from PyPI: numpy, scipy, h5py, keras (3).

Group `scipy/<case>`: `item` [spatial..., channels], `result`, attributes `rotation`, `shear` (degrees), `shift` (samples, one per axis), `zoom`
(one per axis), `flip` (0 or 1 per axis), `turns`, `fill`, `value`. The map is put together here from the definition, places `v` of the output and
of the input taken from the middle of the item: input = R (t + S Z Q F v), and handed to scipy.ndimage.affine_transform with order 1.

Group `keras/<case>`: `item` [16, 16, 2], `result`, what `apply_affine_transform` of ImageDataGenerator makes of it with the attributes.
"""

import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import h5py
import numpy as np
from keras.src.legacy.preprocessing.image import apply_affine_transform
from scipy import ndimage

CASES = {
    "rotation": dict(shape=(9, 7, 2), rotation=25.0),
    "rotation-reflect": dict(shape=(8, 11, 1), rotation=-140.0, fill="reflect"),
    "rotation-constant": dict(shape=(10, 6, 3), rotation=70.0, fill="constant", value=-2.5),
    "shear": dict(shape=(9, 9, 1), shear=20.0),
    "shift": dict(shape=(7, 12, 2), shift=(1.25, -3.6)),
    "shift-reflect": dict(shape=(7, 12, 2), shift=(-9.3, 30.2), fill="reflect"),
    "shift-constant": dict(shape=(7, 12, 2), shift=(0.5, -1.5), fill="constant", value=4.0),
    "zoom": dict(shape=(8, 9, 1), zoom=(0.7, 1.6), fill="constant"),
    "turns": dict(shape=(6, 6, 2), turns=1),
    "all": dict(shape=(12, 12, 3), rotation=33.0, shear=-12.0, shift=(1.1, 2.7), zoom=(1.2, 0.85), flip=(1, 0), turns=3, fill="reflect"),
    "signal": dict(shape=(15, 2), shift=(-2.3,), zoom=(1.3,), flip=(1,)),
    "volume": dict(shape=(5, 6, 7, 2), rotation=-40.0, shear=8.0, shift=(0.6, -1.2, 2.1), zoom=(0.9, 1.1, 1.3), flip=(0, 0, 1), fill="constant", value=1.0),
}

KERAS = {
    "rotation": dict(theta=30.0),
    "shear": dict(shear=18.0, fill_mode="reflect"),
    "zoom": dict(zx=0.8, zy=0.8, fill_mode="constant", cval=0.5),
    "all": dict(theta=-50.0, shear=10.0, zx=1.25, zy=1.25, fill_mode="nearest"),
}


def linear(axes, rotation, shear, zoom, flip, turns):
    """The matrices R and S Z Q F over axes in their order; the plane is (x, y) = (last axis, the one before)."""

    def plane(matrix):
        whole = np.eye(axes)
        if axes >= 2:
            y, x = axes - 2, axes - 1
            whole[np.ix_([x, y], [x, y])] = matrix
        return whole

    a, b = np.deg2rad(rotation), np.deg2rad(shear)
    turn = plane(np.linalg.matrix_power(np.array([[0, -1], [1, 0]]), turns))
    rotate = plane(np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]]))
    slant = plane(np.array([[1, -np.sin(b)], [0, np.cos(b)]]))
    return rotate, slant @ np.diag(zoom) @ turn @ np.diag(1 - 2 * np.array(flip, float))


def main():
    random = np.random.default_rng(7)
    with h5py.File(sys.argv[1], "w") as file:
        for name, case in CASES.items():
            axes = len(case["shape"]) - 1
            settings = dict(rotation=0.0, shear=0.0, shift=(0,) * axes, zoom=(1,) * axes, flip=(0,) * axes, turns=0, fill="nearest", value=0.0)
            settings.update({key: value for key, value in case.items() if key != "shape"})
            item = random.standard_normal(case["shape"]).astype("float32").astype("float64")
            rotate, rest = linear(axes, *(settings[key] for key in ("rotation", "shear", "zoom", "flip", "turns")))
            matrix = rotate @ rest
            middle = (np.array(case["shape"][:-1]) - 1) / 2
            offset = middle + rotate @ np.array(settings["shift"], float) - matrix @ middle
            channels = [
                ndimage.affine_transform(item[..., c], matrix, offset, order=1, mode=settings["fill"], cval=settings["value"])
                for c in range(item.shape[-1])
            ]
            group = file.create_group(f"scipy/{name}")
            group["item"], group["result"] = item.astype("float32"), np.stack(channels, axis=-1)
            for key, value in settings.items():
                group.attrs[key] = np.array(value, float) if isinstance(value, tuple) else value
        for name, case in KERAS.items():
            item = random.uniform(size=(16, 16, 2)).astype("float32").astype("float64")
            result = apply_affine_transform(item.copy(), row_axis=0, col_axis=1, channel_axis=2, order=1, **case)
            group = file.create_group(f"keras/{name}")
            group["item"], group["result"] = item.astype("float32"), result
            for key in ("theta", "shear", "zx", "cval"):
                group.attrs[key] = float(case.get(key, 1 if key == "zx" else 0))
            group.attrs["fill"] = case.get("fill_mode", "nearest")


if __name__ == "__main__":
    main()
