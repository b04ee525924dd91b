#!/usr/bin/env python3
"""Writes data/samples/mnist1d-samples.h5 and data/samples/beats-samples.h5: the first two test items of every class.

    lens dataset mnist1d --output mnist1d.h5
    python3 Scripts/make-samples.py mnist1d.h5 data/samples/mnist1d-samples.h5
    lens dataset beats --output beats.h5
    python3 Scripts/make-samples.py beats.h5 data/samples/beats-samples.h5

Needs from PyPI: h5py numpy.
"""

import sys

import h5py
import numpy as np

from fixtures import compact_hdf5

PER_CLASS = 2


def main():
    source, target = sys.argv[1:]
    with h5py.File(source) as file:
        labels = file["y_test"][...]
        classes = range(labels.max() + 1)
        rows = np.concatenate([np.flatnonzero(labels == label)[:PER_CLASS] for label in classes])
        chosen = {name: file[f"{name}_test"][...][rows] for name in ("x", "y", "mask", "extent")}
    with compact_hdf5.create(target) as file:
        for name, values in {**chosen, "test-index": rows}.items():
            compact_hdf5.dataset(file, name, values)


if __name__ == "__main__":
    main()
