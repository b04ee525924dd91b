#!/usr/bin/env python3
"""Writes what keras.applications makes of a few pixels, for the tests of --preprocess.

    python3 Scripts/make-preprocess-answers.py Tests/DatasetsTests/Resources/preprocess.answers.json

Needs from PyPI: keras numpy tensorflow. `pixels` are RGB triples from 0 to 255; for `caffe`, `tf` and `torch` stands what
`keras.applications.imagenet_utils.preprocess_input` gives, for `scale` what a `Rescaling(1/255)` layer gives.
"""

import json
import sys

import keras
import numpy as np
from keras.applications.imagenet_utils import preprocess_input

PIXELS = [[0, 0, 0], [255, 255, 255], [255, 0, 0], [0, 128, 64], [10, 200, 90], [123, 117, 104], [1, 2, 3]]


def main():
    pixels = np.array(PIXELS, "float32").reshape(1, 1, -1, 3)
    answers = {"pixels": pixels.ravel().tolist()}
    for mode in ("caffe", "tf", "torch"):
        answers[mode] = np.asarray(preprocess_input(pixels.copy(), mode=mode)).ravel().tolist()
    answers["scale"] = np.asarray(keras.layers.Rescaling(1 / 255)(pixels)).ravel().tolist()
    with open(sys.argv[1], "w") as file:
        json.dump(answers, file, indent=1, sort_keys=True)
        file.write("\n")


if __name__ == "__main__":
    main()
