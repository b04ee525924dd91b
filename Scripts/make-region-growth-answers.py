#!/usr/bin/env python3
"""Writes how the authors of XRAI cover random maps with regions.

    python3 Scripts/make-region-growth-answers.py Tests/ExplainersTests/Resources

Needs from PyPI: saliency numpy h5py. For a signal of 30 and an image of 12 x 10 positions `region-growth.answers.h5` has `values`
(normal random numbers), `labels` (one row for each of three overlapping segmentations, random runs or blocks), and `covered-<n>`, what
`saliency.core.XRAI` makes of them when regions with fewer than n new positions are passed over.
"""

import argparse
import os

import h5py
import numpy as np
from saliency.core.xrai import XRAI


def blocks(random, extents, parts):
    """Blocks with random borders, as many along every axis."""
    label = np.zeros(extents, dtype=int)
    for axis, extent in enumerate(extents):
        cuts = np.sort(random.choice(np.arange(1, extent), parts - 1, replace=False))
        along = np.searchsorted(cuts, np.arange(extent), side="right")
        label = label * parts + along.reshape([-1 if a == axis else 1 for a in range(len(extents))])
    return label


def main():
    parser = argparse.ArgumentParser(description="Writes how the authors of XRAI cover random maps with regions.")
    parser.add_argument("directory")
    random = np.random.RandomState(0)
    with h5py.File(os.path.join(parser.parse_args().directory, "region-growth.answers.h5"), "w") as file:
        for name, extents, parts in [("signal", (30,), (12, 6, 3)), ("image", (12, 10), (5, 3, 2))]:
            values = random.standard_normal(extents)
            labels = np.stack([blocks(random, extents, count) for count in parts])
            masks = [layer == label for layer in labels for label in range(layer.max() + 1)]
            file[f"{name}/values"] = values.reshape(1, -1)
            file[f"{name}/labels"] = labels.reshape(len(parts), -1).astype("int32")
            for least in (1, 4, 20):
                covered, _ = XRAI._xrai(values, masks, min_pixel_diff=least)
                file[f"{name}/covered-{least}"] = covered.reshape(1, -1)


if __name__ == "__main__":
    main()
