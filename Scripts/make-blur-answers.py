#!/usr/bin/env python3
"""Writes what scipy's Gaussian filter makes of small random items, for the tests of blurred baselines.

    python3 Scripts/make-blur-answers.py Tests/ExplainersTests/Resources/blur.answers.h5

Needs from PyPI: h5py numpy scipy. Per case a group with `input` (float32, `[1, spatial..., channels]`), `sigma` and `blurred` (float64):
`scipy.ndimage.gaussian_filter` along every spatial axis with its defaults, the borders reflected.
"""

import sys

import h5py
import numpy as np
from scipy.ndimage import gaussian_filter

CASES = {
    "signal": ((1, 17, 2), 1.5),
    "short-signal": ((1, 5, 1), 5.0),
    "image": ((1, 7, 6, 3), 0.8),
    "volume": ((1, 4, 3, 5, 1), 1.0),
}


def main():
    random = np.random.default_rng(3)
    with h5py.File(sys.argv[1], "w", track_order=False) as file:
        for name, (shape, sigma) in CASES.items():
            item = random.standard_normal(shape).astype("float32")
            sigmas = [0] + [sigma] * (len(shape) - 2) + [0]
            file[f"{name}/input"] = item
            file[f"{name}/sigma"] = np.array([sigma])
            file[f"{name}/blurred"] = gaussian_filter(item.astype("float64"), sigmas)


if __name__ == "__main__":
    main()
